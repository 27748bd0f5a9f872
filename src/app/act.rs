//! What each action does.

use super::action::Action;
use super::answering;
use super::browsing;
use super::command::{Command, Copied};
use super::command_line::line::Line;
use super::commanding;
use super::comparisons;
use super::copies;
use super::deleting;
use super::desk::sheet;
use super::detail::content::Content;
use super::document;
use super::exports;
use super::fetching;
use super::filtering;
use super::forwarding::{self, Waiting};
use super::guiding;
use super::leaving;
use super::managing;
use super::moving;
use super::overlay::Overlay;
use super::pausing;
use super::pivoting;
use super::prompting;
use super::reader::Topic;
use super::readers;
use super::replays;
use super::sampling;
use super::screen::SIDE_BY_SIDE;
use super::search::Step;
use super::sending;
use super::sorting;
use super::state::{App, Asked, Focus, View};
use super::subscribing::fields::Fields;
use super::tab::Tab;
use super::toast::Notice;

/// Does it, and tells what has to be done outside.
pub fn act(app: &mut App, action: Action) -> Option<Command> {
    app.deliveries.retry();
    app.detail.retry();
    match action {
        Action::Move(motion) => moving::move_in(app, motion),
        Action::NextPane | Action::PreviousPane => moving::turn_pane(app, action),
        Action::Open if app.view == View::Subscriptions => managing::read(app),
        Action::Open => moving::open(app),
        Action::Back => return moving::back(app),
        Action::Leave => return leaving::leave(app),
        Action::Show(tab) => show(app, tab),
        Action::NextTab | Action::PreviousTab => turn(app, action),
        Action::ToggleFold => fold(app, |view| {
            view.toggle_fold();
        }),
        Action::FoldAll => fold(app, document::View::fold_all),
        Action::UnfoldAll => fold(app, document::View::unfold_all),
        Action::OlderAttempt | Action::NewerAttempt => step_attempt(app, action),
        Action::Log | Action::Overview | Action::Timeline => read(app, action),
        Action::FirstSteps => guiding::open(app),
        Action::Fetch | Action::Links | Action::Browse => return follow(app, action),
        Action::Pipe => prompting::open_pipe(app),
        Action::Samples => sampling::open(app),
        Action::Mark => return replays::mark(app),
        Action::MarkRange => return replays::mark_range(app),
        Action::MarkAll => return replays::mark_all(app),
        Action::Unmark => return replays::unmark(app),
        Action::Write(remark) => prompting::open_comment(app, remark),
        Action::OnlyMarked => filtering::only_marked(app),
        Action::Replay | Action::ReplaySheet | Action::EditBody | Action::Rehearse => {
            return replay(app, action);
        }
        Action::Compare | Action::TurnScope | Action::Pivot | Action::FormerFilter => {
            return explore(app, action);
        }
        Action::Columns | Action::Pin => arrange(app, action),
        Action::Export => exports::open(app),
        Action::EditConfig => return Some(Command::EditConfig),
        Action::Search => prompting::open_search(app),
        Action::NextMatch | Action::PreviousMatch => find(app, action),
        Action::CommandLine => prompting::open_command_line(app),
        Action::Palette => prompting::open_palette(app),
        Action::Complete => prompting::complete(app, true),
        Action::CompleteBack => prompting::complete(app, false),
        Action::Filter => prompting::open_filter(app),
        Action::Shape => return answering::open(app),
        Action::Hold => return answering::hold(app),
        Action::AnswerUsual => return answering::as_usual(app),
        Action::AnswerOtherwise => answering::otherwise(app),
        Action::Follow => app.deliveries.set_follow(!app.deliveries.follows()),
        Action::Copy(what) => return copy(app, what),
        Action::SkipForwards => return skip_forwards(app),
        Action::Zoom | Action::Wrap | Action::TimeFormat | Action::Pause => look(app, action),
        Action::Help => prompting::open_help(app),
        Action::Submit => return submit(app),
        Action::Subscriptions => return managing::open(app),
        Action::NextAccount => return managing::turn(app, true),
        Action::PreviousAccount => return managing::turn(app, false),
        Action::Refresh => return managing::refresh(app),
        Action::Create => managing::create(app),
        Action::Edit => managing::edit(app),
        Action::SwitchActive => managing::switch(app),
        Action::Lease => managing::lease(app),
        Action::Test => managing::test(app),
        Action::Delete | Action::DeleteAll | Action::Undo => return delete(app, action),
        Action::NextField | Action::PreviousField => step(app, action == Action::NextField),
        Action::NextChoice => turn_choice(app, true),
        Action::PreviousChoice => turn_choice(app, false),
        Action::BreakLine => {
            prompting::change_fields(app, Fields::break_line);
        }
        Action::GoOn => return prompting::go_on(app),
        Action::GiveBack => sending::settle_leases(app, true),
        Action::LeaveLeased => sending::settle_leases(app, false),
        Action::Redraw => return Some(Command::Redraw),
        Action::Suspend => return Some(Command::Suspend),
        Action::Quit => return Some(Command::Quit),
    }
    None
}

/// Sends something again.
fn replay(app: &mut App, action: Action) -> Option<Command> {
    match action {
        Action::Replay => replays::again(app),
        Action::ReplaySheet => replays::open(app),
        Action::EditBody => replays::edit_body(app),
        Action::Rehearse => replays::rehearse(app),
        _ => None,
    }
}

/// Deletes what is at hand or everything that is listed, or brings back what was deleted.
fn delete(app: &mut App, action: Action) -> Option<Command> {
    match action {
        Action::DeleteAll => return Some(deleting::look_for_all(app)),
        Action::Undo => deleting::undo(app),
        _ if app.view == View::Deliveries => deleting::discard(app),
        _ => managing::delete(app),
    }
    None
}

/// Brings together what belongs together.
fn explore(app: &mut App, action: Action) -> Option<Command> {
    match action {
        Action::Compare => return comparisons::open(app),
        Action::TurnScope => comparisons::turn(app),
        Action::Pivot => pivoting::pivot(app),
        Action::FormerFilter => pivoting::back(app),
        _ => {}
    }
    None
}

/// Lists the columns of the stream, or pins one.
fn arrange(app: &mut App, action: Action) {
    match action {
        Action::Columns => sorting::open(app),
        _ => sorting::pin(app),
    }
}

/// Changes how the panes look.
fn look(app: &mut App, action: Action) {
    match action {
        Action::Zoom => app.zoomed = !app.zoomed && app.size.width >= SIDE_BY_SIDE,
        Action::Wrap => app.wrap = !app.wrap,
        Action::TimeFormat => app.times = app.times.next(),
        Action::Pause => pausing::turn(app),
        _ => {}
    }
}

fn submit(app: &mut App) -> Option<Command> {
    match app.overlays.last() {
        Some(Overlay::Links(_)) => fetching::fetch_link(app),
        Some(Overlay::Samples(_)) => sampling::send(app),
        Some(Overlay::Columns(_)) => {
            sorting::choose(app);
            None
        }
        Some(Overlay::Guide(_)) => guiding::go_on(app),
        Some(Overlay::Palette(_)) => prompting::choose(app).and_then(|action| act(app, action)),
        Some(Overlay::Prompt(prompt)) if prompt.is_of_commands() => {
            match prompting::accept_line(app)? {
                Line::Act(action) => act(app, action),
                Line::Run(errand) => commanding::carry_out(app, errand),
            }
        }
        _ => prompting::submit(app),
    }
}

/// Reads what the delivery points at, lists it, or opens it in the browser: the link under the cursor
/// where they are listed.
fn follow(app: &mut App, action: Action) -> Option<Command> {
    match (action, app.overlays.last()) {
        (Action::Browse, Some(Overlay::Links(_))) => browsing::link(app),
        (Action::Browse, _) => fetching::ask(app, Asked::Browse),
        (Action::Links, _) => fetching::ask(app, Asked::Links),
        _ => fetching::ask(app, Asked::Fetch),
    }
}

/// Goes to the next field of a form, or step, or to the one before.
fn step(app: &mut App, forward: bool) {
    match app.overlays.last_mut() {
        Some(Overlay::Guide(_)) if forward => guiding::skip(app),
        Some(Overlay::Guide(guide)) => guide.step_back(),
        Some(overlay) => {
            if let Some(fields) = overlay.fields_mut() {
                fields.step(forward);
            }
        }
        None => {}
    }
}

/// Selects an older attempt, or a newer one; in a comparison, that to compare with.
fn step_attempt(app: &mut App, action: Action) {
    let is_older = action == Action::OlderAttempt;
    if app.overlays.is_empty() {
        app.detail.step_attempt(if is_older { 1 } else { -1 });
    } else {
        comparisons::step(app, is_older);
    }
}

fn turn_choice(app: &mut App, forward: bool) {
    match app.overlays.last_mut() {
        Some(Overlay::Form(form)) => {
            form.turn(forward);
            sheet::changed(form);
        }
        Some(Overlay::Export(sheet)) => sheet.turn(forward),
        Some(Overlay::Guide(guide)) => guide.choose(),
        Some(Overlay::Replay(sheet)) => {
            if let Some(field) = sheet.fields.field_mut() {
                field.turn(forward);
            }
        }
        _ => {}
    }
}

/// Turns to another tab of what has the keys. One that has a pane of its own is passed over.
fn turn(app: &mut App, action: Action) {
    let to = if action == Action::NextTab { Tab::next } else { Tab::previous };
    if readers::is_open(app) {
        readers::turn(app);
    } else if moving::is_detail_in_sight(app) {
        let next = to(app.detail.tab());
        let has_pane = next == Tab::Attempts && moving::have_attempts_a_pane(app);
        app.detail.show(if has_pane { to(next) } else { next });
    }
}

/// Shows a tab of the delivery; without one, the overview of everything.
fn show(app: &mut App, tab: Tab) {
    if tab == Tab::Overview && app.deliveries.selected().is_none() {
        readers::open(app, Topic::Overview);
    } else {
        moving::show(app, tab);
    }
}

/// Shows what there is to read.
fn read(app: &mut App, action: Action) {
    match action {
        Action::Overview => readers::open(app, Topic::Overview),
        Action::Timeline => readers::open_timeline(app),
        _ => readers::open(app, Topic::Notices),
    }
}

fn fold(app: &mut App, change: fn(&mut document::View)) {
    if let Some(view) = app.detail.content_mut().and_then(Content::view_mut) {
        change(view);
    }
}

fn find(app: &mut App, action: Action) {
    let step = if action == Action::NextMatch { Step::Next } else { Step::Previous };
    let (needle, found) = match (app.overlays.last_mut(), app.focus) {
        (Some(Overlay::Output(output)), _) => {
            let found = output.step(step);
            (output.needle(), found)
        }
        (_, Focus::Stream) => {
            let found = app.deliveries.step(step);
            (app.deliveries.needle(), found)
        }
        (_, Focus::Detail) => {
            let found = app.detail.step(step);
            (app.detail.needle(), found)
        }
    };
    let text = needle.as_str().to_owned();
    if text.is_empty() {
        let begin = app.hint(Action::Search, "begins a search");
        app.notify(Notice::warning("nothing is looked for").hinting(begin));
    } else if !found {
        app.notify(Notice::warning(format!("{text} is not here")));
    }
}

/// Leaves out what waits for apps that do not take it, and says how much that is.
fn skip_forwards(app: &mut App) -> Option<Command> {
    let waiting = forwarding::waiting(&app.forwards);
    let deliveries = match waiting {
        Waiting { count: 0, .. } => {
            app.notify(Notice::warning("nothing waits for an app"));
            return None;
        }
        Waiting { count: 1, or_more: false } => "1 delivery is not handed on, but stays".to_owned(),
        Waiting { count, or_more } => {
            let more = if or_more { "+" } else { "" };
            format!("{count}{more} deliveries are not handed on, but stay")
        }
    };
    app.notify(Notice::done(format!("{deliveries} in the stream")));
    Some(Command::SkipForwards)
}

/// Copies now, or as soon as the delivery is loaded.
fn copy(app: &mut App, what: Copied) -> Option<Command> {
    if app.view == View::Subscriptions {
        let text = managing::text_of(app, what);
        return hand_over(app, what, text);
    }
    let cursor = app.focus == Focus::Detail && matches!(what, Copied::Path | Copied::Value);
    let id = match app.focus {
        Focus::Stream => app.deliveries.selected(),
        Focus::Detail => app.detail.id(),
    };
    let loaded = app.detail.record().filter(|record| Some(record.id) == id);
    let text = match (loaded, id) {
        _ if what == Copied::Link => fetching::link(app),
        _ if what == Copied::Example => app.session.example().ok_or_else(copies::not_listening),
        _ if cursor => copies::under_cursor(what, &app.detail),
        (Some(record), _) => copies::text_of(what, record, &app.session, &app.keymap),
        (None, Some(id)) => {
            app.copying = Some((id, what));
            return None;
        }
        (None, None) => Err(Notice::warning("there is no delivery to copy from")),
    };
    hand_over(app, what, text)
}

/// The command that copies the text; without one a notice says why.
pub fn hand_over(app: &mut App, what: Copied, text: Result<String, Notice>) -> Option<Command> {
    match text {
        Ok(text) => Some(Command::Copy { what, text }),
        Err(notice) => {
            app.notify(notice);
            None
        }
    }
}
