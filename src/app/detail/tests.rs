use std::sync::Arc;

use super::Detail;
use super::content::Content;
use crate::app::fixtures::{opened, record};
use crate::app::search::Step;
use crate::app::tab::Tab;
use crate::domain::delivery::DeliveryId;
use crate::domain::verdict::{Unchecked, Verdict};

fn showing(id: i64, tab: Tab) -> Detail {
    let mut detail = Detail::default();
    detail.opened(&opened(record(id)), "http://127.0.0.1:4000/hooks");
    detail.show(tab);
    detail
}

#[test]
fn one_delivery_is_loaded_at_a_time_and_none_twice() {
    let mut detail = Detail::default();
    let [one, two] = [DeliveryId(1), DeliveryId(2)];
    assert_eq!(detail.want(one), Some(one));
    assert_eq!(detail.want(two), None, "the first one is still on its way");
    detail.opened(&opened(record(1)), "");
    assert_eq!(detail.want(one), None);
    assert_eq!(detail.want(two), Some(two));
    assert_eq!(detail.id(), Some(one), "what is shown stays until the next one is here");
}

#[test]
fn a_delivery_that_cannot_be_loaded_is_asked_for_again_only_on_request() {
    let mut detail = showing(1, Tab::Body);
    let two = DeliveryId(2);
    detail.want(two);
    detail.failed(two, "the disk is gone".to_owned());
    assert_eq!((detail.id(), detail.failure(two)), (None, Some("the disk is gone")));
    assert_eq!(detail.failure(DeliveryId(1)), None);
    assert_eq!(detail.want(two), None);
    detail.retry();
    assert_eq!(detail.want(two), Some(two));
}

#[test]
fn the_cursor_tells_a_json_path_in_the_body_and_a_name_elsewhere() {
    let mut detail = showing(1, Tab::Body);
    detail.content_mut().unwrap().move_by(2);
    assert_eq!(detail.path().as_deref(), Some("$.name"));
    assert_eq!(detail.value().as_deref(), Some("row 1"));
    detail.show(Tab::Headers);
    assert_eq!(detail.path(), None, "the headline has no name");
    detail.content_mut().unwrap().move_by(2);
    assert_eq!(detail.path().as_deref(), Some("Host"));
    assert_eq!(detail.value().as_deref(), Some("127.0.0.1:4000"));
}

#[test]
fn each_tab_keeps_its_place_and_a_search_ends_with_its_tab() {
    let mut detail = showing(1, Tab::Headers);
    assert!(detail.search("content-type"));
    let place = detail.content().unwrap().cursor();
    assert_eq!(place, 4);
    detail.show(Tab::Body);
    assert!(detail.needle().is_empty());
    assert!(!detail.step(Step::Next));
    assert!(detail.search("row"));
    assert!(detail.step(Step::Next));
    detail.show(Tab::Headers);
    assert_eq!(detail.content().unwrap().cursor(), place);
}

#[test]
fn a_delivery_that_is_inspected_again_is_shown_anew_and_the_body_stays_where_it_was() {
    let mut detail = showing(1, Tab::Body);
    detail.content_mut().unwrap().move_by(2);
    let body = detail.content().map(Content::cursor);
    let mut record = record(1);
    record.first_verdict = Some(record.inspection.verdict.clone());
    let verdict = Verdict::Verified { scheme: "github".into(), notes: Vec::new() };
    record.inspection.verdict = verdict;
    detail.reinspected(&Arc::new(record.clone()));
    assert_eq!(detail.content().map(Content::cursor), body);
    detail.show(Tab::Auth);
    let Some(Content::Lines(lines)) = detail.content() else { panic!("auth is told in lines") };
    let text = format!("{lines:?}");
    assert!(text.contains("github holds") && text.contains("at first it was"), "{text}");
    record.id = DeliveryId(record.id.0 + 1);
    record.inspection.verdict = Verdict::Unchecked { why: Unchecked::NoScheme };
    detail.reinspected(&Arc::new(record));
    assert!(format!("{:?}", detail.content()).contains("github holds"));
}
