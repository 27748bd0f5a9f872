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
    /// The attempt before the selected one in time; in a comparison, that with the one before.
    OlderAttempt,
    /// The attempt after it.
    NewerAttempt,
    /// Compare the answer of the selected attempt.
    Compare,
    /// Tell only what is different, or everything.
    TurnScope,
    /// Show what was said and what went out in this run.
    Log,
    /// Show what came in of late, and how everything around it is.
    Overview,
    /// Show everything about the event of the delivery on one axis of time.
    Timeline,
    /// Read what the delivery's event points at, or the address under the cursor.
    Fetch,
    /// List everything that can be read.
    Links,
    /// Go through the first steps.
    FirstSteps,
    /// Open what the delivery points at in the browser, or the address under the cursor.
    Browse,
    /// Type a command that the body is piped to.
    Pipe,
    /// List the samples that can be sent.
    Samples,
    /// Mark the selected delivery, or take its mark away.
    Mark,
    /// Write a note about the selected delivery, or its tags.
    Write(Remark),
    /// Bring back what was deleted last, as long as that can be.
    Undo,
    /// Delete everything that the filter finds, after a question.
    DeleteAll,
    /// Mark everything from the last mark to the selected delivery.
    MarkRange,
    /// Mark everything in the list.
    MarkAll,
    /// Take every mark away.
    Unmark,
    /// Show only what is marked, or everything again.
    OnlyMarked,
    /// Replay as captured to the last target.
    Replay,
    /// Show the replay sheet.
    ReplaySheet,
    /// Change the body in the user's editor and replay it.
    EditBody,
    /// Show what would be sent.
    Rehearse,
    /// Show the export sheet.
    Export,
    /// Open the config in the user's editor.
    EditConfig,
    /// Find text in the pane.
    Search,
    /// To the next place found.
    NextMatch,
    /// To the previous place found.
    PreviousMatch,
    /// Type a command.
    CommandLine,
    /// Look for anything that can be done here.
    Palette,
    /// Put the next thing that can stand here into what is typed.
    Complete,
    /// Put the one before into it.
    CompleteBack,
    /// Edit the filter.
    Filter,
    /// Set what the endpoint of the delivery answers for a while, or take it back.
    Shape,
    /// Hold deliveries until they are answered, or let all of them go.
    Hold,
    /// Answer a delivery that is held as it would have been.
    AnswerUsual,
    /// Answer a delivery that is held with something else.
    AnswerOtherwise,
    /// Show every delivery that holds the value under the cursor.
    Pivot,
    /// Show the columns of the stream, to sort by them and to pin others.
    Columns,
    /// Pin the value under the cursor as a column of the stream, or take it off.
    Pin,
    /// Go back to where a value was searched from.
    FormerFilter,
    /// Keep the newest delivery selected, or stop doing so.
    Follow,
    /// Let the stream stand still while deliveries are captured, or go on.
    Pause,
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
    /// Accept what was typed, or do what is selected.
    Submit,
    /// Show the subscriptions at the providers.
    Subscriptions,
    /// Make a new subscription.
    Create,
    /// Edit the selected subscription, or the request sheet.
    Edit,
    /// Switch the selected subscription on or off.
    SwitchActive,
    /// Point the selected subscription here for a while, or give it back.
    Lease,
    /// Have the provider send something to the target of the selected subscription.
    Test,
    /// Remove the selected subscription; in the stream, what is marked or selected.
    Delete,
    /// Ask the provider again.
    Refresh,
    /// The subscriptions of the next account.
    NextAccount,
    /// The subscriptions of the account before.
    PreviousAccount,
    /// To the next field of a form.
    NextField,
    /// To the field before.
    PreviousField,
    /// Choose what the cursor is at, or not; the next value of a choice.
    NextChoice,
    /// The value of a choice before.
    PreviousChoice,
    /// Begin a new line.
    BreakLine,
    /// Leave a form for what it would send.
    GoOn,
    /// Give back what a former run left leased.
    GiveBack,
    /// Leave what a former run left leased as it is.
    LeaveLeased,
    /// Paint every cell anew.
    Redraw,
    /// Stop the program until the shell continues it.
    Suspend,
    /// End the program now.
    Quit,
}

/// A part of what is written about a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remark {
    /// The note.
    Note,
    /// The tags.
    Tags,
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
