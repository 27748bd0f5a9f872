//! Lists and changes subscriptions, for the dashboard and for the command line alike.
//!
//! Every call is kept in the store as an attempt, and what is kept and told holds no secret. Whoever
//! asks for a new subscription is in the ledger before the request goes out, and the answer is there
//! before anybody tries to understand it. Beside each list stands what the ledger knows.
//!
//! It asks nobody: what is to be sent was shown and agreed to before.
//!
//! Reading order: [`Subscribing`], [`not_done`], `noting` (the ledger before and after a change),
//! [`inventory`] (a list beside the ledger) with `recovery` (ids that never came), and `censor`.

pub mod not_done;
mod spoken;
mod censor;
mod noting;
mod recovery;
pub mod inventory;

use std::sync::Arc;

use super::outward::Outward;
use super::secret_sources::SecretSources;
use crate::domain::addresses::Addresses;
use crate::domain::attempt::{Call, Outcome, Purpose, Response};
use crate::domain::ledger::LedgerId;
use crate::domain::masking::MASK;
use crate::domain::name::AccountName;
use crate::domain::secret::Secret;
use crate::domain::subscription::{Change, Rejection, Subscription};
use crate::providers;
use crate::providers::api::Secrets;
use crate::providers::route::Routes;
use censor::Censor;
use inventory::Inventory;
use not_done::NotDone;
use noting::Noting;
use spoken::Spoken;

/// How many pages of a list are read.
const PAGES: usize = 100;

/// Lists and changes subscriptions.
#[derive(Clone, Debug)]
pub struct Subscribing {
    /// Sends and keeps.
    pub outward: Outward,
    /// Where we are reached.
    pub addresses: Addresses,
    /// Where secrets come from.
    pub secrets: SecretSources,
}

/// What came of a change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// The provider's id of the subscription, if it told.
    pub id: Option<String>,
    /// The ledger's entry of a new one.
    pub entry: Option<LedgerId>,
    /// What the provider says beside, in sentences.
    pub remarks: Vec<String>,
}

impl Subscribing {
    /// What subscriptions are managed with where these endpoints receive, and secrets come from the
    /// environment of this process.
    #[must_use]
    pub fn here(outward: Outward, routes: Routes) -> Self {
        let addresses = Addresses::of(routes.iter().map(|route| &route.endpoint));
        let secrets = SecretSources { routes, variable: |name| std::env::var_os(name) };
        Self { outward, addresses, secrets }
    }

    /// Everything that the provider lists for the account, beside the ledger. Nothing is changed at
    /// the provider.
    ///
    /// # Errors
    /// When the whole list cannot be had.
    pub async fn list(&self, account: &AccountName) -> Result<Inventory, NotDone> {
        let spoken = self.spoken(account)?;
        let found = self.everything(&spoken).await?;
        Ok(inventory::beside_ledger(&self.outward.store, &self.addresses, &spoken, found).await?)
    }

    /// The subscription as the provider has it now, if it has it.
    ///
    /// # Errors
    /// When the whole list cannot be had.
    pub async fn find(
        &self,
        account: &AccountName,
        id: &str,
    ) -> Result<Option<Subscription>, NotDone> {
        let found = self.everything(&self.spoken(account)?).await?;
        Ok(found.into_iter().find(|subscription| subscription.id == id))
    }

    /// What a change would send, with the mask for each secret. Nothing is sent.
    ///
    /// # Errors
    /// When the change lacks something.
    pub fn preview(&self, account: &AccountName, change: &Change) -> Result<Call, NotDone> {
        let Spoken { account, subscriptions } = self.spoken(account)?;
        let secrets = self.secrets.read(change, &account.name, &self.addresses);
        let secrets = secrets.map_err(NotDone::Wrong)?.into_keys();
        let masks = secrets.map(|key| (key, Secret::new(MASK))).collect();
        let call = subscriptions.change(&account, change, &masks);
        let mut call = call.map_err(NotDone::Wrong)?;
        call.request.body = subscriptions.masked_body(&call.request.body).into();
        Ok(call)
    }

    /// Makes a change at the provider, and keeps what came of it.
    ///
    /// # Errors
    /// When it was not made, or nobody knows whether it was.
    pub async fn change(&self, account: &AccountName, change: Change) -> Result<Done, NotDone> {
        let spoken = self.spoken(account)?;
        let Spoken { account, subscriptions } = &spoken;
        if let Change::Delete { id } = &change
            && noting::forget_gone(&self.outward.store, &account.name, id).await?
        {
            let remark = format!("{id} was gone at the provider already; nothing was sent");
            return Ok(Done { id: Some(id.clone()), entry: None, remarks: vec![remark] });
        }
        let secrets = self.secrets.read(&change, &account.name, &self.addresses);
        let secrets = secrets.map_err(NotDone::Wrong)?;
        let call = subscriptions.change(account, &change, &secrets).map_err(NotDone::Wrong)?;
        let censor = Censor::new(*subscriptions, &secrets);
        let noting = Noting::begin(&self.outward.store, account, &change).await?;
        let made = match self.send(&spoken, call, &censor, noting.entry).await {
            Ok(response) => subscriptions
                .changed(&change, &response)
                .map_err(|rejection| NotDone::answered(&response, censor.rejection(rejection))),
            Err(not_done) => Err(not_done),
        };
        match made {
            Ok(changed) => {
                let remarks = changed.remarks.iter().map(|remark| censor.text(remark)).collect();
                let id = noting.done(changed.subscription.map(|subscription| subscription.id));
                Ok(Done { id: id.await?, entry: noting.entry, remarks })
            }
            Err(not_done) => {
                noting.not_done(&not_done).await?;
                Err(not_done)
            }
        }
    }

    fn spoken(&self, name: &AccountName) -> Result<Spoken, NotDone> {
        let account = self.outward.accounts.named(name);
        let account = account.ok_or_else(|| NotDone::wrong(format!("no account {name}")))?;
        let subscriptions = providers::api(account.provider).subscriptions().ok_or_else(|| {
            let provider = account.provider.as_str();
            NotDone::wrong(format!("{provider} has no API for subscriptions"))
        })?;
        Ok(Spoken { account: Arc::clone(account), subscriptions })
    }

    /// All pages. A subscription that moved to a later page in between counts once.
    async fn everything(&self, spoken: &Spoken) -> Result<Vec<Subscription>, NotDone> {
        let Spoken { account, subscriptions } = spoken;
        let censor = Censor::new(*subscriptions, &Secrets::new());
        let mut found = Vec::<Subscription>::new();
        let mut page = 1;
        for _ in 0..PAGES {
            let call = subscriptions.list(account, page);
            let response = self.send(spoken, call, &censor, None).await?;
            let listing = subscriptions
                .listing(&response)
                .map_err(|rejection| NotDone::answered(&response, censor.rejection(rejection)))?;
            for subscription in listing.subscriptions {
                let has_id = !subscription.id.is_empty();
                if !has_id || found.iter().all(|known| known.id != subscription.id) {
                    found.push(subscription);
                }
            }
            match listing.next.filter(|next| *next > page) {
                Some(next) => page = next,
                None => return Ok(found),
            }
        }
        let message = format!("the list has more than {PAGES} pages; it was not read to its end");
        Err(NotDone::Failing(Rejection::of_whole(message)))
    }

    /// Sends a call and keeps the attempt; of a request for a new subscription the answer comes into
    /// the ledger first.
    async fn send(
        &self,
        spoken: &Spoken,
        call: Call,
        censor: &Censor,
        entry: Option<LedgerId>,
    ) -> Result<Response, NotDone> {
        let Outward { store, client, .. } = &self.outward;
        let attempt = client.send_as(&spoken.account, Purpose::Subscription, None, call).await;
        // An answer without a body tells no id: what came of it is seen in the next list.
        if let (Some(entry), Outcome::Answered(response)) = (entry, &attempt.outcome)
            && !response.body.is_empty()
        {
            store.keep_subscription_answer(entry, censor.body(&response.body)).await?;
        }
        let outcome = attempt.outcome.clone();
        if let Err(error) = store.insert_attempt(censor.attempt(attempt)).await {
            // It was made all the same, and what came of it is worth more than its record.
            tracing::warn!(%error, "an attempt could not be kept");
        }
        match outcome {
            Outcome::Answered(response) => Ok(response),
            Outcome::Failed { error, message } => {
                Err(NotDone::Unanswered { error, message: censor.text(&message) })
            }
        }
    }
}
