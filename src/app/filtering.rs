//! Filters that are set in one go, not while they are typed.

use super::deliveries::Applied;
use super::state::App;
use super::toast::Notice;
use crate::domain::filter::Filter;

/// The term that finds what is marked.
const MARKED: &str = "is:marked";

/// Shows what matches; the selection stays where it is, if that can be. A text that is no filter
/// changes nothing, and a notice says why.
pub fn apply(app: &mut App, text: &str) {
    match Filter::parse(text, app.now) {
        Ok(filter) => {
            let anchor = app.deliveries.anchor();
            let filter = filter.into();
            app.deliveries.apply(Applied { text: text.to_owned(), filter }, anchor);
        }
        Err(error) => app.notify(Notice::warning(error.message)),
    }
}

/// Narrows the list down to what is marked, or takes that back.
pub fn only_marked(app: &mut App) {
    let before = app.deliveries.filter().text.trim();
    let (rest, last) = before.rsplit_once(char::is_whitespace).unwrap_or(("", before));
    let text = match last {
        MARKED => rest.trim_end().to_owned(),
        "" => MARKED.to_owned(),
        _ => format!("{before} {MARKED}"),
    };
    apply(app, &text);
}
