use bytes::Bytes;

use super::{notice, text_of};
use crate::app::command::Copied;
use crate::app::fixtures::{record, session};
use crate::app::keymap::Keymap;
use crate::app::message::CopyOutcome;
use crate::app::toast::Severity;

#[test]
fn each_part_of_a_delivery_is_copied_as_it_is_and_credentials_are_masked() {
    let (record, session) = (record(7), session());
    let text = |what| text_of(what, &record, &session, &Keymap::default()).unwrap();
    assert_eq!(text(Copied::Body), r#"{"id":7,"name":"row 7"}"#);
    assert_eq!(
        text(Copied::Headers),
        "Host: 127.0.0.1:4000\nAuthorization: ***\nContent-Type: application/json\n"
    );
    assert_eq!(text(Copied::Url), "http://127.0.0.1:4000/hooks/7?x=1");
    assert_eq!(text(Copied::Path), "/hooks/7");
    let curl = text(Copied::Curl);
    assert!(curl.starts_with("curl -X POST 'http://127.0.0.1:4000/hooks/7?x=1'"), "{curl}");
    assert!(!curl.contains("s3cret"), "{curl}");
}

#[test]
fn a_body_that_is_not_text_is_not_copied_as_something_else() {
    let mut record = record(1);
    record.delivery.request.body = Bytes::from_static(&[0xff, 0xfe]);
    let notice = text_of(Copied::Body, &record, &session(), &Keymap::default()).unwrap_err();
    assert!(notice.text.contains("y c"), "{notice:?}");
}

#[test]
fn a_notice_claims_no_more_than_is_known() {
    let failed = |why: &str| Err(why.to_owned());
    for (clipboard, terminal, severity, words) in [
        (Ok(()), Ok(()), Severity::Done, "body copied"),
        (Ok(()), failed("too long"), Severity::Done, "body copied"),
        (failed("no display"), Ok(()), Severity::Done, "does not tell"),
        (failed("no display"), failed("too long"), Severity::Error, "no display; too long"),
    ] {
        let notice = notice(Copied::Body, &CopyOutcome { clipboard, terminal });
        assert_eq!(notice.severity, severity);
        assert!(notice.text.contains(words), "{notice:?}");
    }
}
