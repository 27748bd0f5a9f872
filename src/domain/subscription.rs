//! A subscription: the provider's record that sends events to an endpoint, and changes to it.

use serde_json::{Map, Value};

/// A subscription as the provider has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Subscription {
    /// The provider's id of it.
    pub id: String,
    /// Its label; empty where the provider has none.
    pub name: String,
    /// Where the provider sends to, as it stands there.
    pub target: String,
    /// Whether it sends.
    pub active: bool,
    /// The events that it asks for, in the provider's words.
    pub events: Vec<String>,
    /// The provider's record whole: what we do not know goes back unchanged with an update. It may
    /// hold secrets; what is shown and kept goes through the provider's masking first.
    pub raw: Map<String, Value>,
}

/// What is to be done to subscriptions at the provider.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Make a new one.
    Create(Draft),
    /// Make an existing one like the draft.
    Update {
        /// The subscription as it was read last.
        of: Box<Subscription>,
        /// What it is to be.
        draft: Draft,
    },
    /// Switch it on or off.
    SetActive {
        /// The subscription as it was read last.
        of: Box<Subscription>,
        /// Whether it is to send.
        active: bool,
    },
    /// Send to another target, all else as it is.
    Retarget {
        /// The subscription as it was read last.
        of: Box<Subscription>,
        /// The new target.
        target: String,
    },
    /// Remove it; only where the provider can.
    Delete {
        /// The provider's id of it.
        id: String,
    },
    /// Have the provider send something to the target now; only where the provider can.
    Test(Draft),
}

impl Change {
    /// What the subscription is to be, where that is said whole.
    #[must_use]
    pub fn draft(&self) -> Option<&Draft> {
        match self {
            Self::Create(draft) | Self::Update { draft, .. } | Self::Test(draft) => Some(draft),
            Self::SetActive { .. } | Self::Retarget { .. } | Self::Delete { .. } => None,
        }
    }

    /// What to call it: the word of the command line.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Create(_) => "create",
            Self::Update { .. } | Self::Retarget { .. } => "update",
            Self::SetActive { active: true, .. } => "activate",
            Self::SetActive { active: false, .. } => "deactivate",
            Self::Delete { .. } => "delete",
            Self::Test(_) => "test",
        }
    }
}

/// What a subscription is to be: what every provider has, and the provider's further fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Its label.
    pub name: String,
    /// Where to send to.
    pub target: String,
    /// Whether it is to send.
    pub active: bool,
    /// The events to ask for.
    pub events: Vec<String>,
    /// The provider's further fields, by the key of their [`FormField`]. What is absent stays as it
    /// is, in a new one as the provider has it by default.
    pub further: Vec<(&'static str, FieldValue)>,
}

impl Draft {
    /// The value of a further field.
    #[must_use]
    pub fn further(&self, key: &str) -> Option<&FieldValue> {
        self.further.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }
}

/// The value of a further field.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// A text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// JSON.
    Json(Value),
    /// A secret, by where it comes from. It is read when it is sent and never kept.
    Secret(SecretPlace),
}

/// Where the secret of a subscription comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretPlace {
    /// An environment variable of hookscope.
    Env(String),
    /// What the endpoint checks its deliveries by: the password or secret of its `auth`.
    Endpoint,
}

/// A further field that a provider documents for its subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormField {
    /// Its key in drafts and rejections.
    pub key: &'static str,
    /// What to call it in a form.
    pub label: &'static str,
    /// What its value is.
    pub kind: FieldKind,
    /// What it means, in a sentence; also what is not known of it.
    pub help: &'static str,
}

/// What the value of a further field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// Yes or no.
    Flag,
    /// A JSON object of texts.
    Json,
    /// A secret, given by its place.
    Secret,
}

/// Why a change was not made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rejection {
    /// What the provider says about it as a whole, or what happened instead.
    pub message: String,
    /// What it says about single fields: their key (`name`, `target`, `active`, `events`, or that of
    /// a [`FormField`]), and what is wrong.
    pub fields: Vec<(String, String)>,
}

impl Rejection {
    /// A rejection that is not about single fields.
    #[must_use]
    pub fn of_whole(message: impl Into<String>) -> Self {
        Self { message: message.into(), fields: Vec::new() }
    }

    /// All of it in one sentence; a field is called by its key.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.sentence_with(|key| key)
    }

    /// All of it in one sentence; `called` says what to call the field of a key.
    #[must_use]
    pub fn sentence_with<'a>(&'a self, called: impl Fn(&'a str) -> &'a str) -> String {
        let fields = self.fields.iter().map(|(key, why)| format!("{} {why}", called(key)));
        let fields = fields.collect::<Vec<_>>().join(", ");
        match (self.message.is_empty(), fields.is_empty()) {
            (_, true) => self.message.clone(),
            (true, false) => fields,
            (false, false) => format!("{}: {fields}", self.message),
        }
    }
}
