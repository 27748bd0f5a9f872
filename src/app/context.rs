//! Where a key is pressed, and whose keys work there.

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The first screen, before anything was captured.
    Empty,
    /// The first steps; in them, a line that is being typed.
    Guide,
    /// Their first step.
    GuideSend,
    /// Their second step, with something to choose.
    GuideSecret,
    /// The stream of deliveries.
    Stream,
    /// The Body tab of the detail.
    Body,
    /// The Attempts tab of the detail.
    Attempts,
    /// Another tab of the detail.
    Detail,
    /// The subscriptions of an account.
    Subscriptions,
    /// The request sheet of an account at a provider without an API for subscriptions.
    Sheet,
    /// What is shown of every account.
    Accounts,
    /// A form; in it, a line that is being typed.
    Form,
    /// A field of a form with something to choose.
    FormChoice,
    /// A field of a form with several lines of text.
    FormText,
    /// The replay sheet; in it, a line that is being typed.
    Replay,
    /// A field of the replay sheet with something to choose.
    ReplayChoice,
    /// A field of the replay sheet with several lines of text.
    ReplayText,
    /// The export sheet; in it, a line that is being typed.
    Export,
    /// A field of the export sheet with something to choose.
    ExportChoice,
    /// A question with what is about to be sent.
    Confirm,
    /// The question before deliveries are deleted.
    Deletion,
    /// The question about leases that a former run left open.
    Leases,
    /// The help.
    Help,
    /// The list of links.
    Links,
    /// Two answers side by side.
    Comparison,
    /// What was said and what went out.
    Log,
    /// The overview or a timeline; in it, the log.
    Reader,
    /// What a command printed that a body was piped to.
    Output,
    /// The list of samples.
    Samples,
    /// The columns of the stream.
    Columns,
    /// A line that is being typed.
    Prompt,
    /// The palette of everything that can be done.
    Palette,
    /// The question before the program ends while something is under way.
    Quitting,
    /// Every pane.
    Panes,
    /// Every view.
    Views,
    /// Everywhere.
    Everywhere,
}

impl Context {
    /// Every context that has keys of its own, in the order of the help.
    pub const ALL: [Self; 33] = [
        Self::Stream,
        Self::Detail,
        Self::Body,
        Self::Attempts,
        Self::Comparison,
        Self::Log,
        Self::Reader,
        Self::Output,
        Self::Empty,
        Self::GuideSend,
        Self::GuideSecret,
        Self::Guide,
        Self::Panes,
        Self::Links,
        Self::Samples,
        Self::Columns,
        Self::Subscriptions,
        Self::Sheet,
        Self::Accounts,
        Self::Views,
        Self::Form,
        Self::FormChoice,
        Self::FormText,
        Self::Replay,
        Self::Export,
        Self::Confirm,
        Self::Deletion,
        Self::Leases,
        Self::Help,
        Self::Prompt,
        Self::Palette,
        Self::Quitting,
        Self::Everywhere,
    ];

    /// The contexts whose keys work here, the nearest first.
    #[must_use]
    pub fn chain(self) -> &'static [Self] {
        match self {
            Self::Empty => &[Self::Empty, Self::Panes, Self::Views, Self::Everywhere],
            Self::Guide => &[Self::Guide, Self::Everywhere],
            Self::GuideSend => &[Self::GuideSend, Self::Guide, Self::Everywhere],
            Self::GuideSecret => &[Self::GuideSecret, Self::Guide, Self::Everywhere],
            Self::Stream => &[Self::Stream, Self::Panes, Self::Views, Self::Everywhere],
            Self::Body => &[Self::Body, Self::Detail, Self::Panes, Self::Views, Self::Everywhere],
            Self::Attempts => &[
                Self::Attempts,
                Self::Body,
                Self::Detail,
                Self::Panes,
                Self::Views,
                Self::Everywhere,
            ],
            Self::Detail => &[Self::Detail, Self::Panes, Self::Views, Self::Everywhere],
            Self::Subscriptions => {
                &[Self::Subscriptions, Self::Accounts, Self::Views, Self::Everywhere]
            }
            Self::Sheet => &[Self::Sheet, Self::Accounts, Self::Views, Self::Everywhere],
            Self::Accounts => &[Self::Accounts, Self::Views, Self::Everywhere],
            Self::Form => &[Self::Form, Self::Everywhere],
            Self::FormChoice => &[Self::FormChoice, Self::Form, Self::Everywhere],
            Self::FormText => &[Self::FormText, Self::Form, Self::Everywhere],
            Self::Replay => &[Self::Replay, Self::Form, Self::Everywhere],
            Self::ReplayChoice => &[Self::FormChoice, Self::Replay, Self::Form, Self::Everywhere],
            Self::ReplayText => &[Self::FormText, Self::Replay, Self::Form, Self::Everywhere],
            Self::Export => &[Self::Export, Self::Form, Self::Everywhere],
            Self::ExportChoice => &[Self::FormChoice, Self::Export, Self::Form, Self::Everywhere],
            Self::Confirm => &[Self::Confirm, Self::Everywhere],
            Self::Deletion => &[Self::Deletion, Self::Everywhere],
            Self::Leases => &[Self::Leases, Self::Everywhere],
            Self::Comparison => &[Self::Comparison, Self::Everywhere],
            Self::Log => &[Self::Log, Self::Reader, Self::Everywhere],
            Self::Reader => &[Self::Reader, Self::Everywhere],
            Self::Output => &[Self::Output, Self::Everywhere],
            Self::Links => &[Self::Links, Self::Everywhere],
            Self::Samples => &[Self::Samples, Self::Everywhere],
            Self::Columns => &[Self::Columns, Self::Everywhere],
            Self::Help => &[Self::Help, Self::Everywhere],
            Self::Prompt => &[Self::Prompt, Self::Everywhere],
            Self::Palette => &[Self::Palette, Self::Everywhere],
            Self::Quitting => &[Self::Quitting, Self::Everywhere],
            Self::Panes => &[Self::Panes, Self::Views, Self::Everywhere],
            Self::Views => &[Self::Views, Self::Everywhere],
            Self::Everywhere => &[Self::Everywhere],
        }
    }

    /// Whether a text is typed here, so that keys that write are no commands.
    #[must_use]
    pub fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Guide
                | Self::Form
                | Self::FormText
                | Self::Replay
                | Self::ReplayText
                | Self::Export
                | Self::Help
                | Self::Samples
                | Self::Prompt
                | Self::Palette
                | Self::Everywhere
        )
    }

    /// The heading in help and README.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Empty => "First screen",
            Self::Guide => "First steps",
            Self::GuideSend => "First steps: sending",
            Self::GuideSecret => "First steps: secrets",
            Self::Stream => "Stream",
            Self::Body => "Body",
            Self::Attempts => "Attempts",
            Self::Comparison => "Comparison",
            Self::Log => "Log",
            Self::Reader => "Overview, timeline and log",
            Self::Output => "Output of a command",
            Self::Links => "Links",
            Self::Samples => "Samples",
            Self::Columns => "Columns",
            Self::Detail => "Detail",
            Self::Subscriptions => "Subscriptions",
            Self::Sheet => "Request sheet",
            Self::Accounts => "Accounts",
            Self::Form => "Form",
            Self::FormChoice => "Choice in a form",
            Self::FormText => "Lines in a form",
            Self::Replay | Self::ReplayChoice | Self::ReplayText => "Replay sheet",
            Self::Export | Self::ExportChoice => "Export sheet",
            Self::Confirm => "Before sending",
            Self::Deletion => "Before deleting",
            Self::Leases => "Leases left open",
            Self::Help => "Help",
            Self::Prompt => "Typing",
            Self::Palette => "Palette",
            Self::Quitting => "Before quitting",
            Self::Panes => "Stream and detail",
            Self::Views => "Every view",
            Self::Everywhere => "Everywhere",
        }
    }
}
