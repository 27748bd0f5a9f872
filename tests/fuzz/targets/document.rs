//! Bodies as rows: any body has a document, and any way through it stays within it. What serde takes
//! for a JSON object or array has no problem in it.

#![no_main]

use std::sync::Arc;

use bytes::Bytes;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

use hookscope::app::document::shown::Value;
use hookscope::app::document::{Document, View};
use hookscope::domain::body::{BodyKind, looks_like_json};
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};

const KINDS: [&str; 4] =
    ["application/json", "application/x-www-form-urlencoded", "text/plain", "image/png"];

#[derive(Arbitrary, Debug)]
enum Step<'a> {
    By(i16),
    To(u16),
    Toggle,
    FoldAll,
    UnfoldAll,
    Search(&'a str),
    Next,
    Previous,
    InSight(u16, u16, bool),
}

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    kind: u8,
    steps: Vec<Step<'a>>,
    body: &'a [u8],
}

fuzz_target!(|case: Case<'_>| {
    let kind = KINDS[usize::from(case.kind) % KINDS.len()];
    let document = Document::of(&Request {
        method: http::Method::POST,
        target: "/".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([("Content-Type", kind)]),
        body: Bytes::copy_from_slice(case.body),
    });
    let is_json = looks_like_json(case.body)
        && serde_json::from_slice::<&serde_json::value::RawValue>(case.body).is_ok();
    let mut view = View::new(Arc::new(document));
    if is_json && kind == KINDS[0] {
        assert_eq!(view.document().kind(), BodyKind::Json);
        let problems =
            view.rows(0..usize::MAX).filter(|row| matches!(row.value, Value::Problem(_)));
        assert_eq!(problems.count(), 0);
    }
    let _ = view.document().mentions();
    for step in case.steps.iter().take(64) {
        take(&mut view, step);
        assert!(view.cursor() < view.len().max(1));
        assert!(view.scroll() < view.len().max(1));
        assert_eq!(view.rows(0..usize::MAX).count(), view.len());
        let _ = (view.path_at_cursor(), view.pointer_at_cursor(), view.value_at_cursor());
    }
});

fn take(view: &mut View, step: &Step<'_>) {
    match step {
        Step::By(rows) => view.move_by(isize::from(*rows)),
        Step::To(position) => view.move_to(usize::from(*position)),
        Step::Toggle => drop(view.toggle_fold()),
        Step::FoldAll => view.fold_all(),
        Step::UnfoldAll => view.unfold_all(),
        Step::Search(text) => drop(view.search(text)),
        Step::Next => drop(view.next_match()),
        Step::Previous => drop(view.previous_match()),
        Step::InSight(width, height, wrap) => {
            view.keep_in_sight(*width, *height, *wrap);
            assert!(view.scroll() <= view.cursor());
        }
    }
}
