use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::app::document::Document;
use crate::app::search::Needle;
use crate::app::state::TimeFormat;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::ui::theme::Theme;
use crate::ui::time::Clock;

fn view(content_type: &str, body: Vec<u8>) -> View {
    View::new(Arc::new(Document::of(&Request {
        method: http::Method::POST,
        target: "/".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([("Content-Type", content_type)]),
        body: body.into(),
    })))
}

/// The rows of the screen that a row needs when it is wrapped.
fn needed(row: &Shown<'_>, width: u16) -> usize {
    let theme = Theme::default();
    let clock = Clock { format: TimeFormat::Utc, zone: &TimeZone::UTC, now: Timestamp::UNIX_EPOCH };
    let needle = Needle::default();
    let pen = Pen { theme: &theme, clock: &clock, needle: &needle, is_focused: true, wrap: true };
    let mut strip = Strip::new();
    push_row(&mut strip, row, &pen);
    let room = usize::from(width).saturating_sub(row.gutter() + row.indent(width));
    strip.wrapped(room, usize::MAX).len()
}

/// The rows that a row is given beyond those that it needs, at most.
fn check(content_type: &str, body: &[u8], width: u16) -> Result<usize, TestCaseError> {
    let mut view = view(content_type, body.to_vec());
    let mut spare = 0;
    for _ in 0..2 {
        for row in view.rows(0..view.len()) {
            let (given, needed) = (row.height(width), needed(&row, width));
            prop_assert!(needed <= given, "{} of {} in {:?}", needed, given, row);
            spare = spare.max(given - needed);
        }
        view.fold_all();
    }
    Ok(spare)
}

#[test]
fn ordinary_text_is_given_the_rows_that_it_needs_and_no_more() {
    let long = "Grüezi, a long text that goes on and on. ".repeat(20);
    let json = format!("{{\"ü\":\"{long}\",\"n\":[1,2.50,null,true],\"e\":\"{{\\\"a\\\":[1]}}\"}}");
    let form = format!("a={}&b=1", long.replace(' ', "+"));
    for width in [24, 40, 65, 80, 119] {
        for (content_type, body) in [
            ("application/json", json.as_str()),
            ("text/plain", long.as_str()),
            ("application/x-www-form-urlencoded", form.as_str()),
        ] {
            let spare = check(content_type, body.as_bytes(), width).unwrap();
            assert!(spare <= 1, "{spare} of {content_type} at {width}");
        }
    }
}

#[test]
fn a_mark_with_a_width_of_its_own_leaves_a_column_empty_like_a_wide_character() {
    let body = "日 日\u{fffc}\u{b3e} ".repeat(3);
    for width in 24..40 {
        check("application/x-www-form-urlencoded", body.as_bytes(), width).unwrap();
    }
}

proptest! {
    #[test]
    fn every_row_is_given_at_least_the_rows_that_it_needs(
        content_type in prop::sample::select(vec!["application/json", "text/plain", "application/x-www-form-urlencoded"]),
        text in "(\\PC|[a-z\\[\\]{}\":,&=%]|日|\u{1b}|\u{202e}|\u{301}){0,300}",
        is_wrapped in any::<bool>(),
        width in 24..120u16,
    ) {
        let body = if is_wrapped { serde_json::json!({ &text: [&text, &text] }).to_string() } else { text };
        check(content_type, body.as_bytes(), width)?;
    }
}
