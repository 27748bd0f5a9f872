//! Turns files, environment and flags into working values, once, at the start.
//!
//! What is given by a flag wins over the environment, which wins over the file, which wins over the
//! built-in default. Secrets are read only when somebody asks for the [`Config::routes`] or the
//! [`Config::accounts`], so that looking into a store needs none of them. Nothing here is watched or
//! read again later.
//!
//! Reading order: [`mod@file`] (the TOML shape, with `reading` and [`values`] for its values),
//! [`mistake`] (what is wrong with it and where), [`keys`], [`theme`], [`dashboard`], [`paths`],
//! [`secrets`], [`account`], [`forward`], [`endpoints`], [`accounts`], [`error`]; for `init`
//! [`env_names`], [`proposals`] and [`beginning`].

pub mod values;
pub mod mistake;
pub mod secrets;
mod reading;
pub mod keys;
pub mod theme;
pub mod dashboard;
pub mod account;
pub mod forward;
pub mod file;
pub mod error;
pub mod paths;
pub mod endpoints;
pub mod accounts;
pub mod env_names;
pub mod proposals;
pub mod beginning;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::keymap::Keymap;
use crate::domain::account::Account;
use crate::domain::endpoint::Endpoint;
use crate::domain::forwarding::Forwarding;
use crate::domain::keep::Keep;
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::url::Url;
use crate::providers::accounts::Accounts;
use crate::providers::route::{Route, Routes};
use crate::storage::{Durability, Location};
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::scheme::Scheme;
pub use beginning::DEFAULT_FILE;
use endpoints::{Inherited, Reader};
use error::ConfigError;
use file::File;
use mistake::suggestion;
use paths::Environment;
use theme::{Choice, Draft};
use values::Address;

const DEFAULT_MAX_BODY: u64 = 10 << 20;

/// What the command line says; it wins over everything else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// The config file to read.
    pub config: Option<PathBuf>,
    /// The store; `:memory:` keeps nothing.
    pub store: Option<PathBuf>,
    /// Where to listen.
    pub addr: Option<Address>,
    /// What stands before a request's target as senders see it.
    pub public_url: Option<String>,
    /// What an answered delivery survives.
    pub durability: Option<Durability>,
    /// Where the deliveries of every endpoint without its own target are handed on to.
    pub forward: Option<Url>,
    /// The dashboard is plain lines.
    pub plain: bool,
}

/// Working values.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file that was read, if there is one.
    pub source: Option<PathBuf>,
    /// Where to listen.
    pub addr: Address,
    /// What stands before a request's target as senders see it.
    pub public_url: Option<String>,
    /// The longest body that is captured, in bytes.
    pub max_body: u64,
    /// Where the store is.
    pub store: Location,
    /// What an answered delivery survives.
    pub durability: Durability,
    /// How much the store keeps.
    pub keep: Keep,
    /// Where the deliveries of every endpoint without its own target are handed on to.
    pub forward: Option<Url>,
    /// What keys mean in the dashboard.
    pub keymap: Arc<Keymap>,
    /// Whether the dashboard takes the mouse from the terminal.
    pub mouse: bool,
    /// Whether the dashboard is plain lines, as a screen reader can follow them.
    pub plain: bool,
    /// What works but should be done better.
    pub warnings: Vec<String>,
    file: File,
    catalog: Catalog,
    base: PathBuf,
}

impl Config {
    /// Reads the config file, if there is one, and puts everything together.
    ///
    /// # Errors
    /// When the file cannot be read or holds a mistake.
    pub fn load(flags: Flags, environment: &Environment) -> Result<Self, ConfigError> {
        let source = paths::config_file(flags.config.as_deref(), environment);
        let read = source.as_deref().map(read).transpose()?;
        let (file, catalog, keymap) =
            read.unwrap_or_else(|| (File::default(), Catalog::builtin(), Keymap::default()));
        let base = source.as_deref().map_or_else(|| PathBuf::from("."), paths::folder_of);
        let store =
            paths::store(flags.store.as_deref(), file.store.file.as_deref(), &base, environment)?;
        Ok(Self {
            addr: flags.addr.or_else(|| file.listen.addr.clone()).unwrap_or_default(),
            public_url: flags.public_url.or_else(|| file.listen.public_url.clone()),
            max_body: file.listen.max_body.unwrap_or(DEFAULT_MAX_BODY),
            store,
            durability: flags.durability.or(file.store.durability).unwrap_or_default(),
            keep: file.store.keep,
            forward: flags.forward.or_else(|| file.listen.forward.clone()),
            keymap: Arc::new(keymap),
            mouse: file.dashboard.mouse,
            plain: flags.plain || file.dashboard.plain,
            warnings: warnings(&file, source.as_deref()),
            source,
            file,
            catalog,
            base,
        })
    }

    /// The routes in the order in which they are tried, with their secrets. Without configured
    /// endpoints there is one that takes every path.
    ///
    /// # Errors
    /// When a secret cannot be read or an authentication cannot work as configured.
    pub fn routes(&self, environment: &Environment) -> Result<Routes, ConfigError> {
        if self.file.endpoints.is_empty() {
            let open = |endpoint| Route { endpoint, scheme: Scheme::Open };
            return Ok(Routes::new(self.endpoints()?.into_iter().map(open).collect()));
        }
        let routes = self.configured_routes(environment).map(|(_, route)| route);
        routes.collect::<Result<_, _>>().map(Routes::new)
    }

    /// The endpoints in the order in which they are tried; no secret is read for them. Without
    /// configured ones there is one that takes every path.
    ///
    /// # Errors
    /// When an endpoint has to know of an app and does not.
    pub fn endpoints(&self) -> Result<Vec<Endpoint>, ConfigError> {
        if self.file.endpoints.is_empty() {
            let forwarding = self.forward.clone().map(Forwarding::to).unwrap_or_default();
            let endpoint = Endpoint::any_path(self.public_url.clone());
            return Ok(vec![Endpoint { forwarding, ..endpoint }]);
        }
        let inherited = self.inherited();
        let given = self.file.endpoints.iter();
        given.map(|endpoint| endpoints::endpoint(endpoint, inherited)).collect()
    }

    /// Each configured endpoint with its route, or with why it has none.
    pub fn configured_routes(
        &self,
        environment: &Environment,
    ) -> impl Iterator<Item = (&EndpointName, Result<Route, ConfigError>)> {
        let reader = self.reader(environment);
        let inherited = self.inherited();
        self.file.endpoints.iter().map(move |endpoint| {
            (&endpoint.name, endpoints::route(endpoint, inherited, &self.catalog, reader))
        })
    }

    /// The accounts in the order in which they are tried, with their secrets.
    ///
    /// # Errors
    /// When a secret cannot be read.
    pub fn accounts(&self, environment: &Environment) -> Result<Accounts, ConfigError> {
        let accounts = self.configured_accounts(environment).map(|(_, account)| account);
        accounts.collect::<Result<_, _>>().map(Accounts::new)
    }

    /// Each configured account, or why its credentials cannot be read.
    pub fn configured_accounts(
        &self,
        environment: &Environment,
    ) -> impl Iterator<Item = (&AccountName, Result<Account, ConfigError>)> {
        let reader = self.reader(environment);
        let accounts = self.file.accounts.iter();
        accounts.map(move |account| (&account.name, accounts::account(account, reader)))
    }

    /// The `auth` tables of an endpoint with their secrets; none if it is not configured.
    ///
    /// # Errors
    /// When a secret cannot be read.
    pub fn auths(
        &self,
        name: &EndpointName,
        environment: &Environment,
    ) -> Result<Vec<Auth>, ConfigError> {
        let endpoint = self.file.endpoints.iter().find(|endpoint| endpoint.name == *name);
        let auths = endpoint.map(|endpoint| endpoints::auths(endpoint, self.reader(environment)));
        auths.unwrap_or_else(|| Ok(Vec::new()))
    }

    /// What stands before a target at this endpoint as senders see it.
    pub fn public_url_of(&self, name: &EndpointName) -> Option<&str> {
        let endpoint = self.file.endpoints.iter().find(|endpoint| endpoint.name == *name);
        let own = endpoint.and_then(|endpoint| endpoint.public_url.as_deref());
        own.or(self.public_url.as_deref())
    }

    /// The configured endpoint that takes this path.
    pub fn endpoint_of(&self, path: &str) -> Option<&EndpointName> {
        let mut endpoints = self.file.endpoints.iter();
        endpoints.find(|endpoint| endpoint.path.matches(path)).map(|endpoint| &endpoint.name)
    }

    /// Every scheme that there is: the built-in ones and those of the file.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The headers that carry a secret as it is, whatever their names tell.
    pub fn credential_headers(&self) -> impl Iterator<Item = &str> {
        let auths = self.file.endpoints.iter().flat_map(|endpoint| &endpoint.auth);
        let named = auths.filter_map(|auth| auth.header.as_deref());
        named.chain(self.catalog.token_headers())
    }

    /// The theme of the dashboard, for whichever terminal it is shown on.
    ///
    /// # Errors
    /// When it is in a file that cannot be read or holds a mistake.
    pub fn theme(&self) -> Result<Draft, ConfigError> {
        let file = match &self.file.dashboard.theme {
            Choice::BuiltIn(base) => return Ok(Draft { base: *base, paints: Vec::new() }),
            Choice::File(file) => self.base.join(file),
        };
        let text = fs::read_to_string(&file)
            .map_err(|error| ConfigError::NoTheme { file: file.clone(), why: error.to_string() })?;
        Draft::parse(&text).map_err(|mistake| ConfigError::Mistaken { file, mistake })
    }

    fn inherited(&self) -> Inherited<'_> {
        Inherited { public_url: self.public_url.as_deref(), forward: self.forward.as_ref() }
    }

    fn reader(&self, environment: &Environment) -> Reader<'_> {
        Reader { base: &self.base, variable: environment.variable }
    }
}

/// What a file says, the recipes that it adds to the built-in ones, and what keys mean by it.
fn read(source: &Path) -> Result<(File, Catalog, Keymap), ConfigError> {
    let mistaken = |mistake| ConfigError::Mistaken { file: source.into(), mistake };
    let text = fs::read_to_string(source)
        .map_err(|error| ConfigError::Unreadable { file: source.into(), why: error.to_string() })?;
    let file = File::parse(&text).map_err(mistaken)?;
    let keymap = file.keys.keymap(&text).map_err(mistaken)?;
    let catalog = Catalog::builtin().with_user_recipes(&text);
    let catalog = catalog.map_err(|error| mistaken(error.into()))?;
    let endpoints = file.endpoints.iter().map(|endpoint| &endpoint.name);
    if let Some(name) = twice(endpoints) {
        return Err(ConfigError::NameTaken(name.clone()));
    }
    if let Some(name) = twice(file.accounts.iter().map(|account| &account.name)) {
        return Err(ConfigError::AccountTaken(name.clone()));
    }
    match without_account(&file) {
        Some(error) => Err(error),
        None => Ok((file, catalog, keymap)),
    }
}

/// The first name that was there before.
fn twice<'a, T: PartialEq>(names: impl Iterator<Item = &'a T>) -> Option<&'a T> {
    let names = names.collect::<Vec<_>>();
    names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)).map(|(_, name)| *name)
}

/// An endpoint whose account is not configured. Without any account the name is one to filter by.
fn without_account(file: &File) -> Option<ConfigError> {
    let known = file.accounts.iter().map(|account| account.name.as_str()).collect::<Vec<_>>();
    let mut named =
        file.endpoints.iter().filter_map(|endpoint| Some((endpoint, endpoint.account.as_ref()?)));
    let (endpoint, account) =
        named.find(|(_, account)| !known.is_empty() && !known.contains(&account.as_str()))?;
    let instead = suggestion(account.as_str(), &known);
    let (endpoint, account) = (endpoint.name.clone(), account.clone());
    Some(ConfigError::NoAccount { endpoint, account, instead })
}

fn warnings(file: &File, source: Option<&Path>) -> Vec<String> {
    let of_endpoints = file.endpoints.iter().flat_map(|endpoint| {
        let sources = endpoint.auth.iter().flat_map(file::Auth::secret_sources);
        sources.map(move |(key, source)| (format!("endpoint {}", endpoint.name), key, source))
    });
    let of_accounts = file.accounts.iter().flat_map(|account| {
        let sources = account.secret_sources().into_iter();
        sources.map(move |(key, source)| (format!("account {}", account.name), key, source))
    });
    let literals = of_endpoints.chain(of_accounts).filter(|(_, _, source)| source.is_literal());
    let literals = literals.map(|(owner, key, _)| {
        format!(
            "{owner}: {key} stands in the config itself; use {{ env = \"NAME\" }}, \
             {{ file = \"path\" }} or {{ command = \"…\" }}"
        )
    });
    let mut warnings = literals.collect::<Vec<_>>();
    if !warnings.is_empty()
        && let Some(warning) = source.and_then(open_to_others)
    {
        warnings.push(warning);
    }
    warnings
}

/// A warning if others may read this file, for one that holds secrets.
fn open_to_others(source: &Path) -> Option<String> {
    let mode = paths::mode_open_to_others(source)?;
    let file = source.display();
    Some(format!("{file} holds secrets and is open to others (mode {mode:03o}); chmod 600 {file}"))
}

#[cfg(test)]
mod tests;
