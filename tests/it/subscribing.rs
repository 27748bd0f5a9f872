//! Subscriptions over real sockets: stand-ins of the providers on one side, a store file on the
//! other.

mod answers;
mod drift;
mod ledger;

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use hookscope::client::Client;
use hookscope::client::policy::Policy;
use hookscope::domain::account::Account;
use hookscope::domain::addresses::Addresses;
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::ledger::{Drift, LedgerEntry, Listed};
use hookscope::domain::name::AccountName;
use hookscope::domain::subscription::{Change, Draft, FieldValue, SecretPlace, Subscription};
use hookscope::providers::accounts::Accounts;
use hookscope::providers::route::Routes;
use hookscope::runtime::outward::Outward;
use hookscope::runtime::secret_sources::SecretSources;
use hookscope::runtime::subscribing::Subscribing;
use hookscope::runtime::subscribing::inventory::Inventory;
use hookscope::storage::{Durability, Location, Options, Store};
use tempfile::TempDir;

/// What must be found nowhere. JSON writes it in another form than it is sent in.
pub(crate) const PLANTED: &str = "tr0ub4dor\"&\\3";

/// Where senders reach us.
pub(crate) const HERE: &str = "https://dev.example.test";

/// What manages the subscriptions of some accounts, with a store file of its own.
pub(crate) struct Bench {
    pub(crate) subscribing: Subscribing,
    folder: TempDir,
}

impl Bench {
    pub(crate) fn new(accounts: Vec<Account>) -> Self {
        Self::with(accounts, Policy::default())
    }

    pub(crate) fn with(accounts: Vec<Account>, policy: Policy) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path().join("hookscope.db"));
        let here = Endpoint::any_path(Some(HERE.to_owned()));
        let outward =
            Outward { store, client: Client::new(policy), accounts: Accounts::new(accounts) };
        let secrets = SecretSources { routes: Routes::default(), variable };
        let subscribing = Subscribing { outward, addresses: Addresses::of([&here]), secrets };
        Self { subscribing, folder }
    }

    pub(crate) async fn list(&self) -> Inventory {
        self.subscribing.list(&acme()).await.unwrap()
    }

    /// Name and state of everything that is listed.
    async fn states(&self) -> Vec<(String, bool, Option<Drift>)> {
        let state = |listed: Listed| (listed.subscription.name, listed.ours, listed.drift);
        self.list().await.listed.into_iter().map(state).collect()
    }

    pub(crate) async fn only(&self) -> Subscription {
        let listed = self.list().await.listed;
        let [listed] = <[Listed; 1]>::try_from(listed).unwrap();
        listed.subscription
    }

    pub(crate) async fn create(&self, draft: Draft) -> String {
        let done = self.subscribing.change(&acme(), Change::Create(draft)).await.unwrap();
        done.id.unwrap()
    }

    async fn ledger(&self) -> Vec<LedgerEntry> {
        self.subscribing.outward.store.ledger(None).await.unwrap()
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("hookscope.db")
    }

    /// Everything that the store has written to any file.
    fn stored(&self) -> Vec<u8> {
        let files = fs::read_dir(self.folder.path()).unwrap();
        files.flat_map(|file| fs::read(file.unwrap().path()).unwrap_or_default()).collect()
    }

    /// Ends as a program does that is killed: nothing is said to anybody.
    pub(crate) async fn restarted(self) -> Self {
        self.subscribing.outward.store.clone().close().await;
        let store = store(self.file());
        let outward = Outward { store, ..self.subscribing.outward };
        Self { subscribing: Subscribing { outward, ..self.subscribing }, folder: self.folder }
    }
}

fn store(file: PathBuf) -> Store {
    let options = Options {
        location: Location::File(file),
        durability: Durability::Relaxed,
        holder: "a test".to_owned(),
    };
    Store::open(&options).unwrap()
}

fn variable(name: &str) -> Option<OsString> {
    (name == "ACME_SECRET").then(|| PLANTED.into())
}

pub(crate) fn acme() -> AccountName {
    AccountName::from("acme")
}

/// A policy under which nobody waits long.
fn impatient() -> Policy {
    Policy { total: Duration::from_millis(300), ..Policy::default() }
}

/// What a subscription at Avinode is to be.
pub(crate) fn draft(name: &str) -> Draft {
    Draft {
        name: name.to_owned(),
        target: format!("{HERE}/avinode"),
        active: true,
        events: vec!["TripRequest".to_owned()],
        further: Vec::new(),
    }
}

/// The same with a secret.
fn secret_draft(name: &str) -> Draft {
    let place = SecretPlace::Env("ACME_SECRET".to_owned());
    let further = vec![
        ("client_id", FieldValue::Text("acme-login".to_owned())),
        ("client_secret", FieldValue::Secret(place)),
    ];
    Draft { further, ..draft(name) }
}

/// Whether the bytes hold the planted secret in any form that it went out in.
fn tells_secret(bytes: &[u8]) -> bool {
    let json = serde_json::to_string(PLANTED).unwrap();
    let forms = [PLANTED, json.trim_matches('"'), "tr0ub4dor"];
    forms.iter().any(|form| bytes.windows(form.len()).any(|window| window == form.as_bytes()))
}
