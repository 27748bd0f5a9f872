//! The tabs of an open delivery.

/// One tab of the detail pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// What it is, in short.
    Overview,
    /// The header fields as sent.
    Headers,
    /// The body, as JSON, form, text or hex.
    #[default]
    Body,
    /// What the check of its authentication found.
    Auth,
    /// What was answered.
    Answer,
    /// What was sent outward about it, and what came back.
    Attempts,
}

impl Tab {
    /// Every tab, from left to right.
    pub const ALL: [Self; 6] =
        [Self::Overview, Self::Headers, Self::Body, Self::Auth, Self::Answer, Self::Attempts];

    /// The word on the tab.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Headers => "Headers",
            Self::Body => "Body",
            Self::Auth => "Auth",
            Self::Answer => "Answer",
            Self::Attempts => "Attempts",
        }
    }

    /// The tab to the right; after the last one the first.
    #[must_use]
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }

    /// The tab to the left; before the first one the last.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::ALL[(self as usize + Self::ALL.len() - 1) % Self::ALL.len()]
    }
}
