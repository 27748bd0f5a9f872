//! Reading at the provider, for the dashboard and for the command line: always a GET, never anything
//! that changes something there.

use std::sync::Arc;

use http::Method;
use jiff::Timestamp;

use super::outward::Outward;
use crate::app::attempted::{Opened, OpenedAttempt};
use crate::domain::attempt::{Attempt, AttemptError, AttemptId, Call, Outcome, Purpose, Timing};
use crate::domain::delivery::DeliveryId;
use crate::domain::headers::Headers;
use crate::domain::name::AccountName;
use crate::domain::url::Url;
use crate::storage::error::StoreError;

/// No more attempts of a delivery than these are made ready at once, the newest ones.
const MOST: usize = 100;

/// Nor more than so many bytes of answers, but always the newest attempt.
const MOST_BYTES: usize = 64 << 20;

impl Outward {
    /// Reads an address on behalf of a delivery with the credentials of an account, if they may go
    /// there, and keeps the attempt. One that could not be kept has no number; why is in the log.
    pub async fn fetch(
        &self,
        delivery: DeliveryId,
        account: &AccountName,
        url: &Url,
    ) -> (Option<AttemptId>, Arc<Attempt>) {
        let headers = Headers::from_pairs([("Accept", "application/json")]);
        let call = Call::new(Method::GET, url.clone(), headers);
        let Some(account) = self.accounts.named(account) else {
            return (None, Arc::new(without_account(delivery, account, call)));
        };
        let attempt = self.client.send_as(account, Purpose::Fetch, Some(delivery), call).await;
        self.keep(attempt).await
    }

    /// The newest attempts about a delivery, made ready for reading.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn attempts(&self, delivery: DeliveryId) -> Result<Opened, StoreError> {
        let stored = self.store.attempts(delivery).await?;
        let older = stored.len() - newest(&stored);
        let mut attempts = Vec::new();
        for (id, attempt) in stored.into_iter().skip(older) {
            attempts.push(self.opened(Some(id), Arc::new(attempt)).await?);
        }
        Ok(Opened { attempts, older })
    }

    /// One attempt made ready for reading.
    ///
    /// # Errors
    /// When the store cannot tell the fetch before it.
    pub async fn opened(
        &self,
        id: Option<AttemptId>,
        attempt: Arc<Attempt>,
    ) -> Result<OpenedAttempt, StoreError> {
        let name = attempt.account.as_ref();
        let provider = name.and_then(|name| self.accounts.named(name)).map(|known| known.provider);
        let is_fetch = attempt.purpose == Purpose::Fetch && attempt.is_success();
        let before = match (name, id) {
            (Some(name), Some(id)) if is_fetch => {
                let url = attempt.call.url.clone();
                self.store.previous_fetch(name.clone(), url, id).await?
            }
            _ => None,
        };
        // A long answer takes its time to be laid out and compared.
        let opening = tokio::task::spawn_blocking(move || {
            OpenedAttempt::of(id, attempt, provider, before.as_ref().map(|(_, before)| before))
        });
        opening.await.map_err(|error| StoreError::Failed(error.to_string()))
    }
}

/// The attempt of an account that is not configured any more: nothing went out.
fn without_account(delivery: DeliveryId, account: &AccountName, call: Call) -> Attempt {
    Attempt {
        delivery: Some(delivery),
        account: Some(account.clone()),
        purpose: Purpose::Fetch,
        call,
        started_at: Timestamp::now(),
        timing: Timing::default(),
        outcome: Outcome::Failed {
            error: AttemptError::HostNotAllowed,
            message: format!("the account {account} is not configured"),
        },
    }
}

/// How many of the last ones are made ready.
fn newest(stored: &[(AttemptId, Attempt)]) -> usize {
    let mut bytes = 0;
    let fitting = stored.iter().rev().take(MOST).take_while(|(_, attempt)| {
        bytes += attempt.response().map_or(0, |response| response.body.len());
        bytes <= MOST_BYTES
    });
    fitting.count().max(stored.len().min(1))
}

#[cfg(test)]
mod tests;
