//! The keys: one table that lookup, footer, help, README and tests read.

use super::action::{Action, Motion};
use super::command::Copied;
use super::tab::Tab;

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The first screen, before anything was captured.
    Empty,
    /// The stream of deliveries.
    Stream,
    /// The Body tab of the detail.
    Body,
    /// Another tab of the detail.
    Detail,
    /// The help.
    Help,
    /// A line that is being typed.
    Prompt,
    /// Every pane.
    Panes,
    /// Everywhere.
    Everywhere,
}

impl Context {
    /// Every context, in the order of the help.
    pub const ALL: [Self; 8] = [
        Self::Stream,
        Self::Detail,
        Self::Body,
        Self::Empty,
        Self::Panes,
        Self::Help,
        Self::Prompt,
        Self::Everywhere,
    ];

    /// The contexts whose keys work here, the nearest first.
    #[must_use]
    pub fn chain(self) -> &'static [Self] {
        match self {
            Self::Empty => &[Self::Empty, Self::Panes, Self::Everywhere],
            Self::Stream => &[Self::Stream, Self::Panes, Self::Everywhere],
            Self::Body => &[Self::Body, Self::Detail, Self::Panes, Self::Everywhere],
            Self::Detail => &[Self::Detail, Self::Panes, Self::Everywhere],
            Self::Help => &[Self::Help, Self::Everywhere],
            Self::Prompt => &[Self::Prompt, Self::Everywhere],
            Self::Panes => &[Self::Panes, Self::Everywhere],
            Self::Everywhere => &[Self::Everywhere],
        }
    }

    /// The heading in help and README.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Empty => "First screen",
            Self::Stream => "Stream",
            Self::Body => "Body",
            Self::Detail => "Detail",
            Self::Help => "Help",
            Self::Prompt => "Typing",
            Self::Panes => "Stream and detail",
            Self::Everywhere => "Everywhere",
        }
    }
}

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

    shown(Context::Body, &["enter", "space"], Action::ToggleFold, "fold, unfold"),
    key(Context::Body, &["-"], Action::FoldAll, "fold all"),
    key(Context::Body, &["+"], Action::UnfoldAll, "unfold all"),

    shown(Context::Empty, &["y"], Action::Copy(Copied::Example), "copy the command"),

    key(Context::Panes, &["j", "down"], Action::Move(Motion::Down), "down"),
    key(Context::Panes, &["k", "up"], Action::Move(Motion::Up), "up"),
    key(Context::Panes, &["g g", "home"], Action::Move(Motion::First), "to the first row"),
    key(Context::Panes, &["G", "end"], Action::Move(Motion::Last), "to the last row"),
    key(Context::Panes, &["ctrl-d"], Action::Move(Motion::HalfPageDown), "half a page down"),
    key(Context::Panes, &["ctrl-u"], Action::Move(Motion::HalfPageUp), "half a page up"),
    key(Context::Panes, &["pagedown"], Action::Move(Motion::PageDown), "a page down"),
    key(Context::Panes, &["pageup"], Action::Move(Motion::PageUp), "a page up"),
    key(Context::Panes, &["tab"], Action::NextPane, "next pane"),
    key(Context::Panes, &["shift-tab"], Action::PreviousPane, "previous pane"),
    key(Context::Panes, &["1"], Action::Show(Tab::Overview), "overview"),
    key(Context::Panes, &["2"], Action::Show(Tab::Headers), "headers"),
    key(Context::Panes, &["3"], Action::Show(Tab::Body), "body"),
    key(Context::Panes, &["4"], Action::Show(Tab::Auth), "auth"),
    key(Context::Panes, &["5"], Action::Show(Tab::Answer), "answer"),
    key(Context::Panes, &["]", ")", "l", "right"], Action::NextTab, "next tab"),
    key(Context::Panes, &["[", "(", "h", "left"], Action::PreviousTab, "previous tab"),
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
    shown(Context::Panes, &["F"], Action::Follow, "follow"),
    key(Context::Panes, &["g s"], Action::SkipForwards, "skip what waits for the app"),
    key(Context::Panes, &["z"], Action::Zoom, "zoom the pane"),
    key(Context::Panes, &["w"], Action::Wrap, "wrap long lines"),
    key(Context::Panes, &["T"], Action::TimeFormat, "times: local, UTC, relative"),
    key(Context::Panes, &["esc"], Action::Back, "back, clear the filter"),
    shown(Context::Panes, &["?", "f1"], Action::Help, "help"),
    shown(Context::Panes, &["q"], Action::Leave, "up one level, then quit"),
    key(Context::Panes, &["Q"], Action::Quit, "quit"),

    key(Context::Help, &["down"], Action::Move(Motion::Down), "down"),
    key(Context::Help, &["up"], Action::Move(Motion::Up), "up"),
    key(Context::Help, &["home"], Action::Move(Motion::First), "to the first line"),
    key(Context::Help, &["end"], Action::Move(Motion::Last), "to the last line"),
    key(Context::Help, &["pagedown"], Action::Move(Motion::PageDown), "a page down"),
    key(Context::Help, &["pageup"], Action::Move(Motion::PageUp), "a page up"),
    shown(Context::Help, &["esc", "?", "f1"], Action::Back, "close"),

    shown(Context::Prompt, &["enter"], Action::Submit, "accept"),
    shown(Context::Prompt, &["esc"], Action::Back, "cancel"),

    key(Context::Everywhere, &["ctrl-c"], Action::Quit, "quit"),
    key(Context::Everywhere, &["ctrl-l"], Action::Redraw, "redraw"),
    key(Context::Everywhere, &["ctrl-z"], Action::Suspend, "suspend"),
];
