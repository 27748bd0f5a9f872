//! What a config may begin with: entries that the names of environment variables suggest, and an app
//! that deliveries are handed on to.

use super::event::ProviderId;
use super::url::Url;

/// An entry of the config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it would be called.
    pub name: String,
    /// What it would be.
    pub table: Table,
    /// What it holds, each as it would stand in the config. A secret is named by its variable.
    pub values: Vec<String>,
}

/// What an entry of the config is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// An endpoint; the values are `auth` tables.
    Endpoint,
    /// An account; the values are keys of `credentials`.
    Account(ProviderId),
}

impl Proposal {
    /// Takes over what is not known yet: a name may stand in several files.
    pub fn add(&mut self, values: Vec<String>) {
        for value in values {
            if !self.values.contains(&value) {
                self.values.push(value);
            }
        }
    }
}

/// What a config begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beginning {
    /// The `.env` files that entries are proposed by.
    pub env_files: Vec<String>,
    /// The entries that are in force.
    pub chosen: Vec<Proposal>,
    /// The entries that stand there as comments.
    pub proposed: Vec<Proposal>,
    /// Where deliveries are handed on to.
    pub forward: Option<Url>,
}

impl Beginning {
    /// What to type to start hookscope: with the variables of a `.env` file if an entry in force needs
    /// one.
    #[must_use]
    pub fn start(&self) -> String {
        if self.chosen.is_empty() { "hookscope".to_owned() } else { self.start_with_variables() }
    }

    /// The same for entries that may come to be in force.
    #[must_use]
    pub fn start_with_variables(&self) -> String {
        let plain = self.env_files.iter().find(|file| *file == ".env");
        match plain.or_else(|| self.env_files.first()) {
            Some(file) => format!("set -a; . ./{file}; set +a; hookscope"),
            None => "hookscope".to_owned(),
        }
    }
}
