//! What a store is asked about what goes out: attempts, the ledger, leases, forwarding, targets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::error::StoreError;
use super::job::Read;
use super::write::Write;

use crate::domain::attempt::{Attempt, AttemptId};
use crate::domain::delivery::DeliveryId;
use crate::domain::ledger::{Lease, LeaseId, LedgerEntry, LedgerId, NewEntry, Sighting};
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::url::Url;

use super::store::Store;

impl Store {
    /// Keeps an attempt: times and durations to the microsecond.
    ///
    /// This and the others that write below return after the commit, like [`Store::insert`].
    pub async fn insert_attempt(
        &self,
        attempt: impl Into<Arc<Attempt>>,
    ) -> Result<AttemptId, StoreError> {
        self.write(Write::Attempt(attempt.into())).await.map(AttemptId)
    }

    /// Keeps attempts in their order, all or none; as many numbers come back.
    pub async fn insert_attempts(
        &self,
        attempts: Vec<Arc<Attempt>>,
    ) -> Result<Vec<AttemptId>, StoreError> {
        let count = i64::try_from(attempts.len()).unwrap_or(i64::MAX);
        let last = self.write(Write::Attempts(attempts)).await?;
        Ok((last - count + 1..=last).map(AttemptId).collect())
    }

    /// The attempts that are about a delivery, oldest first.
    pub async fn attempts(
        &self,
        delivery: DeliveryId,
    ) -> Result<Vec<(AttemptId, Attempt)>, StoreError> {
        self.read(|answer| Read::Attempts { delivery, answer }).await
    }

    /// The last fetch of the same address with the same account before this attempt that was
    /// answered with success.
    pub async fn previous_fetch(
        &self,
        account: AccountName,
        url: Url,
        before: AttemptId,
    ) -> Result<Option<(AttemptId, Attempt)>, StoreError> {
        self.read(|answer| Read::PreviousFetch { account, url: Box::new(url), before, answer })
            .await
    }

    /// Notes that a provider is about to be asked for a subscription.
    pub async fn begin_subscription(&self, entry: NewEntry) -> Result<LedgerId, StoreError> {
        self.write(Write::Begin(entry)).await.map(LedgerId)
    }

    /// Keeps the provider's answer (secrets masked) before anybody tries to understand it.
    pub async fn keep_subscription_answer(
        &self,
        entry: LedgerId,
        answer: Bytes,
    ) -> Result<(), StoreError> {
        self.write(Write::Answer { entry, answer }).await.map(drop)
    }

    /// Notes the provider's id of a subscription that was made, with its record (secrets masked).
    pub async fn name_subscription(
        &self,
        entry: LedgerId,
        subscription: String,
        seen: Map<String, Value>,
    ) -> Result<(), StoreError> {
        self.write(Write::Name { entry, subscription, seen }).await.map(drop)
    }

    /// Notes what was seen of a subscription; nothing if it is not in the ledger.
    pub async fn sight_subscription(
        &self,
        account: AccountName,
        subscription: String,
        sighting: Sighting,
    ) -> Result<(), StoreError> {
        self.write(Write::Sight { account, subscription, sighting }).await.map(drop)
    }

    /// The ledger, oldest first; of one account, or of all.
    pub async fn ledger(
        &self,
        account: Option<AccountName>,
    ) -> Result<Vec<LedgerEntry>, StoreError> {
        self.read(|answer| Read::Ledger { account, answer }).await
    }

    /// Notes a lease, before the provider is asked to send here.
    pub async fn take_lease(&self, lease: Lease) -> Result<LeaseId, StoreError> {
        self.write(Write::TakeLease(lease)).await.map(LeaseId)
    }

    /// Notes that the previous target is back, or that it never was another one.
    pub async fn end_lease(&self, lease: LeaseId, at: Timestamp) -> Result<(), StoreError> {
        self.write(Write::EndLease { lease, at }).await.map(drop)
    }

    /// The leases that did not end, oldest first.
    pub async fn open_leases(&self) -> Result<Vec<(LeaseId, Lease)>, StoreError> {
        self.read(|answer| Read::OpenLeases { answer }).await
    }

    /// Keeps note of these targets of forwarding, and of no others: one that was not known begins
    /// behind `from`, and one that is not named any more is forgotten.
    pub async fn configure_forwards(
        &self,
        targets: Vec<(EndpointName, Url)>,
        from: DeliveryId,
    ) -> Result<(), StoreError> {
        let known = self.read(|answer| Read::Forwards { answer }).await?;
        let wanted = targets.iter().map(|(endpoint, to)| (endpoint.to_string(), to.to_string()));
        if wanted.collect::<BTreeSet<_>>() == known {
            return Ok(());
        }
        self.write(Write::Forwards { targets, from }).await.map(drop)
    }

    /// The last delivery that a known target of forwarding is done with.
    pub async fn forwarded_up_to(
        &self,
        endpoint: EndpointName,
        target: Url,
    ) -> Result<DeliveryId, StoreError> {
        self.read(|answer| Read::Forwarded { endpoint, target: Box::new(target), answer }).await
    }

    /// Notes that a known target of forwarding is done with the deliveries up to this one.
    pub async fn forwarded(
        &self,
        endpoint: EndpointName,
        target: Url,
        done: DeliveryId,
    ) -> Result<(), StoreError> {
        self.write(Write::Forwarded { endpoint, target: Box::new(target), done }).await.map(drop)
    }

    /// Notes that deliveries of these endpoints are replayed to this address. The last twenty of
    /// each endpoint are kept.
    pub async fn use_replay_target(
        &self,
        endpoints: BTreeSet<EndpointName>,
        url: Url,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(Write::ReplayTarget { endpoints, url: Box::new(url), at }).await.map(drop)
    }

    /// Where the deliveries of each endpoint were replayed to, the last one first.
    pub async fn replay_targets(&self) -> Result<BTreeMap<EndpointName, Vec<Url>>, StoreError> {
        self.read(|answer| Read::ReplayTargets { answer }).await
    }
}
