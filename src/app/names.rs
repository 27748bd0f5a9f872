//! What actions are called: by the user's config, the palette, the command line, help and README.

use super::action::{Action, Motion, Remark};
use super::command::Copied;
use super::tab::Tab;

/// Every action with its name. A name is never given to another action; where the command line has a
/// command that does the same, it is that command's.
#[rustfmt::skip]
const NAMES: &[(Action, &str)] = &[
    (Action::Move(Motion::Down), "down"),
    (Action::Move(Motion::Up), "up"),
    (Action::Move(Motion::First), "first"),
    (Action::Move(Motion::Last), "last"),
    (Action::Move(Motion::HalfPageDown), "half-page-down"),
    (Action::Move(Motion::HalfPageUp), "half-page-up"),
    (Action::Move(Motion::PageDown), "page-down"),
    (Action::Move(Motion::PageUp), "page-up"),
    (Action::NextPane, "next-pane"),
    (Action::PreviousPane, "previous-pane"),
    (Action::Open, "open"),
    (Action::Back, "back"),
    (Action::Leave, "leave"),
    (Action::Show(Tab::Overview), "overview"),
    (Action::Show(Tab::Headers), "headers"),
    (Action::Show(Tab::Body), "body"),
    (Action::Show(Tab::Auth), "auth"),
    (Action::Show(Tab::Answer), "answer"),
    (Action::Show(Tab::Attempts), "attempts"),
    (Action::NextTab, "next-tab"),
    (Action::PreviousTab, "previous-tab"),
    (Action::ToggleFold, "fold"),
    (Action::FoldAll, "fold-all"),
    (Action::UnfoldAll, "unfold-all"),
    (Action::OlderAttempt, "older-attempt"),
    (Action::NewerAttempt, "newer-attempt"),
    (Action::Compare, "compare"),
    (Action::TurnScope, "compare-all"),
    (Action::Log, "log"),
    (Action::Overview, "overview-all"),
    (Action::Timeline, "timeline"),
    (Action::Fetch, "fetch"),
    (Action::Links, "links"),
    (Action::FirstSteps, "init"),
    (Action::Browse, "browse"),
    (Action::Pipe, "pipe"),
    (Action::Samples, "trigger"),
    (Action::Mark, "mark"),
    (Action::MarkRange, "mark-range"),
    (Action::MarkAll, "mark-all"),
    (Action::Unmark, "unmark"),
    (Action::OnlyMarked, "only-marked"),
    (Action::Write(Remark::Note), "note"),
    (Action::Write(Remark::Tags), "tag"),
    (Action::Delete, "delete"),
    (Action::DeleteAll, "delete-all"),
    (Action::Undo, "undo"),
    (Action::Replay, "replay"),
    (Action::ReplaySheet, "replay-sheet"),
    (Action::EditBody, "edit-body"),
    (Action::Rehearse, "dry-run"),
    (Action::Export, "export"),
    (Action::EditConfig, "edit-config"),
    (Action::Search, "find"),
    (Action::NextMatch, "next-match"),
    (Action::PreviousMatch, "previous-match"),
    (Action::CommandLine, "command-line"),
    (Action::Palette, "palette"),
    (Action::Complete, "complete"),
    (Action::CompleteBack, "complete-back"),
    (Action::Filter, "filter"),
    (Action::Pivot, "pivot"),
    (Action::FormerFilter, "former-filter"),
    (Action::Columns, "columns"),
    (Action::Pin, "pin"),
    (Action::Follow, "follow"),
    (Action::Pause, "pause"),
    (Action::Shape, "answer-with"),
    (Action::Hold, "hold"),
    (Action::AnswerUsual, "answer-as-usual"),
    (Action::AnswerOtherwise, "answer-otherwise"),
    (Action::SkipForwards, "skip-forwards"),
    (Action::Copy(Copied::Body), "copy-body"),
    (Action::Copy(Copied::Headers), "copy-headers"),
    (Action::Copy(Copied::Curl), "copy-curl"),
    (Action::Copy(Copied::Path), "copy-path"),
    (Action::Copy(Copied::Value), "copy-value"),
    (Action::Copy(Copied::Url), "copy-url"),
    (Action::Copy(Copied::Example), "copy-example"),
    (Action::Copy(Copied::Link), "copy-link"),
    (Action::Copy(Copied::SubscriptionId), "copy-id"),
    (Action::Copy(Copied::Target), "copy-target"),
    (Action::Copy(Copied::Subscription), "copy-subscription"),
    (Action::Copy(Copied::Sheet), "copy-sheet"),
    (Action::Zoom, "zoom"),
    (Action::Wrap, "wrap"),
    (Action::TimeFormat, "times"),
    (Action::Help, "help"),
    (Action::Submit, "submit"),
    (Action::Subscriptions, "subs"),
    (Action::Create, "create"),
    (Action::Edit, "edit"),
    (Action::SwitchActive, "switch"),
    (Action::Lease, "lease"),
    (Action::Test, "test"),
    (Action::Refresh, "refresh"),
    (Action::NextAccount, "next-account"),
    (Action::PreviousAccount, "previous-account"),
    (Action::NextField, "next-field"),
    (Action::PreviousField, "previous-field"),
    (Action::NextChoice, "next-choice"),
    (Action::PreviousChoice, "previous-choice"),
    (Action::BreakLine, "break-line"),
    (Action::GoOn, "go-on"),
    (Action::GiveBack, "give-back"),
    (Action::LeaveLeased, "leave-leased"),
    (Action::Redraw, "redraw"),
    (Action::Suspend, "suspend"),
    (Action::Quit, "quit"),
];

/// The name of an action; a test holds this table against that of the bindings, so that each has one.
#[must_use]
pub fn name_of(action: Action) -> &'static str {
    let named = NAMES.iter().find(|(named, _)| *named == action);
    named.map_or("", |(_, name)| *name)
}

/// The action of that name.
#[must_use]
pub fn action_of(name: &str) -> Option<Action> {
    NAMES.iter().find(|(_, known)| *known == name).map(|(action, _)| *action)
}

/// Every name.
pub fn all() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(_, name)| *name)
}

#[cfg(test)]
mod tests;
