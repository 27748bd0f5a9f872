use std::sync::Arc;

use super::{Attempts, Listed, Opened};
use crate::app::detail::fetching::Fetching;
use crate::app::fixtures::{at, fetched, opened_attempt};
use crate::domain::delivery::DeliveryId;
use crate::domain::url::Url;

fn fetching(path: &str) -> Fetching {
    let url = Url::parse(&format!("https://a.test/{path}")).unwrap();
    Fetching { delivery: DeliveryId(1), url, since: at(0), stored: None }
}

fn opened(ids: &[i64]) -> Opened {
    let attempts = ids.iter().map(|id| opened_attempt(*id, fetched(1, 200, "{}"))).collect();
    Opened { attempts, older: 0 }
}

/// The list, the selected one in brackets, and the first line of what is shown below it.
fn told(attempts: &Attempts) -> (String, String) {
    let listed = attempts.listed().enumerate().map(|(place, listed)| {
        let name = match listed {
            Listed::UnderWay(fetching) => fetching.url.target().to_owned(),
            Listed::Done(attempt) => attempt.id.map_or_else(|| "-".to_owned(), |id| id.to_string()),
        };
        if place == attempts.selected() { format!("[{name}]") } else { name }
    });
    let listed = listed.collect::<Vec<_>>().join(" ");
    (listed, attempts.column().facts().lines()[0].value())
}

fn listed(attempts: &Attempts) -> String {
    told(attempts).0
}

#[test]
fn what_is_not_known_yet_is_said_and_read_once() {
    let mut attempts = Attempts::new(Vec::new(), Arc::default());
    assert_eq!(told(&attempts).1, "reading");
    assert_eq!(attempts.count(), None);
    assert!(attempts.want());
    assert!(!attempts.want(), "it is under way");
    attempts.loaded(Err("the disk is gone".to_owned()), Vec::new());
    assert_eq!(told(&attempts).1, "the attempts cannot be read: the disk is gone");
    assert!(!attempts.want());
    attempts.retry();
    assert!(attempts.want());
    attempts.loaded(Ok(opened(&[])), Vec::new());
    assert!(told(&attempts).1.starts_with("nothing was sent about this delivery yet: o fetches"));
    assert_eq!((attempts.count(), attempts.list_height(30)), (Some(0), 0));
    attempts.retry();
    assert!(!attempts.want(), "nothing failed");
}

#[test]
fn the_newest_is_on_top_and_selected_and_what_was_chosen_stays() {
    let mut attempts = Attempts::new(Vec::new(), Arc::default());
    attempts.loaded(Ok(opened(&[1, 2])), Vec::new());
    assert_eq!(told(&attempts), ("[2] 1".to_owned(), "200 OK in 120 ms".to_owned()));
    attempts.outdated();
    assert_eq!(attempts.count(), Some(2), "it was known before");
    assert!(attempts.want());
    attempts.loaded(Ok(opened(&[1, 2, 3])), Vec::new());
    assert_eq!(listed(&attempts), "[3] 2 1");
    assert!(attempts.step(1));
    attempts.loaded(Ok(opened(&[1, 2, 3, 4])), Vec::new());
    assert_eq!(listed(&attempts), "4 3 [2] 1");
    assert!(attempts.step(5) && !attempts.step(1), "it stops at the oldest");
    assert!(attempts.step(-5) && !attempts.step(-1), "and at the newest");
}

#[test]
fn what_is_on_its_way_is_shown_at_once_and_until_its_result_is_there() {
    let mut attempts = Attempts::new(Vec::new(), Arc::default());
    attempts.loaded(Ok(opened(&[1])), Vec::new());
    attempts.sent(vec![fetching("a")]);
    assert_eq!(told(&attempts), ("[/a] 1".to_owned(), "fetching https://a.test/a".to_owned()));
    attempts.sent(vec![fetching("a"), fetching("b")]);
    assert_eq!(listed(&attempts), "[/b] /a 1");
    attempts.loaded(Ok(opened(&[1, 2])), vec![fetching("a")]);
    assert_eq!(listed(&attempts), "[/a] 2 1");
    assert_eq!(attempts.count(), Some(3));
    attempts.loaded(Ok(opened(&[1, 2, 3])), Vec::new());
    assert_eq!(listed(&attempts), "[3] 2 1");
}

#[test]
fn what_could_not_be_stored_stays_on_top_of_what_is() {
    let mut attempts = Attempts::new(vec![fetching("a")], Arc::default());
    let mut unstored = opened_attempt(0, fetched(1, 200, "{}"));
    unstored.id = None;
    attempts.unstored(unstored, Vec::new());
    assert_eq!(listed(&attempts), "[-]");
    attempts.loaded(Ok(opened(&[1])), Vec::new());
    assert_eq!(listed(&attempts), "[-] 1");
}

#[test]
fn the_list_takes_little_of_the_tab_and_scrolls_to_the_selected_one() {
    let mut attempts = Attempts::new(Vec::new(), Arc::default());
    attempts.loaded(Ok(opened(&[1, 2, 3, 4, 5, 6, 7])), Vec::new());
    assert_eq!([0, 2, 6, 9, 60].map(|height| attempts.list_height(height)), [0, 0, 2, 3, 5]);
    assert_eq!([0, 6, 60].map(|height| attempts.head_height(height)), [0, 3, 6]);
    assert_eq!(attempts.list_scroll(60), 0);
    attempts.step(6);
    assert_eq!((attempts.list_scroll(60), attempts.list_scroll(6)), (2, 5));
}
