//! Leaving: up one level, and from the top out of the program, which is asked first while something
//! is under way that would end with it.

use super::command::Command;
use super::moving;
use super::overlay::Overlay;
use super::state::App;

/// Goes up one level; at the top, quits or asks whether to.
pub fn leave(app: &mut App) -> Option<Command> {
    if moving::up_one_level(app) {
        return None;
    }
    if question(app).is_none() {
        return Some(Command::Quit);
    }
    app.overlays.push(Overlay::Quitting);
    None
}

/// What is asked before the program ends; nothing while nothing is under way.
#[must_use]
pub fn question(app: &App) -> Option<String> {
    let (replays, exports) = (&app.replaying.under_way, &app.exporting.under_way);
    let (what, come, lost) = if replays.is_running() {
        let come = replays.progress().map(|progress| (progress.done, progress.total));
        ("a replay", come, "what is not sent yet will not be")
    } else if exports.is_running() {
        let come = exports.progress().map(|progress| (progress.done, progress.total));
        ("an export", come, "nothing of the file will be left")
    } else {
        return None;
    };
    let come = come.map(|(done, total)| format!(", {done} of {total}")).unwrap_or_default();
    Some(format!("{what} is under way{come}: {lost}. Quit?"))
}
