//! Filters that are set in one go, not while they are typed.

use super::deliveries::Applied;
use super::state::App;
use crate::domain::filter::{Filter, FilterError};

/// The term that finds what is marked.
const MARKED: &str = "is:marked";

/// Shows what matches; the selection stays where it is, if that can be.
///
/// # Errors
/// When it is no filter; nothing is changed then.
pub fn apply(app: &mut App, text: &str) -> Result<(), FilterError> {
    let filter = Filter::parse(text, app.now)?.into();
    let anchor = app.deliveries.anchor();
    app.deliveries.apply(Applied { text: text.to_owned(), filter }, anchor);
    Ok(())
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
    apply(app, &text).expect("a filter with one more term, or one less, is a filter");
}
