//! To a place in the list that was named: a number, or a time.

use super::command::Command;
use super::command_line::place::Place;
use super::state::App;
use super::toast::Notice;
use crate::domain::delivery::DeliveryId;

/// Goes to a place in the list that was named.
pub fn go_to(app: &mut App, place: Place) -> Option<Command> {
    match place {
        Place::Delivery(id) => app.deliveries.go_to(id),
        Place::Before(time) => return Some(Command::Locate(time)),
    }
    None
}

/// Goes to the delivery that was found by its time.
pub fn located(app: &mut App, found: Result<Option<DeliveryId>, String>) {
    match found {
        Ok(Some(id)) => app.deliveries.go_to(id),
        Ok(None) => {
            app.deliveries.last();
            app.notify(Notice::warning("every delivery arrived later: this is the oldest"));
        }
        Err(reason) => {
            app.notify(Notice::error(format!("the delivery of that time is not known: {reason}")));
        }
    }
}
