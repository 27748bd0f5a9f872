//! What a delivery reports, as far as its sender's documents allow to tell.

use std::fmt;

use jiff::Timestamp;

/// A provider that hookscope knows by its API, not only by its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProviderId {
    /// Avinode Marketplace.
    Avinode,
    /// Schedaero, behind the same Avinode Group API.
    Schedaero,
    /// Avionté.
    Avionte,
    /// Channex.io.
    Channex,
}

impl ProviderId {
    /// Every provider, in the order of lists and help.
    pub const ALL: [Self; 4] = [Self::Avinode, Self::Schedaero, Self::Avionte, Self::Channex];

    /// The name in config, filter, store and output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Avinode => "avinode",
            Self::Schedaero => "schedaero",
            Self::Avionte => "avionte",
            Self::Channex => "channex",
        }
    }

    /// The provider of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.as_str() == name)
    }
}

impl fmt::Display for ProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a delivery reports. Retries of one event are several deliveries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// The kind in the provider's own words; none when its documents do not allow to tell.
    pub kind: Option<String>,
    /// The kinds that are possible, when it cannot be told exactly; the kind alone when it can.
    pub candidates: Vec<String>,
    /// What it is about.
    pub resource: Option<Resource>,
    /// The sender's own id of the event, the same for its retries; none where there is no such id.
    pub key: Option<String>,
    /// When it happened, by the sender's clock.
    pub occurred_at: Option<Timestamp>,
}

impl Event {
    /// An event whose kind is told exactly, with nothing else known yet.
    #[must_use]
    pub fn of_kind(kind: &str) -> Self {
        Self { kind: Some(kind.to_owned()), candidates: vec![kind.to_owned()], ..Self::default() }
    }

    /// What to call the event in one word: its kind, else the first candidate with a question mark.
    #[must_use]
    pub fn label(&self) -> Option<String> {
        match (&self.kind, self.candidates.first()) {
            (Some(kind), _) => Some(kind.clone()),
            (None, Some(candidate)) => Some(format!("{candidate}?")),
            (None, None) => None,
        }
    }
}

/// The thing that a thin event points to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// What kind of thing, in the provider's words (`rfqs`, `booking`).
    pub kind: Option<String>,
    /// Its id there.
    pub id: Option<String>,
    /// Where it can be read, if the delivery says so.
    pub href: Option<String>,
}
