//! Deliveries written to a file: what is asked for, how far it has come, what came of it.

use super::delivery::DeliveryId;

/// The form of a file with deliveries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A JSON object per line.
    #[default]
    Ndjson,
    /// An HTTP archive.
    Har,
    /// Command lines.
    Curl,
    /// Raw requests.
    Http,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Ndjson, Self::Har, Self::Curl, Self::Http];

    /// Its name on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Har => "har",
            Self::Curl => "curl",
            Self::Http => "http",
        }
    }

    /// The form of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == name)
    }

    /// What a file of this form ends in.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Curl => "sh",
            other => other.as_str(),
        }
    }
}

/// Deliveries that are to be written to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The deliveries, in the order in which they are written.
    pub deliveries: Vec<DeliveryId>,
    /// The form of the file.
    pub form: Form,
    /// The file, as it was typed. One that is there already is never overwritten.
    pub file: String,
    /// Stand-ins are put in place of secrets and personal data, and what was signed is signed
    /// afresh; else credentials in headers are masked.
    pub is_redacted: bool,
}

/// How far an export has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many deliveries are to be written.
    pub total: u64,
    /// How many are done with.
    pub done: u64,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub file: String,
    /// How many deliveries are in it.
    pub count: u64,
    /// How many the store did not have any more.
    pub missing: u64,
    /// What the user should know about it.
    pub notes: Vec<String>,
}

impl Exported {
    /// What was written where, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { file, count, missing, .. } = self;
        let deliveries = if *count == 1 { "delivery" } else { "deliveries" };
        let missing = match missing {
            0 => String::new(),
            missing => format!(", {missing} were gone from the store"),
        };
        format!("{count} {deliveries} written to {file}{missing}")
    }
}
