//! Carrying out what was typed behind `:` and takes arguments.

use super::answering;
use super::command::Command;
use super::command_line::line::Errand;
use super::commenting;
use super::deleting;
use super::exports;
use super::filtering;
use super::locating;
use super::managing;
use super::moving;
use super::pipes;
use super::replays;
use super::sampling;
use super::sorting;
use super::state::App;

/// Carries it out.
pub fn carry_out(app: &mut App, errand: Errand) -> Option<Command> {
    match errand {
        Errand::GoTo(place) => return locating::go_to(app, place),
        Errand::Sort { column, is_reversed } => sorting::sort(app, column, is_reversed),
        Errand::Pin(pin) => sorting::turn(app, pin, true),
        Errand::Unpin(pin) => sorting::turn(app, pin, false),
        Errand::Columns => sorting::open(app),
        Errand::Show { id, tab } => {
            if let Some(id) = id {
                app.deliveries.go_to(id);
            }
            moving::show(app, tab);
        }
        Errand::Filter(text) => filtering::apply(app, &text),
        Errand::Replay(again) => return replays::again_as(app, again),
        Errand::Export { form, is_redacted } => exports::open_as(app, form, is_redacted),
        Errand::Delete(text) => {
            // What is about to be deleted is shown.
            filtering::apply(app, &text);
            return Some(deleting::look_for_all(app));
        }
        Errand::Note(text) => return commenting::note(app, &text),
        Errand::Tag(text) => return commenting::tag(app, &text),
        Errand::Hold(text) => return answering::hold_what(app, &text),
        Errand::Pipe(typed) => return pipes::run(app, &typed),
        Errand::Trigger(choice) => return sampling::send_choice(app, choice),
        Errand::Mouse(is_ours) => {
            app.arrangement.mouse = is_ours;
            return Some(Command::TakeMouse(is_ours));
        }
        Errand::Plain(is_plain) => app.arrangement.plain = is_plain,
        Errand::Subscriptions(account) => return managing::open_account(app, &account),
    }
    None
}
