//! Typing: into the filter and the search, which take effect at once, into the help and into forms.

use std::iter;

use jiff::tz::TimeZone;

use super::action::{Action, Remark};
use super::answering;
use super::command::Command;
use super::command_line;
use super::command_line::line::{Known, Line, Reading};
use super::commenting;
use super::completing::{Completing, Grammar};
use super::deleting;
use super::deliveries::Applied;
use super::desk::sheet;
use super::editor::Editor;
use super::exports;
use super::key::{Code, Key};
use super::knowing::known;
use super::managing;
use super::offers::offers;
use super::overlay::{Help, Overlay, Prompt, Purpose};
use super::palette::{Entry, Palette};
use super::pipes;
use super::recall::Recall;
use super::replays;
use super::sending;
use super::state::{App, Focus, TimeFormat};
use super::subscribing::fields::Fields;
use super::toast::Notice;
use crate::domain::filter::Filter;

/// So many commands are remembered.
const MOST_REMEMBERED: usize = 100;

/// Opens the prompt of the filter with the filter that is in effect.
pub fn open_filter(app: &mut App) {
    let before = app.deliveries.filter().clone();
    let editor = Editor::new(&before.text);
    let anchor = app.deliveries.anchor();
    let purpose = Purpose::Filter { mistake: None, before, anchor };
    let mut completing = Box::new(Completing::new(Grammar::Filter, known(app)));
    completing.typed(editor.text());
    app.overlays.push(Overlay::Prompt(Prompt { editor, purpose, completing }));
}

/// Opens the prompt of the search in the pane that has the focus.
pub fn open_search(app: &mut App) {
    let purpose = Purpose::Search { found: true };
    let completing = Box::new(Completing::new(Grammar::Words, Known::default()));
    app.overlays.push(Overlay::Prompt(Prompt { editor: Editor::default(), purpose, completing }));
}

/// Opens the prompt of the note or of the tags of the selected delivery, with what is there.
pub fn open_comment(app: &mut App, remark: Remark) {
    let Some((of, comment)) = commenting::at_hand(app) else { return };
    let (text, grammar) = match remark {
        Remark::Note => (comment.note().unwrap_or_default().to_owned(), Grammar::Words),
        Remark::Tags => (comment.tags().join(" "), Grammar::Tags),
    };
    let editor = Editor::new(&text);
    let mut completing = Box::new(Completing::new(grammar, known(app)));
    completing.typed(editor.text());
    let purpose = Purpose::Comment { of, remark };
    app.overlays.push(Overlay::Prompt(Prompt { editor, purpose, completing }));
}

/// Opens the prompt of commands.
pub fn open_command_line(app: &mut App) {
    let completing = Completing::new(Grammar::Command(app.context_below()), known(app));
    let completing = Box::new(completing);
    let lines = iter::once(String::new()).chain(app.history.iter().cloned());
    let purpose = Purpose::Command { mistake: None, recall: Recall::new(lines.collect()) };
    app.overlays.push(Overlay::Prompt(Prompt { editor: Editor::default(), purpose, completing }));
}

/// Opens the prompt of commands that a body is piped to, with the last one.
pub fn open_pipe(app: &mut App) {
    let Some(source) = pipes::at_hand(app) else { return };
    let history = app.piping.history.clone();
    let lines = if history.is_empty() { vec![String::new()] } else { history };
    let editor = Editor::new(&lines[0]);
    let mut completing = Box::new(Completing::new(Grammar::Pipe, known(app)));
    completing.typed(editor.text());
    let purpose = Purpose::Pipe { source, recall: Recall::new(lines) };
    app.overlays.push(Overlay::Prompt(Prompt { editor, purpose, completing }));
}

/// Opens the palette for where the user is.
pub fn open_palette(app: &mut App) {
    let context = app.context_below();
    let offers = offers(context).into_iter();
    let offers =
        offers.filter(|offer| offer.action.is_none_or(|action| managing::offers(app, action)));
    let entries = offers.map(|offer| {
        let keys = offer.action.map(|action| app.keymap.keys_of(context, action));
        Entry { offer, keys: keys.unwrap_or_default() }
    });
    let palette = Palette::new(entries.collect());
    app.overlays.push(Overlay::Palette(Box::new(palette)));
}

/// Closes the palette; what was chosen there, if that needs nothing behind it. Else it stands in the
/// prompt of commands then.
pub fn choose(app: &mut App) -> Option<Action> {
    let Some(Overlay::Palette(palette)) = app.overlays.last() else { return None };
    let offer = palette.chosen()?;
    if offer.action.is_some() {
        app.overlays.pop();
    } else {
        type_arguments(app);
    }
    offer.action
}

/// Puts what is chosen in the palette into the prompt of commands.
fn type_arguments(app: &mut App) {
    let Some(Overlay::Palette(palette)) = app.overlays.last() else { return };
    let Some(offer) = palette.chosen() else { return };
    app.overlays.pop();
    open_command_line(app);
    paste(app, offer.name);
    if !offer.arguments.is_empty() {
        type_key(app, Key::plain(Code::Char(' ')));
    }
}

/// Puts the next thing that may stand at the end of the line there, or the one before.
pub fn complete(app: &mut App, forward: bool) {
    let Some(mut overlay) = app.overlays.pop() else { return };
    let is_palette = matches!(overlay, Overlay::Palette(_));
    if let Overlay::Prompt(prompt) = &mut overlay
        && let Some(line) = prompt.completing.step(forward)
    {
        prompt.editor = Editor::new(&line);
        take_effect(app, &mut overlay);
    }
    app.overlays.push(overlay);
    if is_palette {
        type_arguments(app);
    }
}

/// Opens the help for where the user is.
pub fn open_help(app: &mut App) {
    let context = app.context();
    app.overlays.push(Overlay::Help(Help { editor: Editor::default(), scroll: 0, context }));
}

/// Gives a key that is bound to nothing to the text field on top, if there is one.
pub fn type_key(app: &mut App, key: Key) {
    if !change_fields(app, |fields| fields.type_key(key)) {
        edit(app, |editor| editor.input(key));
    }
}

/// Gives pasted text to the text field on top, if there is one.
pub fn paste(app: &mut App, text: &str) {
    if !change_fields(app, |fields| fields.paste(text)) {
        edit(app, |editor| editor.paste(text));
    }
}

/// Changes a field of the form or sheet on top, and what follows from it there; false if neither is
/// on top.
pub fn change_fields(app: &mut App, change: impl FnOnce(&mut Fields)) -> bool {
    let Some(overlay) = app.overlays.last_mut() else { return false };
    let Some(fields) = overlay.fields_mut() else { return false };
    change(fields);
    if let Overlay::Form(form) = overlay {
        sheet::changed(form);
    }
    true
}

/// Accepts what lies on top: what was typed, the answer to a question, a field of a form.
pub fn submit(app: &mut App) -> Option<Command> {
    match app.overlays.last_mut() {
        Some(Overlay::Prompt(_)) => return accept(app),
        Some(Overlay::Quitting) => return Some(Command::Quit),
        Some(Overlay::Confirm(_)) => return sending::send(app),
        Some(Overlay::Deletion(_)) => return deleting::confirm(app),
        Some(Overlay::Form(form)) if form.fields.field().is_some() && !form.is_of_desk() => {
            form.fields.step(true);
        }
        Some(Overlay::Form(_) | Overlay::Replay(_) | Overlay::Export(_)) => return go_on(app),
        Some(
            Overlay::Help(_)
            | Overlay::Palette(_)
            | Overlay::Guide(_)
            | Overlay::Links(_)
            | Overlay::Columns(_)
            | Overlay::Comparison(_)
            | Overlay::Reader(_)
            | Overlay::Output(_)
            | Overlay::Samples(_)
            | Overlay::Leases(_),
        )
        | None => {}
    }
    None
}

/// Leaves the form or sheet on top for what it is for.
pub fn go_on(app: &mut App) -> Option<Command> {
    match app.overlays.last() {
        Some(Overlay::Replay(_)) => return replays::submit(app),
        Some(Overlay::Export(_)) => return exports::submit(app),
        Some(Overlay::Form(form)) if form.is_of_desk() => return answering::go_on(app),
        _ => sending::go_on(app),
    }
    None
}

/// What the command line on top says. One with a mistake stays open.
pub fn accept_line(app: &mut App) -> Option<Line> {
    let zone = match app.times {
        TimeFormat::Utc => TimeZone::UTC,
        TimeFormat::Local | TimeFormat::Relative => app.session.zone.clone(),
    };
    let (now, context) = (app.now, app.context_below());
    let Some(Overlay::Prompt(prompt)) = app.overlays.last_mut() else { return None };
    let Purpose::Command { mistake, .. } = &mut prompt.purpose else { return None };
    let reading = Reading { zone: &zone, now, context, known: prompt.completing.known() };
    let typed = prompt.editor.text().trim().to_owned();
    match command_line::parse(&typed, &reading) {
        Ok(line) => {
            app.overlays.pop();
            app.history.retain(|before| *before != typed);
            app.history.insert(0, typed);
            app.history.truncate(MOST_REMEMBERED);
            Some(line)
        }
        Err(reason) => {
            *mistake = Some(reason);
            None
        }
    }
}

/// Puts an earlier command into the prompt of commands, or a later one.
pub fn recall(app: &mut App, rows: isize) {
    let Some(Overlay::Prompt(Prompt { editor, purpose, completing })) = app.overlays.last_mut()
    else {
        return;
    };
    let recall = match purpose {
        Purpose::Command { mistake, recall } => {
            *mistake = None;
            recall
        }
        Purpose::Pipe { recall, .. } => recall,
        Purpose::Filter { .. } | Purpose::Comment { .. } | Purpose::Search { .. } => return,
    };
    if rows != 0 && recall.step(editor, -rows) {
        completing.typed(editor.text());
    }
}

/// Accepts what was typed into a prompt. A filter with a mistake stays open.
fn accept(app: &mut App) -> Option<Command> {
    let Some(Overlay::Prompt(prompt)) = app.overlays.last() else { return None };
    let notice = match &prompt.purpose {
        Purpose::Filter { mistake: Some(_), .. } => return None,
        Purpose::Comment { of, remark } => {
            let (of, remark, text) = (*of, *remark, prompt.editor.text().to_owned());
            app.overlays.pop();
            return commenting::write(app, of, remark, &text);
        }
        Purpose::Pipe { source, .. } => {
            let (source, typed) = (source.clone(), prompt.editor.text().to_owned());
            app.overlays.pop();
            return pipes::begin(app, &typed, source);
        }
        Purpose::Search { found: false } => {
            Some(Notice::warning(format!("{} is not here", prompt.editor.text())))
        }
        Purpose::Filter { .. } | Purpose::Search { .. } | Purpose::Command { .. } => None,
    };
    app.overlays.pop();
    if let Some(notice) = notice {
        app.notify(notice);
    }
    None
}

/// Closes what lies on top; a prompt takes back what it did.
pub fn close(app: &mut App) {
    match app.overlays.pop() {
        Some(Overlay::Prompt(Prompt { purpose: Purpose::Search { .. }, .. })) => {
            search(app, "");
        }
        Some(Overlay::Prompt(Prompt {
            purpose: Purpose::Filter { before, anchor, .. }, ..
        })) => {
            if app.deliveries.filter().text != before.text {
                app.deliveries.apply(before, anchor);
            }
        }
        Some(
            Overlay::Help(_)
            | Overlay::Palette(_)
            | Overlay::Quitting
            | Overlay::Guide(_)
            | Overlay::Links(_)
            | Overlay::Columns(_)
            | Overlay::Comparison(_)
            | Overlay::Reader(_)
            | Overlay::Output(_)
            | Overlay::Samples(_)
            | Overlay::Form(_)
            | Overlay::Replay(_)
            | Overlay::Export(_)
            | Overlay::Confirm(_)
            | Overlay::Deletion(_)
            | Overlay::Leases(_)
            | Overlay::Prompt(Prompt {
                purpose: Purpose::Command { .. } | Purpose::Comment { .. } | Purpose::Pipe { .. },
                ..
            }),
        )
        | None => {}
    }
}

/// Looks for text in what is on top, else in the pane that has the focus; false if it is not there.
pub fn search(app: &mut App, text: &str) -> bool {
    match (app.overlays.last_mut(), app.focus) {
        (Some(Overlay::Output(output)), _) => output.search(text),
        (_, Focus::Stream) => app.deliveries.search(text),
        (_, Focus::Detail) => app.detail.search(text),
    }
}

fn edit(app: &mut App, change: impl FnOnce(&mut Editor) -> bool) {
    let Some(mut overlay) = app.overlays.pop() else { return };
    if overlay.editor_mut().is_some_and(change) {
        if let Overlay::Prompt(Prompt { editor, completing, .. }) = &mut overlay {
            completing.typed(editor.text());
        }
        take_effect(app, &mut overlay);
    }
    app.overlays.push(overlay);
}

/// What was typed takes effect on the panes below.
fn take_effect(app: &mut App, overlay: &mut Overlay) {
    let prompt = match overlay {
        Overlay::Help(help) => {
            help.scroll = 0;
            return;
        }
        Overlay::Prompt(prompt) => prompt,
        Overlay::Samples(samples) => return samples.narrowed(),
        Overlay::Palette(palette) => return palette.narrowed(),
        Overlay::Guide(guide) => {
            guide.mistake = None;
            return;
        }
        Overlay::Quitting
        | Overlay::Links(_)
        | Overlay::Columns(_)
        | Overlay::Comparison(_)
        | Overlay::Reader(_)
        | Overlay::Output(_)
        | Overlay::Form(_)
        | Overlay::Replay(_)
        | Overlay::Export(_)
        | Overlay::Confirm(_)
        | Overlay::Deletion(_)
        | Overlay::Leases(_) => return,
    };
    let text = prompt.editor.text();
    match &mut prompt.purpose {
        Purpose::Command { mistake, .. } => *mistake = None,
        Purpose::Comment { .. } | Purpose::Pipe { .. } => {}
        Purpose::Search { found } => *found = search(app, text) || text.is_empty(),
        Purpose::Filter { mistake, anchor, .. } => match Filter::parse(text, app.now) {
            Ok(filter) => {
                *mistake = None;
                let filter = Applied { text: text.to_owned(), filter: filter.into() };
                app.deliveries.apply(filter, *anchor);
            }
            Err(error) => *mistake = Some(error),
        },
    }
}
