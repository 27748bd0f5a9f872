//! What the actions work with: one account, store and client, and how results are written.

use std::io::{self, Write as _};

use jiff::tz::TimeZone;

use super::trouble::Trouble as _;
use crate::app::session::Session;
use crate::cli::arguments::GlobalArguments;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::format::{Format, Output};
use crate::cli::outward;
use crate::cli::subs_arguments::SubsArguments;
use crate::config::Config;
use crate::config::error::ConfigError;
use crate::config::paths::Environment;
use crate::domain::account::Account;
use crate::domain::addresses::Addresses;
use crate::domain::ledger::{LedgerId, Listed};
use crate::domain::name::AccountName;
use crate::providers::accounts::Accounts;
use crate::providers::route::Routes;
use crate::runtime::ndjson;
use crate::runtime::outward::Outward;
use crate::runtime::secret_sources::SecretSources;
use crate::runtime::subscribing::Subscribing;
use crate::runtime::subscribing::inventory::Inventory;
use crate::runtime::subscription_lines::{self, Written};
use crate::runtime::text_lines::Style;
use crate::storage::error::StoreError;
use crate::storage::{Location, Options, Store};
use crate::ui::text;

/// What the actions work with.
pub(super) struct Means {
    pub(super) subscribing: Subscribing,
    pub(super) account: Account,
    pub(super) session: Session,
    pub(super) manner: Manner,
}

/// How it is asked and told.
#[derive(Clone)]
pub(super) struct Manner {
    /// Do it without asking.
    pub(super) yes: bool,
    /// Say nothing beside the results.
    pub(super) quiet: bool,
    format: Format,
    style: Style,
}

impl Manner {
    pub(super) fn of(
        global: &GlobalArguments,
        arguments: &SubsArguments,
        environment: &Environment,
    ) -> Self {
        let SubsArguments { yes, output: Output { format }, .. } = *arguments;
        Self { yes, quiet: global.quiet, format, style: global.style(environment) }
    }

    /// Tells something beside the results.
    pub(super) fn say(&self, what: &str) {
        if !self.quiet {
            warn(what);
        }
    }

    /// Tells several things beside the results.
    pub(super) fn say_all(&self, all: &[String]) {
        for what in all {
            self.say(what);
        }
    }
}

impl Means {
    pub(super) fn new(
        config: &Config,
        account: Account,
        subscribing: Subscribing,
        manner: Manner,
    ) -> Result<Self, ConfigError> {
        let session = session(config, &account)?;
        Ok(Self { subscribing, account, session, manner })
    }

    /// Everything that the provider lists, beside the ledger.
    pub(super) async fn list(&self) -> anyhow::Result<Inventory> {
        self.subscribing.list(&self.account.name).await.trouble()
    }

    /// The provider's id of an entry of the ledger, if it came out meanwhile: a list is read for it.
    pub(super) async fn id_of(&self, entry: Option<LedgerId>) -> anyhow::Result<Option<String>> {
        let Some(entry) = entry else { return Ok(None) };
        // What is listed tells; that it cannot be listed is told later.
        let _ = self.list().await;
        let ledger = self.subscribing.outward.store.ledger(Some(self.account.name.clone()));
        let entry = ledger.await?.into_iter().find(|known| known.id == entry);
        Ok(entry.and_then(|entry| entry.subscription))
    }

    /// Writes the subscriptions as results.
    pub(super) fn print(&self, listed: &[Listed]) -> io::Result<()> {
        let account = &self.account;
        let written = |listed| Written { account, listed, deleted: false, remarks: &[] };
        let rows = listed.iter().map(written).collect::<Vec<_>>();
        if rows.is_empty() {
            self.manner.say(&format!("{} has no subscriptions", account.name));
        }
        self.write(&rows)
    }

    /// Writes the subscription that something was done to, as its result.
    pub(super) fn print_one(
        &self,
        listed: &Listed,
        deleted: bool,
        remarks: &[String],
    ) -> io::Result<()> {
        if self.manner.format == Format::Text {
            self.manner.say_all(remarks);
        }
        self.write(&[Written { account: &self.account, listed, deleted, remarks }])
    }

    fn write(&self, rows: &[Written<'_>]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        match self.manner.format {
            Format::Json => rows.iter().try_for_each(|row| {
                ndjson::write_line(&mut out, &subscription_lines::subscription(row))
            }),
            Format::Text if rows.is_empty() => Ok(()),
            Format::Text => {
                writeln!(out, "{}", subscription_lines::table(&self.manner.style, rows))
            }
        }
    }
}

/// Tells what has to be known, be it asked for quiet or not.
pub(super) fn warn(what: &str) {
    // Nobody may read it any more; the exit code tells.
    let _ = writeln!(io::stderr(), "hookscope: {}", text::visible(what));
}

/// The account of that name; without one the only one that there is.
pub(super) fn account(
    config: &Config,
    wanted: Option<&AccountName>,
    environment: &Environment,
) -> anyhow::Result<Account> {
    let mut accounts = config.configured_accounts(environment).collect::<Vec<_>>();
    let names = accounts.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let at = match (wanted, accounts.len()) {
        (_, 0) => {
            let hint =
                "add an [[account]] to hookscope.toml; `hookscope init` writes one to begin with";
            return Err(usage("no account is configured").hint(hint).into());
        }
        (None, 1) => Some(0),
        (None, _) => {
            let failure = usage("whose subscriptions are meant? name the account with --account");
            return Err(failure.hint(format!("there are {names}")).into());
        }
        (Some(wanted), _) => accounts.iter().position(|(name, _)| *name == wanted),
    };
    let Some(at) = at else {
        let wanted = wanted.map_or("", AccountName::as_str);
        let failure = usage(format!("no account {wanted} is configured"));
        return Err(failure.hint(format!("there are {names}")).into());
    };
    Ok(accounts.swap_remove(at).1?)
}

/// What subscriptions are managed with, for these accounts. `routes` are asked for secrets alone.
pub(super) async fn subscribing(
    config: &Config,
    global: &GlobalArguments,
    environment: &Environment,
    accounts: Vec<Account>,
    routes: Routes,
) -> anyhow::Result<Subscribing> {
    let client = outward::client(global);
    Ok(Subscribing {
        outward: Outward { store: store(config).await?, client, accounts: Accounts::new(accounts) },
        addresses: Addresses::of(&config.endpoints()?),
        secrets: SecretSources { routes, variable: environment.variable },
    })
}

/// The store beside whoever writes its deliveries, so that a listener can start meanwhile.
async fn store(config: &Config) -> anyhow::Result<Store> {
    let Location::File(file) = &config.store else {
        let message =
            "subscriptions are kept track of in the store, and one in memory forgets them";
        let failure = Failure::new(Exit::Wrong, "store_in_memory", message);
        return Err(failure.hint("name a file with --store").into());
    };
    match Store::open_beside(file) {
        Err(StoreError::Missing { .. }) => {
            let made = Store::open(&Options {
                location: config.store.clone(),
                durability: config.durability,
                holder: "making the store".to_owned(),
            })?;
            made.close().await;
            Ok(Store::open_beside(file)?)
        }
        opened => Ok(opened?),
    }
}

/// What the dashboard would know at its start.
pub(super) fn session(config: &Config, account: &Account) -> Result<Session, ConfigError> {
    Ok(Session {
        listening: None,
        public_url: config.public_url.clone(),
        endpoints: config.endpoints()?,
        accounts: Accounts::new(vec![account.clone()]),
        store: String::new(),
        keep: config.keep,
        zone: TimeZone::system(),
        first_run: None,
    })
}

fn usage(message: impl Into<String>) -> Failure {
    Failure::new(Exit::Wrong, "usage", message)
}
