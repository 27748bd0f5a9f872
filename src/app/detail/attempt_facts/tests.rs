use super::{about, under_way};
use crate::app::attempted::OpenedAttempt;
use crate::app::detail::fetching::Fetching;
use crate::app::fixtures::{at, fetched, opened_attempt};
use crate::app::keymap::Keymap;
use crate::app::lines::Line;
use crate::domain::attempt::{AttemptError, Outcome};
use crate::domain::delivery::DeliveryId;
use crate::domain::url::Url;

fn text(lines: &[Line]) -> String {
    let lines = lines.iter().map(|line| format!("{}: {}", line.name(), line.value()));
    lines.chain([String::new()]).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_answer_is_told_with_its_limits_and_its_headers_masked() {
    let mut opened = opened_attempt(1, fetched(1, 404, ""));
    opened.remarks = vec!["an empty leg that is not there was unpublished".to_owned()];
    let text = text(&about(&opened, &Keymap::default()));
    let start = ": 404 Not Found in 120 ms\n: an empty leg that is not there was unpublished\n: \n\
                 request: GET https://a.test/1\naccount: acme\npurpose: fetch\n";
    assert!(text.starts_with(start), "{text}");
    for part in
        ["took: 120 ms in all\nX-Rate-Limit-Remaining: 41\n", "Set-Cookie: ***\n: \nbody: none\n"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("s3cret"), "{text}");
}

#[test]
fn what_changed_since_the_fetch_before_is_listed() {
    let before = fetched(1, 200, r#"{"price":1,"old":true,"list":[]}"#);
    let after = fetched(1, 200, r#"{"price":2,"list":[{"id":"x"}]}"#);
    let opened = OpenedAttempt::of(None, after.into(), None, Some(&before));
    let text = text(&about(&opened, &Keymap::default()));
    for part in [
        "1 changed, 1 added, 1 removed since the last fetch of it\nlast fetch: 2027-",
        "\nchanged: /price  1 → 2\nremoved: /old  true\nadded: /list/0  {\"id\":\"x\"}\n",
        "\n: this attempt could not be stored",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let same = OpenedAttempt::of(None, before.clone().into(), None, Some(&before));
    assert!(
        self::text(&about(&same, &Keymap::default()))
            .contains(": nothing changed since the last fetch of it\n")
    );
    for (status, body) in [(404, "{}"), (200, "<html>")] {
        let other = fetched(1, status, body);
        assert_eq!(OpenedAttempt::of(None, other.into(), None, Some(&before)).since, None);
    }
}

#[test]
fn a_host_that_is_not_listed_comes_with_the_key_that_helps() {
    let mut attempt = fetched(1, 200, "");
    attempt.outcome = Outcome::Failed {
        error: AttemptError::HostNotAllowed,
        message: "the host a.test is not listed for the account acme".to_owned(),
    };
    let text = text(&about(&opened_attempt(1, attempt), &Keymap::default()));
    let start =
        ": the host a.test is not listed for the account acme\n: g c opens the config: add a.test";
    assert!(text.starts_with(start), "{text}");
    assert!(!text.contains("body"), "{text}");
}

#[test]
fn a_fetch_on_its_way_says_what_it_waits_for() {
    let url = Url::parse("https://a.test/1").unwrap();
    let fetching = Fetching { delivery: DeliveryId(1), url, since: at(0), stored: None };
    assert!(text(&under_way(&fetching)).starts_with(": fetching https://a.test/1\n"));
}
