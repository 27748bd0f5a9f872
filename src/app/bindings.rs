//! The keys: one table that lookup, footer, help, README and tests read.

use super::action::{Action, Motion, Remark};
use super::command::Copied;
use super::context::Context;
use super::tab::Tab;

/// What keys mean in one context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// The keys; each entry is a key or a sequence of keys with a space between them.
    pub keys: &'static [&'static str],
    /// What they mean.
    pub action: Action,
    /// What that is, in a few words.
    pub hint: &'static str,
    /// Whether the footer names it.
    pub in_footer: bool,
}

const fn key(
    context: Context,
    keys: &'static [&'static str],
    action: Action,
    hint: &'static str,
) -> Binding {
    Binding { context, keys, action, hint, in_footer: false }
}

const fn shown(
    context: Context,
    keys: &'static [&'static str],
    action: Action,
    hint: &'static str,
) -> Binding {
    Binding { context, keys, action, hint, in_footer: true }
}

/// Every binding, in the order of the help.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    shown(Context::Stream, &["enter"], Action::Open, "open"),
    key(Context::Stream, &["space"], Action::Mark, "mark, take the mark away"),
    key(Context::Stream, &["v"], Action::MarkRange, "mark from the last mark to here"),
    key(Context::Stream, &["*"], Action::MarkAll, "mark everything that is listed"),
    key(Context::Stream, &["u"], Action::Unmark, "take every mark away"),
    key(Context::Stream, &["M"], Action::OnlyMarked, "only what is marked, everything again"),
    key(Context::Stream, &["s"], Action::Columns, "sort, pin columns"),
    key(Context::Stream, &["d"], Action::Delete, "delete what is marked, else this one"),
    key(Context::Stream, &["D"], Action::DeleteAll, "delete everything that is listed"),

    shown(Context::Body, &["enter", "space"], Action::ToggleFold, "fold, unfold"),
    key(Context::Body, &["-"], Action::FoldAll, "fold all"),
    key(Context::Body, &["+"], Action::UnfoldAll, "unfold all"),
    key(Context::Body, &["C"], Action::Pin, "pin the value as a column of the stream, take it off"),

    key(Context::Detail, &["P"], Action::Pivot, "show everything that holds this value"),

    shown(Context::Attempts, &["}"], Action::OlderAttempt, "older"),
    shown(Context::Attempts, &["{"], Action::NewerAttempt, "newer"),
    shown(Context::Attempts, &["c"], Action::Compare, "compare"),

    shown(Context::Empty, &["y"], Action::Copy(Copied::Example), "copy the command"),
    shown(Context::Empty, &["t"], Action::Samples, "send a sample"),
    key(Context::Empty, &["i"], Action::FirstSteps, "first steps"),

    shown(Context::GuideSend, &["y"], Action::Copy(Copied::Example), "copy the command"),
    shown(Context::GuideSend, &["t"], Action::Samples, "send a sample"),

    shown(Context::GuideSecret, &["space"], Action::NextChoice, "choose"),

    shown(Context::Guide, &["enter"], Action::Submit, "go on"),
    shown(Context::Guide, &["tab"], Action::NextField, "skip this step"),
    key(Context::Guide, &["shift-tab"], Action::PreviousField, "the step before"),
    key(Context::Guide, &["down"], Action::Move(Motion::Down), "down"),
    key(Context::Guide, &["up"], Action::Move(Motion::Up), "up"),
    shown(Context::Guide, &["esc"], Action::Back, "skip all"),
    key(Context::Guide, &["f1"], Action::Help, "help"),

    key(Context::Panes, &["tab"], Action::NextPane, "next pane"),
    key(Context::Panes, &["shift-tab"], Action::PreviousPane, "previous pane"),
    key(Context::Panes, &["1"], Action::Show(Tab::Overview), "overview"),
    key(Context::Panes, &["2"], Action::Show(Tab::Headers), "headers"),
    key(Context::Panes, &["3"], Action::Show(Tab::Body), "body"),
    key(Context::Panes, &["4"], Action::Show(Tab::Auth), "auth"),
    key(Context::Panes, &["5"], Action::Show(Tab::Answer), "answer"),
    key(Context::Panes, &["6"], Action::Show(Tab::Attempts), "attempts"),
    key(Context::Panes, &["]", ")", "l", "right"], Action::NextTab, "next tab"),
    key(Context::Panes, &["[", "(", "h", "left"], Action::PreviousTab, "previous tab"),
    shown(Context::Panes, &["r"], Action::Replay, "replay"),
    shown(Context::Panes, &["R"], Action::ReplaySheet, "sheet"),
    key(Context::Panes, &["e"], Action::EditBody, "edit the body, then replay"),
    key(Context::Panes, &["E"], Action::Export, "export to a file"),
    key(Context::Panes, &["|"], Action::Pipe, "pipe the body to a command"),
    shown(Context::Panes, &["o"], Action::Fetch, "fetch"),
    key(Context::Panes, &["g f"], Action::Links, "all links"),
    key(Context::Panes, &["O"], Action::Browse, "open in the browser"),
    key(Context::Panes, &["g e"], Action::Timeline, "timeline of the event"),
    key(Context::Panes, &["g t"], Action::Samples, "send a sample"),
    shown(Context::Panes, &["y y", "y b"], Action::Copy(Copied::Body), "copy the body"),
    key(Context::Panes, &["y h"], Action::Copy(Copied::Headers), "copy the headers"),
    key(Context::Panes, &["y c"], Action::Copy(Copied::Curl), "copy a curl line"),
    key(Context::Panes, &["y p"], Action::Copy(Copied::Path), "copy the path under the cursor"),
    key(Context::Panes, &["y v"], Action::Copy(Copied::Value), "copy the value under the cursor"),
    key(Context::Panes, &["y u"], Action::Copy(Copied::Url), "copy the URL"),
    shown(Context::Panes, &["V"], Action::Show(Tab::Auth), "auth check"),
    shown(Context::Panes, &["/"], Action::Search, "find"),
    key(Context::Panes, &["n"], Action::NextMatch, "next match"),
    key(Context::Panes, &["N"], Action::PreviousMatch, "previous match"),
    shown(Context::Panes, &["f"], Action::Filter, "filter"),
    key(Context::Panes, &["backspace"], Action::FormerFilter, "back to where a value was searched from"),
    shown(Context::Panes, &["F"], Action::Follow, "follow"),
    key(Context::Panes, &["p"], Action::Pause, "let the stream stand still, let it go on"),
    key(Context::Panes, &["c"], Action::Compare, "compare the two marked, or this with the one before"),
    key(Context::Panes, &["m"], Action::Write(Remark::Note), "write a note"),
    key(Context::Panes, &["t"], Action::Write(Remark::Tags), "give tags"),
    key(Context::Panes, &["a"], Action::Shape, "set what is answered, take it back"),
    key(Context::Panes, &["H"], Action::Hold, "hold deliveries, let them go"),
    key(Context::Panes, &["S", "A"], Action::Subscriptions, "subscriptions, accounts"),
    key(Context::Panes, &["g s"], Action::SkipForwards, "skip what waits for the app"),
    key(Context::Panes, &["z"], Action::Zoom, "zoom the pane"),
    key(Context::Panes, &["w"], Action::Wrap, "wrap long lines"),
    key(Context::Panes, &["esc"], Action::Back, "back, end what runs, then the order, the filter, the marks"),
    shown(Context::Panes, &["q"], Action::Leave, "up one level, then quit"),

    shown(Context::Subscriptions, &["n"], Action::Create, "new"),
    shown(Context::Subscriptions, &["e"], Action::Edit, "edit"),
    shown(Context::Subscriptions, &["space"], Action::SwitchActive, "on, off"),
    shown(Context::Subscriptions, &["L"], Action::Lease, "lease here"),
    shown(Context::Subscriptions, &["t"], Action::Test, "test"),
    shown(Context::Subscriptions, &["d"], Action::Delete, "delete"),
    shown(Context::Subscriptions, &["r"], Action::Refresh, "refresh"),
    key(Context::Subscriptions, &["enter"], Action::Open, "read the whole record"),
    key(Context::Subscriptions, &["y y", "y j"], Action::Copy(Copied::Subscription), "copy as JSON"),
    key(Context::Subscriptions, &["y i"], Action::Copy(Copied::SubscriptionId), "copy the id"),
    key(Context::Subscriptions, &["y t"], Action::Copy(Copied::Target), "copy the target"),

    shown(Context::Sheet, &["e"], Action::Edit, "fill in"),
    shown(Context::Sheet, &["y"], Action::Copy(Copied::Sheet), "copy"),

    shown(Context::Accounts, &["tab"], Action::NextAccount, "account"),
    key(Context::Accounts, &["shift-tab"], Action::PreviousAccount, "previous account"),
    shown(Context::Accounts, &["esc"], Action::Back, "back"),
    key(Context::Accounts, &["q", "S", "A"], Action::Leave, "back to the deliveries"),

    key(Context::Views, &["j", "down"], Action::Move(Motion::Down), "down"),
    key(Context::Views, &["k", "up"], Action::Move(Motion::Up), "up"),
    key(Context::Views, &["g g", "home"], Action::Move(Motion::First), "to the first row"),
    key(Context::Views, &["G", "end"], Action::Move(Motion::Last), "to the last row"),
    key(Context::Views, &["ctrl-d"], Action::Move(Motion::HalfPageDown), "half a page down"),
    key(Context::Views, &["ctrl-u"], Action::Move(Motion::HalfPageUp), "half a page up"),
    key(Context::Views, &["pagedown"], Action::Move(Motion::PageDown), "a page down"),
    key(Context::Views, &["pageup"], Action::Move(Motion::PageUp), "a page up"),
    key(Context::Views, &["U"], Action::Undo, "bring back what was deleted last"),
    key(Context::Views, &["g a"], Action::AnswerUsual, "answer as usual"),
    key(Context::Views, &["g r"], Action::AnswerOtherwise, "answer otherwise"),
    key(Context::Views, &["g o"], Action::Overview, "overview of everything"),
    key(Context::Views, &["g l"], Action::Log, "notices, connections outward"),
    key(Context::Views, &["g c"], Action::EditConfig, "open the config"),
    key(Context::Views, &["T"], Action::TimeFormat, "times: local, UTC, relative"),
    key(Context::Views, &[":"], Action::CommandLine, "type a command"),
    key(Context::Views, &["ctrl-p"], Action::Palette, "look for anything that can be done"),
    shown(Context::Views, &["?", "f1"], Action::Help, "help"),
    key(Context::Views, &["Q"], Action::Quit, "quit"),

    key(Context::Form, &["tab"], Action::NextField, "next field"),
    key(Context::Form, &["shift-tab"], Action::PreviousField, "previous field"),
    key(Context::Form, &["down"], Action::Move(Motion::Down), "down"),
    key(Context::Form, &["up"], Action::Move(Motion::Up), "up"),
    key(Context::Form, &["enter"], Action::Submit, "next field; from the last one go on"),
    shown(Context::Form, &["ctrl-s"], Action::GoOn, "go on"),
    shown(Context::Form, &["esc"], Action::Back, "cancel"),
    key(Context::Form, &["f1"], Action::Help, "help"),

    shown(Context::FormChoice, &["space", "right"], Action::NextChoice, "choose"),
    key(Context::FormChoice, &["left"], Action::PreviousChoice, "choose the one before"),

    key(Context::FormText, &["enter"], Action::BreakLine, "new line"),

    shown(Context::Replay, &["enter"], Action::Submit, "send"),
    shown(Context::Replay, &["ctrl-t"], Action::Rehearse, "dry run"),

    shown(Context::Export, &["enter"], Action::Submit, "write the file"),

    shown(Context::Confirm, &["enter"], Action::Submit, "send it"),
    key(Context::Confirm, &["down"], Action::Move(Motion::Down), "down"),
    key(Context::Confirm, &["up"], Action::Move(Motion::Up), "up"),
    key(Context::Confirm, &["home"], Action::Move(Motion::First), "to the first line"),
    key(Context::Confirm, &["end"], Action::Move(Motion::Last), "to the last line"),
    key(Context::Confirm, &["pagedown"], Action::Move(Motion::PageDown), "a page down"),
    key(Context::Confirm, &["pageup"], Action::Move(Motion::PageUp), "a page up"),
    shown(Context::Confirm, &["esc"], Action::Back, "back"),

    shown(Context::Deletion, &["y", "enter"], Action::Submit, "delete"),
    shown(Context::Deletion, &["n", "esc"], Action::Back, "keep"),

    shown(Context::Leases, &["y"], Action::GiveBack, "give back"),
    shown(Context::Leases, &["n"], Action::LeaveLeased, "leave as it is"),
    shown(Context::Leases, &["esc"], Action::Back, "later"),

    key(Context::Samples, &["down"], Action::Move(Motion::Down), "down"),
    key(Context::Samples, &["up"], Action::Move(Motion::Up), "up"),
    key(Context::Samples, &["home"], Action::Move(Motion::First), "to the first sample"),
    key(Context::Samples, &["end"], Action::Move(Motion::Last), "to the last sample"),
    key(Context::Samples, &["pagedown"], Action::Move(Motion::PageDown), "a page down"),
    key(Context::Samples, &["pageup"], Action::Move(Motion::PageUp), "a page up"),
    shown(Context::Samples, &["enter"], Action::Submit, "send"),
    shown(Context::Samples, &["esc"], Action::Back, "close"),

    shown(Context::Comparison, &["}", "c"], Action::OlderAttempt, "with one before"),
    shown(Context::Comparison, &["{"], Action::NewerAttempt, "with one after"),
    shown(Context::Comparison, &["d"], Action::TurnScope, "differences, all"),
    key(Context::Comparison, &["j", "down"], Action::Move(Motion::Down), "down"),
    key(Context::Comparison, &["k", "up"], Action::Move(Motion::Up), "up"),
    key(Context::Comparison, &["g g", "home"], Action::Move(Motion::First), "to the first line"),
    key(Context::Comparison, &["G", "end"], Action::Move(Motion::Last), "to the last line"),
    key(Context::Comparison, &["ctrl-d"], Action::Move(Motion::HalfPageDown), "half a page down"),
    key(Context::Comparison, &["ctrl-u"], Action::Move(Motion::HalfPageUp), "half a page up"),
    key(Context::Comparison, &["pagedown"], Action::Move(Motion::PageDown), "a page down"),
    key(Context::Comparison, &["pageup"], Action::Move(Motion::PageUp), "a page up"),
    shown(Context::Comparison, &["esc", "q"], Action::Back, "close"),

    shown(Context::Log, &["tab", "]", "l", "right"], Action::NextTab, "notices, connections"),
    key(Context::Log, &["shift-tab", "[", "h", "left"], Action::PreviousTab, "connections, notices"),

    key(Context::Reader, &["j", "down"], Action::Move(Motion::Down), "down"),
    key(Context::Reader, &["k", "up"], Action::Move(Motion::Up), "up"),
    key(Context::Reader, &["g g", "home"], Action::Move(Motion::First), "to the first line"),
    key(Context::Reader, &["G", "end"], Action::Move(Motion::Last), "to the last line"),
    key(Context::Reader, &["ctrl-d"], Action::Move(Motion::HalfPageDown), "half a page down"),
    key(Context::Reader, &["ctrl-u"], Action::Move(Motion::HalfPageUp), "half a page up"),
    key(Context::Reader, &["pagedown"], Action::Move(Motion::PageDown), "a page down"),
    key(Context::Reader, &["pageup"], Action::Move(Motion::PageUp), "a page up"),
    key(Context::Reader, &["T"], Action::TimeFormat, "times: local, UTC, relative"),
    shown(Context::Reader, &["esc", "q"], Action::Back, "close"),

    key(Context::Output, &["j", "down"], Action::Move(Motion::Down), "down"),
    key(Context::Output, &["k", "up"], Action::Move(Motion::Up), "up"),
    key(Context::Output, &["g g", "home"], Action::Move(Motion::First), "to the first line"),
    key(Context::Output, &["G", "end"], Action::Move(Motion::Last), "to the last line"),
    key(Context::Output, &["ctrl-d"], Action::Move(Motion::HalfPageDown), "half a page down"),
    key(Context::Output, &["ctrl-u"], Action::Move(Motion::HalfPageUp), "half a page up"),
    key(Context::Output, &["pagedown"], Action::Move(Motion::PageDown), "a page down"),
    key(Context::Output, &["pageup"], Action::Move(Motion::PageUp), "a page up"),
    shown(Context::Output, &["/"], Action::Search, "find"),
    key(Context::Output, &["n"], Action::NextMatch, "next match"),
    key(Context::Output, &["N"], Action::PreviousMatch, "previous match"),
    shown(Context::Output, &["w"], Action::Wrap, "wrap"),
    shown(Context::Output, &["esc", "q"], Action::Back, "end it, close"),

    key(Context::Links, &["j", "down"], Action::Move(Motion::Down), "down"),
    key(Context::Links, &["k", "up"], Action::Move(Motion::Up), "up"),
    key(Context::Links, &["g g", "home"], Action::Move(Motion::First), "to the first link"),
    key(Context::Links, &["G", "end"], Action::Move(Motion::Last), "to the last link"),
    shown(Context::Links, &["enter", "o"], Action::Submit, "fetch"),
    shown(Context::Links, &["O"], Action::Browse, "browser"),
    shown(Context::Links, &["y"], Action::Copy(Copied::Link), "copy"),
    shown(Context::Links, &["esc", "q"], Action::Back, "close"),

    key(Context::Columns, &["j", "down"], Action::Move(Motion::Down), "down"),
    key(Context::Columns, &["k", "up"], Action::Move(Motion::Up), "up"),
    key(Context::Columns, &["g g", "home"], Action::Move(Motion::First), "to the first column"),
    key(Context::Columns, &["G", "end"], Action::Move(Motion::Last), "to the last column"),
    key(Context::Columns, &["ctrl-d", "pagedown"], Action::Move(Motion::PageDown), "a page down"),
    key(Context::Columns, &["ctrl-u", "pageup"], Action::Move(Motion::PageUp), "a page up"),
    shown(Context::Columns, &["enter"], Action::Submit, "sort, the other way"),
    shown(Context::Columns, &["space"], Action::Pin, "pin, take off"),
    shown(Context::Columns, &["esc", "q", "s"], Action::Back, "close"),

    key(Context::Help, &["down"], Action::Move(Motion::Down), "down"),
    key(Context::Help, &["up"], Action::Move(Motion::Up), "up"),
    key(Context::Help, &["home"], Action::Move(Motion::First), "to the first line"),
    key(Context::Help, &["end"], Action::Move(Motion::Last), "to the last line"),
    key(Context::Help, &["pagedown"], Action::Move(Motion::PageDown), "a page down"),
    key(Context::Help, &["pageup"], Action::Move(Motion::PageUp), "a page up"),
    shown(Context::Help, &["esc", "?", "f1"], Action::Back, "close"),

    shown(Context::Prompt, &["enter"], Action::Submit, "accept"),
    shown(Context::Prompt, &["esc"], Action::Back, "cancel"),
    key(Context::Prompt, &["tab"], Action::Complete, "complete, the next one"),
    key(Context::Prompt, &["shift-tab"], Action::CompleteBack, "complete, the one before"),
    key(Context::Prompt, &["up"], Action::Move(Motion::Up), "the command before"),
    key(Context::Prompt, &["down"], Action::Move(Motion::Down), "the command after"),

    key(Context::Palette, &["down"], Action::Move(Motion::Down), "down"),
    key(Context::Palette, &["up"], Action::Move(Motion::Up), "up"),
    key(Context::Palette, &["home"], Action::Move(Motion::First), "to the first one"),
    key(Context::Palette, &["end"], Action::Move(Motion::Last), "to the last one"),
    key(Context::Palette, &["pagedown"], Action::Move(Motion::PageDown), "a page down"),
    key(Context::Palette, &["pageup"], Action::Move(Motion::PageUp), "a page up"),
    shown(Context::Palette, &["enter"], Action::Submit, "do it"),
    shown(Context::Palette, &["tab"], Action::Complete, "type what else it takes"),
    shown(Context::Palette, &["esc", "ctrl-p"], Action::Back, "close"),

    shown(Context::Quitting, &["y", "enter"], Action::Submit, "quit"),
    shown(Context::Quitting, &["n", "esc"], Action::Back, "stay"),

    key(Context::Everywhere, &["ctrl-c"], Action::Quit, "quit"),
    key(Context::Everywhere, &["ctrl-l"], Action::Redraw, "redraw"),
    key(Context::Everywhere, &["ctrl-z"], Action::Suspend, "suspend"),
];

/// What can be done in a context, with a key or without: the nearest binding of each action, in the
/// order of the help.
pub fn here(context: Context) -> impl Iterator<Item = &'static Binding> {
    let bindings = context
        .chain()
        .iter()
        .flat_map(|place| BINDINGS.iter().filter(move |binding| binding.context == *place));
    let mut met = Vec::new();
    bindings.filter(move |binding| {
        let is_new = !met.contains(&binding.action);
        met.push(binding.action);
        is_new
    })
}
