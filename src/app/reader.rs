//! Something to read on top of the panes: lines that nobody types in.

use super::lines::Lines;

/// Something to read.
#[derive(Clone, Debug)]
pub struct Reader {
    /// What it is about.
    pub topic: Topic,
    /// What it says.
    pub lines: Lines,
    /// The revision of what the lines were made of.
    pub revision: u64,
}

/// What there is to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// What was said in this run.
    Notices,
    /// What went out in this run.
    Connections,
    /// What came in of late, and how everything around it is.
    Overview,
    /// Everything about the event of the open delivery.
    Timeline,
}

impl Topic {
    /// Whether it grows at its end, which is what is looked at first.
    #[must_use]
    pub fn is_log(self) -> bool {
        matches!(self, Self::Notices | Self::Connections)
    }

    /// What stands above it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Notices => "Log: [notices] connections",
            Self::Connections => "Log: notices [connections]",
            Self::Overview => "Overview",
            Self::Timeline => "Timeline of the event",
        }
    }
}
