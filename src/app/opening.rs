//! What waits for a delivery to be read from the store, and is done as soon as it is.

use super::act::hand_over;
use super::command::Command;
use super::copies;
use super::fetching;
use super::message::Opened;
use super::state::{App, Asked};
use super::toast::Notice;
use crate::domain::delivery::DeliveryId;

/// The delivery was read, or could not be.
pub fn opened(
    app: &mut App,
    id: DeliveryId,
    opened: Result<Option<Opened>, String>,
) -> Option<Command> {
    let copying = app.copying.take_if(|(wanted, _)| *wanted == id).map(|(_, what)| what);
    let asked = app.asked.take_if(|(wanted, _)| *wanted == id).map(|(_, asked)| asked);
    // Nothing opens on top of what has come between.
    let asked = asked.filter(|asked| *asked == Asked::Fetch || app.overlays.is_empty());
    let gone = || "the store does not have it any more".to_owned();
    match opened.and_then(|opened| opened.ok_or_else(gone)) {
        Ok(opened) => {
            let delivery = &opened.record.delivery;
            let url = app.session.url_of(&delivery.request, &delivery.endpoint);
            app.detail.opened(&opened, &url);
            let command = asked.and_then(|asked| fetching::answer(app, asked, &opened.record));
            let Some(what) = copying else { return command };
            let text = copies::text_of(what, &opened.record, &app.session, &app.keymap);
            return hand_over(app, what, text);
        }
        Err(reason) => {
            if let Some(what) = copying {
                app.notify(Notice::error(format!("{} not copied: {reason}", what.as_str())));
            }
            match asked {
                Some(Asked::Browse) => {
                    app.notify(Notice::error(format!("nothing to open: {reason}")));
                }
                Some(Asked::Fetch | Asked::Links) => {
                    app.notify(Notice::error(format!("nothing to fetch: {reason}")));
                }
                Some(Asked::Replay | Asked::EditBody) => {
                    app.notify(Notice::error(format!("nothing to replay: {reason}")));
                }
                None => {}
            }
            app.detail.failed(id, reason);
        }
    }
    None
}
