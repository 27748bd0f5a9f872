//! What each action does.

use super::action::Action;
use super::command::{Command, Copied};
use super::copies;
use super::detail::content::Content;
use super::document::View;
use super::forwarding::{self, Waiting};
use super::moving;
use super::prompting;
use super::screen::{SIDE_BY_SIDE, screen};
use super::search::Step;
use super::state::{App, Focus};
use super::tab::Tab;
use super::toast::Notice;

/// Does it, and tells what has to be done outside.
pub fn act(app: &mut App, action: Action) -> Option<Command> {
    app.deliveries.retry();
    app.detail.retry();
    match action {
        Action::Move(motion) => moving::move_in(app, motion),
        Action::NextPane | Action::PreviousPane => moving::other_pane(app),
        Action::Open => moving::open(app),
        Action::Back => moving::back(app),
        Action::Leave => return (!moving::up_one_level(app)).then_some(Command::Quit),
        Action::Show(tab) => show(app, tab),
        Action::NextTab => turn(app, Tab::next),
        Action::PreviousTab => turn(app, Tab::previous),
        Action::ToggleFold => fold(app, |view| {
            view.toggle_fold();
        }),
        Action::FoldAll => fold(app, View::fold_all),
        Action::UnfoldAll => fold(app, View::unfold_all),
        Action::Search => prompting::open_search(app),
        Action::NextMatch => find(app, Step::Next),
        Action::PreviousMatch => find(app, Step::Previous),
        Action::Filter => prompting::open_filter(app),
        Action::Follow => app.deliveries.set_follow(!app.deliveries.follows()),
        Action::Copy(what) => return copy(app, what),
        Action::SkipForwards => return skip_forwards(app),
        Action::Zoom => app.zoomed = !app.zoomed && app.size.width >= SIDE_BY_SIDE,
        Action::Wrap => app.wrap = !app.wrap,
        Action::TimeFormat => app.times = app.times.next(),
        Action::Help => prompting::open_help(app),
        Action::Submit => prompting::submit(app),
        Action::Redraw => return Some(Command::Redraw),
        Action::Suspend => return Some(Command::Suspend),
        Action::Quit => return Some(Command::Quit),
    }
    None
}

fn detail_in_sight(app: &App) -> bool {
    screen(app.size, app).is_some_and(|screen| screen.detail.is_some())
}

fn show(app: &mut App, tab: Tab) {
    app.detail.show(tab);
    if !detail_in_sight(app) {
        moving::open(app);
    }
}

fn turn(app: &mut App, to: fn(Tab) -> Tab) {
    if detail_in_sight(app) {
        app.detail.show(to(app.detail.tab()));
    }
}

fn fold(app: &mut App, change: fn(&mut View)) {
    if let Some(Content::Document(view)) = app.detail.content_mut() {
        change(view);
    }
}

fn find(app: &mut App, step: Step) {
    let (needle, found) = match app.focus {
        Focus::Stream => {
            let found = app.deliveries.step(step);
            (app.deliveries.needle(), found)
        }
        Focus::Detail => {
            let found = app.detail.step(step);
            (app.detail.needle(), found)
        }
    };
    let text = needle.as_str().to_owned();
    if text.is_empty() {
        app.notify(Notice::warning("nothing is looked for: / begins a search"));
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
    let cursor = app.focus == Focus::Detail && matches!(what, Copied::Path | Copied::Value);
    let id = match app.focus {
        Focus::Stream => app.deliveries.selected(),
        Focus::Detail => app.detail.id(),
    };
    let loaded = app.detail.record().filter(|record| Some(record.id) == id);
    let text = match (loaded, id) {
        _ if what == Copied::Example => app.session.example().ok_or_else(copies::not_listening),
        _ if cursor => copies::under_cursor(what, &app.detail),
        (Some(record), _) => copies::text_of(what, record, &app.session),
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
