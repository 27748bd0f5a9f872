//! What the keys do about comparisons.

use std::sync::Arc;

use super::command::Command;
use super::comparing::Comparing;
use super::comparing::subject::{Original, Subject};
use super::detail::Detail;
use super::detail::attempts::Listed;
use super::overlay::Overlay;
use super::state::{App, Focus, View};
use super::tab::Tab;
use super::toast::Notice;
use crate::domain::attempt::Purpose;
use crate::domain::delivery::DeliveryId;
use crate::domain::record::Record;

/// Compares the answer of the selected attempt where the attempts are; elsewhere deliveries.
pub fn open(app: &mut App) -> Option<Command> {
    if app.focus == Focus::Stream || app.detail.tab() != Tab::Attempts {
        return ask(app);
    }
    match comparing(&app.detail) {
        Some(comparing) => app.overlays.push(Overlay::Comparison(Box::new(comparing))),
        None => app.notify(Notice::warning("there is no answer here to compare yet")),
    }
    None
}

/// Asks for the deliveries to compare: in the stream the two that are marked, or the one that is
/// marked with the selected one; else the selected one with the one before of its kind.
fn ask(app: &mut App) -> Option<Command> {
    let Some(this) = app.deliveries.selected() else {
        app.notify(Notice::warning("there is no delivery to compare"));
        return None;
    };
    let marks = app.replaying.marks.iter().map(|(id, _)| id);
    let marked = marks.filter(|_| app.focus == Focus::Stream).collect::<Vec<_>>();
    let (this, with) = match marked[..] {
        [] => (this, None),
        [one] => (this, (one != this).then_some(one)),
        [one, other] => (other, Some(one)),
        _ => {
            let text = format!("{} deliveries are marked: mark two to compare them", marked.len());
            app.notify(Notice::warning(text));
            return None;
        }
    };
    Some(Command::LoadPair { this, with })
}

/// Shows two deliveries, unless something else has come on top meanwhile.
pub fn loaded(app: &mut App, this: DeliveryId, pair: Result<Option<[Arc<Record>; 2]>, String>) {
    if !app.overlays.is_empty() || app.view != View::Deliveries {
        return;
    }
    let mut pair = match pair {
        Ok(Some(pair)) => pair,
        Ok(None) => {
            let text = format!(
                "there is nothing of the kind of #{this} before it; mark two to compare them"
            );
            return app.notify(Notice::warning(text));
        }
        Err(reason) => {
            return app.notify(Notice::error(format!("nothing to compare: {reason}")));
        }
    };
    pair.sort_by_key(|record| record.id);
    let about = format!("#{} and #{}", pair[0].id, pair[1].id);
    let subjects = pair.map(Subject::Delivery).to_vec();
    let comparing = Comparing::new(about, subjects, 1).map(Box::new);
    app.overlays.extend(comparing.map(Overlay::Comparison));
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
    let this = done.len().checked_sub(newer + 1)?;
    let is_fetch = done.get(this)?.purpose == Purpose::Fetch;
    let original = Original::new(record, detail.usual_answer(), done.iter().map(|it| &***it));
    // What was fetched is first of all about the delivery itself.
    let delivery = is_fetch.then(|| Subject::Delivery(Arc::clone(record)));
    let before = delivery.into_iter().chain([Subject::Original(Box::new(original))]);
    let mut subjects = before.collect::<Vec<_>>();
    let this = subjects.len() + this;
    subjects.extend(done.into_iter().map(|attempt| Subject::Attempt(Arc::clone(attempt))));
    Comparing::new(format!("answers of #{}", record.id), subjects, this)
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
