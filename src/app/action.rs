//! Everything that a key can mean, in the order of the help.

use super::command::Copied;
use super::tab::Tab;

/// What a key means where it is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Move in the pane.
    Move(Motion),
    /// To the next pane.
    NextPane,
    /// To the previous pane.
    PreviousPane,
    /// Open the selected delivery.
    Open,
    /// Back: close what lies on top, leave the pane, clear the filter. Never ends the program.
    Back,
    /// Up one level; at the top, quit.
    Leave,
    /// Show a tab of the delivery, opening it if it is not in sight.
    Show(Tab),
    /// The tab to the right.
    NextTab,
    /// The tab to the left.
    PreviousTab,
    /// Fold or unfold the value under the cursor.
    ToggleFold,
    /// Fold everything.
    FoldAll,
    /// Unfold everything.
    UnfoldAll,
    /// Find text in the pane.
    Search,
    /// To the next place found.
    NextMatch,
    /// To the previous place found.
    PreviousMatch,
    /// Edit the filter.
    Filter,
    /// Keep the newest delivery selected, or stop doing so.
    Follow,
    /// Copy something.
    Copy(Copied),
    /// Leave out what waits for apps that do not take it.
    SkipForwards,
    /// Give the whole screen to one pane, or take it back.
    Zoom,
    /// Wrap long lines, or cut them.
    Wrap,
    /// The next way to write times.
    TimeFormat,
    /// Show or hide the help.
    Help,
    /// Accept what was typed.
    Submit,
    /// Paint every cell anew.
    Redraw,
    /// Stop the program until the shell continues it.
    Suspend,
    /// End the program now.
    Quit,
}

/// Where to move in a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Motion {
    /// One row down.
    Down,
    /// One row up.
    Up,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
}
