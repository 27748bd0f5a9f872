//! What the keys do about comparisons.

use std::sync::Arc;

use super::comparing::Comparing;
use super::comparing::subject::{Original, Subject};
use super::detail::Detail;
use super::detail::attempts::Listed;
use super::overlay::Overlay;
use super::state::App;
use super::toast::Notice;

/// Compares the answer of the selected attempt.
pub fn open(app: &mut App) {
    match comparing(&app.detail) {
        Some(comparing) => app.overlays.push(Overlay::Comparison(Box::new(comparing))),
        None => app.notify(Notice::warning("there is no answer here to compare yet")),
    }
}

fn comparing(detail: &Detail) -> Option<Comparing> {
    let (record, attempts) = (detail.record()?, detail.attempts()?);
    let done = attempts.listed().filter_map(|listed| match listed {
        Listed::Done(opened) => Some(&opened.attempt),
        Listed::UnderWay(_) => None,
    });
    let mut done = done.collect::<Vec<_>>();
    let under_way = attempts.listed().count() - done.len();
    let newer = attempts.selected().checked_sub(under_way)?;
    done.reverse();
    let this = done.len().checked_sub(newer)?;
    let original = Original::new(record, detail.usual_answer(), done.iter().map(|it| &***it));
    let attempts = done.into_iter().map(|attempt| Subject::Attempt(Arc::clone(attempt)));
    let subjects = [Subject::Original(Box::new(original))].into_iter().chain(attempts).collect();
    Comparing::new(record.id, subjects, this)
}

/// Compares with what lies further back, or further on.
pub fn step(app: &mut App, back: bool) {
    if let Some(Overlay::Comparison(comparing)) = app.overlays.last_mut() {
        comparing.step(back);
    }
}

/// Tells only what is different, or everything.
pub fn turn(app: &mut App) {
    if let Some(Overlay::Comparison(comparing)) = app.overlays.last_mut() {
        comparing.turn();
    }
}
