//! How the API of a provider is spoken: which requests to make and how to read its answers. No IO:
//! what is built here is sent by `client`.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::domain::account::Account;
use crate::domain::attempt::{Call, Response};
use crate::domain::event::Event;
use crate::domain::headers::Field;
use crate::domain::http::Request;
use crate::domain::secret::Secret;
use crate::domain::subscription::{Change, FieldValue, FormField, Rejection, Subscription};
use crate::domain::url::Url;

/// The API of a provider, as far as its documents tell.
pub trait Api: fmt::Debug + Sync {
    /// The call that asks for a token; none if the credentials are sent as they are. It holds
    /// secrets and carries its own proof: nothing is added to it.
    fn token_call(&self, account: &Account) -> Option<Call>;

    /// The token in the answer to that call.
    ///
    /// # Errors
    /// When the answer holds none, with what it says instead. The text holds no secret.
    fn token(&self, response: &Response) -> Result<Token, String>;

    /// The header fields that go with a call sent at `at`: those that prove the account, and those
    /// that the documents ask of every call beside.
    fn credentials(&self, account: &Account, token: Option<&Secret>, at: Timestamp) -> Vec<Field>;

    /// What can be read about a delivery: the resource of its event first, then its documented
    /// follow-ups. Nothing here changes anything at the provider.
    fn links(&self, account: &Account, request: &Request, event: &Event) -> Vec<Link>;

    /// What a reader of the answer has to know, in sentences: errors that hide behind a 200, what
    /// a 404 means here, how many calls are left.
    fn remarks(&self, call: &Call, response: &Response) -> Vec<String>;

    /// Its subscriptions, if the API has them.
    fn subscriptions(&self) -> Option<&'static dyn Subscriptions>;
}

/// A bearer token.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token.
    pub secret: Secret,
    /// How long it holds from when it was asked for; none if the answer does not tell.
    pub lifetime: Option<Duration>,
}

/// Something that can be read at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is, in a few words (`rfqs`, `booking revision`).
    pub label: String,
    /// Where it is, or why there is nothing to read, in a sentence.
    pub url: Result<Url, String>,
}

/// Secrets for the further fields of a draft, by the field's key. For a preview each is the mask.
pub type Secrets = BTreeMap<&'static str, Secret>;

/// The subscriptions of a provider's API. Calls come without credentials.
pub trait Subscriptions: fmt::Debug + Sync {
    /// The fields beyond name, target, active and events.
    fn fields(&self) -> &'static [FormField];

    /// Whether a subscription has a label of its own.
    fn has_name(&self) -> bool;

    /// Whether a subscription can be deleted.
    fn can_delete(&self) -> bool;

    /// Whether the provider sends something on request.
    fn can_test(&self) -> bool;

    /// What stands for all events, if subscriptions can ask for them without naming each.
    fn all_events(&self) -> Option<&'static str> {
        None
    }

    /// The values of the further fields of an existing subscription, for a form or for a draft that
    /// is to leave it as it is. They are secret where its record holds secrets, and masked if the
    /// record is; a mask in a draft leaves the value at the provider.
    fn further(&self, _of: &Subscription) -> Vec<(&'static str, FieldValue)> {
        Vec::new()
    }

    /// The call that lists the account's subscriptions; pages count from 1.
    fn list(&self, account: &Account, page: u32) -> Call;

    /// The subscriptions in an answer to that call.
    ///
    /// # Errors
    /// When the answer says no, or is not what is documented.
    fn listing(&self, response: &Response) -> Result<Listing, Rejection>;

    /// The call that makes a change.
    ///
    /// # Errors
    /// When the draft lacks what the provider requires, or the change is none that it can make.
    fn change(
        &self,
        account: &Account,
        change: &Change,
        secrets: &Secrets,
    ) -> Result<Call, Rejection>;

    /// What came of that call: the subscription as it is now if the answer tells, and what it says.
    ///
    /// # Errors
    /// When the provider rejects the change, with what it says about each field.
    fn changed(&self, change: &Change, response: &Response) -> Result<Changed, Rejection>;

    /// The record with everything masked in it that is secret or may be.
    fn masked(&self, raw: &Map<String, Value>) -> Map<String, Value>;

    /// A body of this API with everything masked in it that is secret or may be; a body that is not
    /// JSON comes back as it is.
    fn masked_body(&self, body: &[u8]) -> Vec<u8>;
}

/// One page of subscriptions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// The subscriptions.
    pub subscriptions: Vec<Subscription>,
    /// The next page, if there is one.
    pub next: Option<u32>,
}

/// What came of a change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changed {
    /// The subscription as it is now, if the answer tells.
    pub subscription: Option<Subscription>,
    /// What the provider says beside, for people: soft errors, the answer to a test.
    pub remarks: Vec<String>,
}
