//! The ledger: which subscriptions we made at providers, kept so that none is ever forgotten; and
//! the leases on subscriptions that point here only for a while.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::event::ProviderId;
use super::name::AccountName;
use super::subscription::Subscription;

/// The number of an entry within its store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LedgerId(pub i64);

/// One subscription that we asked a provider to make. The entry is written before the request goes
/// out, and the answer before it is understood: whatever ends the program, it can be found again.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerEntry {
    /// Its number.
    pub id: LedgerId,
    /// The account it was made with.
    pub account: AccountName,
    /// The provider.
    pub provider: ProviderId,
    /// When we asked for it.
    pub requested_at: Timestamp,
    /// The target that was asked for.
    pub target: String,
    /// The label that was asked for.
    pub name: String,
    /// The provider's answer, secrets masked; none if none came.
    pub answer: Option<Bytes>,
    /// The provider's id of it; none as long as it is not known.
    pub subscription: Option<String>,
    /// The provider's record as we last left or saw it, secrets masked.
    pub seen: Option<Map<String, Value>>,
    /// Since when the provider does not have it any more.
    pub gone_since: Option<Timestamp>,
    /// When we deleted it there ourselves.
    pub deleted_at: Option<Timestamp>,
}

/// What is known of a subscription before the provider is asked to make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// The account it is made with.
    pub account: AccountName,
    /// The provider.
    pub provider: ProviderId,
    /// When we ask for it.
    pub requested_at: Timestamp,
    /// The target that is asked for.
    pub target: String,
    /// The label that is asked for.
    pub name: String,
}

/// What was seen of a subscription of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub enum Sighting {
    /// The provider has it, with this record (secrets masked).
    Present(Map<String, Value>),
    /// The provider's list does not have it, for the first time then.
    Gone(Timestamp),
    /// We deleted it there ourselves.
    Deleted(Timestamp),
}

/// How a subscription differs from what we left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Drift {
    /// It is in the ledger, and the provider does not have it any more.
    Gone,
    /// It is in the ledger, and somebody else has changed it.
    Changed,
    /// Its target is no address of ours.
    Elsewhere,
}

impl Drift {
    /// The word in output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Changed => "changed",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// A subscription beside what the ledger knows of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The subscription; of one that is gone, as we last saw it.
    pub subscription: Subscription,
    /// Whether it is in the ledger.
    pub ours: bool,
    /// How it differs from what we left behind.
    pub drift: Option<Drift>,
    /// Since when it is gone, as far as we know.
    pub gone_since: Option<Timestamp>,
    /// Whether it points here by a lease that is still open.
    pub leased: bool,
}

/// The number of a lease within its store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LeaseId(pub i64);

/// A subscription that points here for as long as hookscope runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The account of the subscription.
    pub account: AccountName,
    /// The provider's id of it.
    pub subscription: String,
    /// Where it pointed before.
    pub previous_target: String,
    /// Where it points as long as the lease is open.
    pub target: String,
    /// When it was taken; written before the provider is asked.
    pub taken_at: Timestamp,
}
