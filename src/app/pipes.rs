//! What the keys do about commands that read a body: which body, where the command goes, and what comes
//! of it.

use super::command::Command;
use super::detail::attempts::Listed;
use super::message::Message;
use super::overlay::Overlay;
use super::piping::{Output, Pipe, Source};
use super::state::{App, Focus};
use super::tab::Tab;
use super::toast::Notice;

/// What stands before a command that is given the terminal.
pub const TERMINAL: char = '!';

/// The answer that is looked at, else the body of the selected delivery.
pub fn at_hand(app: &mut App) -> Option<Source> {
    let Some(id) = app.deliveries.selected() else {
        app.notify(Notice::warning("there is no delivery to pipe"));
        return None;
    };
    let is_at_attempts = app.focus == Focus::Detail && app.detail.tab() == Tab::Attempts;
    let attempts = app.detail.attempts().filter(|_| is_at_attempts);
    let answer = match attempts.and_then(|it| it.listed().nth(it.selected())) {
        Some(Listed::Done(opened)) => opened.attempt.response(),
        Some(Listed::UnderWay(_)) | None => None,
    };
    Some(match answer {
        Some(response) => Source::Answer(id, response.body.clone()),
        None => Source::Delivery(id),
    })
}

/// Runs a command that was typed with what is at hand.
pub fn run(app: &mut App, typed: &str) -> Option<Command> {
    let source = at_hand(app)?;
    begin(app, typed, source)
}

/// Begins a command: in a pane, or where it says so with the terminal.
pub fn begin(app: &mut App, typed: &str, source: Source) -> Option<Command> {
    let typed = typed.trim();
    let (command, has_terminal) =
        typed.strip_prefix(TERMINAL).map_or((typed, false), |rest| (rest.trim_start(), true));
    if command.is_empty() {
        app.notify(Notice::warning("there is no command to pipe to; one is jq ."));
        return None;
    }
    let pipe = Pipe { command: command.to_owned(), source };
    app.piping.remember(typed);
    match pipe.source {
        Source::Answer(_, body) if has_terminal => {
            return Some(Command::HandOver { command: pipe.command, body });
        }
        Source::Delivery(delivery) if has_terminal => {
            return Some(Command::LoadToHandOver { command: pipe.command, delivery });
        }
        Source::Answer(..) | Source::Delivery(_) => {}
    }
    let run = app.piping.next_run();
    let output = Output::new(run, pipe.clone(), app.now);
    app.overlays.push(Overlay::Output(Box::new(output)));
    Some(Command::Pipe { run, pipe })
}

/// Takes in what came of a command.
pub fn told(app: &mut App, told: Message) -> Option<Command> {
    match told {
        Message::Printed { run, printed } => {
            if let Some(output) = output_of(app, run) {
                output.print(printed);
            }
        }
        Message::Piped { run, printed, ending, took } => {
            if let Some(output) = output_of(app, run) {
                output.print(printed);
                output.end(ending, took);
            }
        }
        Message::ReadyToHandOver { command, body: Ok(body) } => {
            return Some(Command::HandOver { command, body });
        }
        Message::ReadyToHandOver { body: Err(reason), .. } => {
            app.notify(Notice::error(reason));
        }
        Message::HandedOver(Err(reason)) => app.notify(Notice::warning(reason)),
        _ => {}
    }
    None
}

/// The pane of that command, if it is still there.
fn output_of(app: &mut App, run: u64) -> Option<&mut Output> {
    app.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Output(output) if output.run == run => Some(&mut **output),
        _ => None,
    })
}

/// Ends what runs in the pane on top, else the search there, else closes it.
pub fn back(app: &mut App) -> Option<Command> {
    let Some(Overlay::Output(output)) = app.overlays.last_mut() else { return None };
    if output.cancel() {
        return Some(Command::CancelPipe);
    }
    if output.needle().is_empty() {
        app.overlays.pop();
    } else {
        output.search("");
    }
    None
}
