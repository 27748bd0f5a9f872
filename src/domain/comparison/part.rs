//! A part of two messages and what became of it from one to the other.

/// How much a comparison tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Only what is different.
    #[default]
    Differences,
    /// What is the same too.
    Everything,
}

/// What became of something from one message to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is the same.
    Same(String),
    /// Only the second message has it.
    Added(String),
    /// Only the first message has it.
    Removed(String),
    /// It is another.
    Changed {
        /// In the first message.
        from: String,
        /// In the second one.
        to: String,
    },
    /// It stands at another place.
    Moved {
        /// Where it is in the first message.
        from: String,
        /// The value.
        value: String,
    },
}

/// A part of two messages. Names and values are foreign text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// What became of it.
    pub change: Change,
}

impl Part {
    /// A part of that name.
    #[must_use]
    pub fn new(name: impl Into<String>, change: Change) -> Self {
        Self { name: name.into(), change }
    }
}

impl Change {
    /// From a value that is there to one that is there.
    #[must_use]
    pub fn between(from: String, to: String) -> Self {
        if from == to { Self::Same(to) } else { Self::Changed { from, to } }
    }

    /// Whether nothing became of it.
    #[must_use]
    pub fn is_same(&self) -> bool {
        matches!(self, Self::Same(_))
    }

    /// The value, or both.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Same(text) | Self::Added(text) | Self::Removed(text) => text.clone(),
            Self::Changed { from, to } => format!("{from} → {to}"),
            Self::Moved { from, value } => format!("from {from}: {value}"),
        }
    }
}
