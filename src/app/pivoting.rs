//! From a value to every delivery that holds it, and back.

use super::deliveries::Applied;
use super::detail::content::Content;
use super::state::{App, Focus, Former};
use super::tab::Tab;
use super::toast::Notice;
use crate::domain::filter::Filter;
use crate::domain::masking::MASK;

/// So many filters are gone back through.
const MOST: usize = 50;

/// Shows every delivery of the store that holds the value under the cursor, whoever sent it, in the order
/// in which they came.
pub fn pivot(app: &mut App) {
    let filter = match value(app) {
        Ok(filter) => filter,
        Err(why) => return app.notify(Notice::warning(why)),
    };
    let selected = app.deliveries.selected();
    let former = Former {
        filter: app.deliveries.filter().clone(),
        anchor: selected,
        focus: app.focus,
        tab: app.detail.tab(),
    };
    if app.trail.len() == MOST {
        app.trail.remove(0);
    }
    app.trail.push(former);
    app.focus = Focus::Stream;
    app.deliveries.unsort();
    let text = filter.to_string();
    app.deliveries.apply(Applied { text, filter: filter.into() }, selected);
}

/// What finds the value under the cursor, or why there is none.
fn value(app: &App) -> Result<Filter, &'static str> {
    const ELSEWHERE: &str = "there is no single value here: go to one in the body, or to a header";
    match (app.detail.tab(), app.detail.content()) {
        (Tab::Headers, Some(Content::Lines(lines))) => {
            let line = lines.current().filter(|line| !line.name().is_empty()).ok_or(ELSEWHERE)?;
            let value = line.value();
            if value.contains(MASK) {
                return Err("credentials are not searched for");
            }
            Filter::holding_header(&value).ok_or(ELSEWHERE)
        }
        (_, Some(Content::Document(view))) => {
            view.literal_at_cursor().and_then(|value| Filter::holding(&value)).ok_or(ELSEWHERE)
        }
        _ => Err(ELSEWHERE),
    }
}

/// Goes back to where a value was searched from: its filter, its delivery, its pane.
pub fn back(app: &mut App) {
    let Some(Former { filter, anchor, focus, tab }) = app.trail.pop() else {
        return app.notify(Notice::warning("there is no filter to go back to"));
    };
    app.focus = focus;
    app.detail.show(tab);
    app.deliveries.apply(filter, anchor);
}
