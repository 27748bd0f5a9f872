//! Outward requests: one place that decides where they may go and what goes with them.
//!
//! A [`Client`] sends a [`Call`] and says what came of it. It follows no redirect, retries nothing
//! of its own accord (but for a token that has expired), and takes bounded answers in bounded time.
//! Credentials go only where [`Account::permits`] says, and what comes back is masked before
//! anybody sees it. It stores nothing.
//!
//! HTTP/1.1 is spoken by hand here, on one connection per call; a client that is
//! [`Client::reusing`] lets them wait for the next one. hyper writes names of fields in
//! lower case and puts repeats together (the order and the letter case that it can keep are private
//! to it), and what is replayed has to go out exactly as it came in. So [`mod@request`] writes the
//! head, `head` and `body` read the answer (by httparse, with the framing rules of RFC 9112), and
//! `exchange` does both at once. TLS is rustls's, and there is no HTTP/2: nothing is gained by it
//! for one request at a time.
//!
//! Reading order: [`policy`], [`failure`], [`mod@request`], `connect`, `connections`, [`egress`], `duplex`, `tls`,
//! `incoming`, `head`, `body`, `coding`, `exchange`, [`replay`], then `tokens` and [`censor`] for what goes with an account.

pub mod policy;
pub mod failure;
pub mod replay;
pub mod request;
mod connect;
mod connections;
pub mod egress;
mod duplex;
pub mod tls;
mod incoming;
mod head;
mod body;
mod coding;
mod exchange;
mod tokens;
pub mod censor;

use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;
use tokio::time::timeout;

use crate::domain::account::{Account, NotPermitted};
use crate::domain::attempt::{Attempt, AttemptError, Call, Outcome, Purpose, Timing};
use crate::domain::delivery::DeliveryId;
use crate::domain::egress::{Aim, Ending};
use crate::domain::headers::Field;
use crate::domain::secret::Secret;
use crate::domain::url::Url;
use crate::providers;
use crate::providers::api::{Api, Token};
use censor::Censor;
use connections::Connections;
use egress::{EgressLedger, Entry};
use exchange::{Progress, exchange};
use failure::Failure;
use policy::Policy;
use request::Afterwards;
use tls::Tls;
use tokens::{Lent, Tokens};

/// Sends outward requests. Cloning shares tokens and what is known of the machine's trust.
#[derive(Clone, Debug)]
pub struct Client {
    policy: Arc<Policy>,
    /// Whom calls of accounts believe; never everybody.
    tls: Tls,
    /// Whom calls without credentials believe.
    of_targets: Tls,
    tokens: Tokens,
    /// Connections that wait for a further call; none where each call has its own.
    idle: Option<Connections>,
    /// Where every connection is noted, if somebody wants to see it.
    ledger: Option<EgressLedger>,
}

impl Client {
    /// A client under these bounds.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            tls: Tls::new(false),
            of_targets: Tls::new(policy.insecure),
            policy: Arc::new(policy),
            tokens: Tokens::default(),
            idle: None,
            ledger: None,
        }
    }

    /// The same, trusting certificates of these authorities (DER) beside those of the machine.
    #[must_use]
    pub fn trusting(self, authorities: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let authorities = authorities.into_iter().map(Into::into).collect::<Vec<_>>();
        let of_targets = self.of_targets.trusting(authorities.clone());
        Self { tls: self.tls.trusting(authorities), of_targets, ..self }
    }

    /// The same for many calls in a row: connections wait for the next one that goes to the same
    /// place, until this client and its clones are dropped. A call that breaks on such a connection
    /// before anything is answered goes out once more on a new one. Calls of an account have
    /// connections of their own all the same.
    #[must_use]
    pub fn reusing(self) -> Self {
        Self { idle: Some(Connections::default()), ..self }
    }

    /// The same, noting connections in that ledger.
    #[must_use]
    pub fn noting(self, ledger: EgressLedger) -> Self {
        Self { ledger: Some(ledger), ..self }
    }

    /// Where every connection of this client and its clones is noted, if it is.
    #[must_use]
    pub fn ledger(&self) -> Option<&EgressLedger> {
        self.ledger.as_ref()
    }

    /// Whether this client may connect to that address.
    ///
    /// # Errors
    /// When it may not, with the reason.
    pub fn permits(&self, url: &Url) -> Result<(), Failure> {
        self.policy.permits(url)
    }

    fn begin(&self, url: &Url, aim: Aim) -> Entry {
        Entry::begin(self.ledger.clone(), url, aim)
    }

    /// A call as this client sends it.
    #[must_use]
    pub fn completed(&self, call: Call) -> Call {
        let is_reusing = self.idle.is_some();
        let insecure = self.of_targets.is_insecure() && call.url.is_https();
        let call = Call { insecure, ..call };
        request::completed(call, if is_reusing { Afterwards::Keep } else { Afterwards::Close })
    }

    /// Whether a connection can be made, TLS included. Nothing is asked on it.
    ///
    /// # Errors
    /// When it cannot, with the reason.
    pub async fn reach(&self, url: &Url) -> Result<(), Failure> {
        self.probe(url, &self.tls).await
    }

    /// The same for an address that calls without credentials go to.
    ///
    /// # Errors
    /// When it cannot, with the reason.
    pub async fn reach_target(&self, url: &Url) -> Result<(), Failure> {
        self.probe(url, &self.of_targets).await
    }

    async fn probe(&self, url: &Url, tls: &Tls) -> Result<(), Failure> {
        let mut entry = self.begin(url, Aim::Probe);
        let reached = connect::connect(url, &self.policy, tls).await.map(drop);
        let failed = |failure: &Failure| Ending::Failed(failure.error);
        entry.end(reached.as_ref().err().map_or(Ending::Connected, failed), false);
        reached
    }

    /// Replays a call as it is, without anybody's credentials. What every request has to say of itself
    /// is added; [`Client::completed`] tells what goes out.
    pub async fn send(&self, call: &Call) -> (Timing, Outcome) {
        self.send_completed(&self.completed(call.clone()), Purpose::Replay).await
    }

    /// The same for a call that is completed already, whatever it is for.
    pub async fn send_completed(&self, call: &Call, purpose: Purpose) -> (Timing, Outcome) {
        let (aim, idle) = (Aim::Attempt(purpose), self.idle.as_ref());
        self.exchange(call, aim, &self.of_targets, idle).await
    }

    async fn exchange(
        &self,
        call: &Call,
        aim: Aim,
        tls: &Tls,
        idle: Option<&Connections>,
    ) -> (Timing, Outcome) {
        let mut entry = self.begin(&call.url, aim);
        let mut progress = Progress::start();
        let exchange = exchange(call, &self.policy, tls, idle, entry.meter(), &mut progress);
        let ended = timeout(self.policy.total, exchange).await;
        let ended = ended.unwrap_or_else(|_elapsed| Err(progress.too_slow(self.policy.total)));
        let outcome = ended.map_or_else(Outcome::from, Outcome::Answered);
        entry.end(ending(&outcome), progress.is_reusing());
        let (timing, host) = (progress.ended(), call.url.authority());
        tracing::debug!(host, method = %call.request.method, outcome = word(&outcome), "called");
        (timing, outcome)
    }

    /// Sends a call with the account's credentials, if they may go there. The attempt that comes
    /// back has every credential masked: in what went out, and wherever the answer repeats one.
    pub async fn send_as(
        &self,
        account: &Account,
        purpose: Purpose,
        delivery: Option<DeliveryId>,
        call: Call,
    ) -> Attempt {
        self.send_by(providers::api(account.provider), account, purpose, delivery, call).await
    }

    /// The same for an API that is given, whatever the account's provider is.
    pub async fn send_by(
        &self,
        api: &dyn Api,
        account: &Account,
        purpose: Purpose,
        delivery: Option<DeliveryId>,
        call: Call,
    ) -> Attempt {
        let caller = Caller { client: self, api, account, purpose };
        let mut sent = caller.send(&call).await;
        let mut tokens = sent.tokens();
        if let Some(lent) = sent.refused_token() {
            self.tokens.forget(&account.name, lent).await;
            sent = caller.send(&call).await;
            tokens.extend(sent.tokens());
        }
        let Sent { call, started_at, timing, outcome, lent: _ } = sent;
        let account_name = Some(account.name.clone());
        let attempt =
            Attempt { delivery, account: account_name, purpose, call, started_at, timing, outcome };
        Censor::of(account, tokens).attempt(attempt)
    }
}

fn ending(outcome: &Outcome) -> Ending {
    match outcome {
        Outcome::Answered(response) => Ending::Answered(response.status),
        Outcome::Failed { error, .. } => Ending::Failed(*error),
    }
}

/// The word for the log, which holds nothing of what was said.
fn word(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Answered(response) => response.status.as_str(),
        Outcome::Failed { error, .. } => error.as_str(),
    }
}

/// Calls with the credentials of one account.
struct Caller<'a> {
    client: &'a Client,
    api: &'a dyn Api,
    account: &'a Account,
    purpose: Purpose,
}

/// What went out, secrets included, and what came of it.
struct Sent {
    call: Call,
    lent: Option<Lent>,
    started_at: Timestamp,
    timing: Timing,
    outcome: Outcome,
}

impl Sent {
    fn tokens(&self) -> Vec<Secret> {
        self.lent.iter().map(|lent| lent.secret.clone()).collect()
    }

    /// The token that was not accepted, if it was an older one that may have expired.
    fn refused_token(&self) -> Option<&Lent> {
        let lent = self.lent.as_ref().filter(|lent| !lent.is_fresh)?;
        let Outcome::Answered(response) = &self.outcome else { return None };
        (response.status == StatusCode::UNAUTHORIZED).then_some(lent)
    }
}

impl Caller<'_> {
    async fn send(&self, call: &Call) -> Sent {
        let asked_at = Timestamp::now();
        let lent = match self.proof(call).await {
            Ok(lent) => lent,
            Err(failure) => {
                let (call, timing, outcome) =
                    (closing(call.clone()), Timing::default(), failure.into());
                return Sent { call, lent: None, started_at: asked_at, timing, outcome };
            }
        };
        let started_at = Timestamp::now();
        let token = lent.as_ref().map(|lent| &lent.secret);
        let mut call = with_agent(call.clone());
        let credentials = self.api.credentials(self.account, token, started_at);
        call.request.headers = call.request.headers.with(credentials);
        let call = closing(call);
        let aim = Aim::Attempt(self.purpose);
        let (timing, outcome) = self.client.exchange(&call, aim, &self.client.tls, None).await;
        Sent { call, lent, started_at, timing, outcome }
    }

    /// The token that the call needs, if it needs one and its host may see it.
    async fn proof(&self, call: &Call) -> Result<Option<Lent>, Failure> {
        self.permit(&call.url)?;
        let Some(token_call) = self.api.token_call(self.account) else { return Ok(None) };
        let fetch = self.token(token_call);
        self.client.tokens.get(&self.account.name, fetch).await.map(Some)
    }

    fn permit(&self, url: &Url) -> Result<(), Failure> {
        let Account { name, hosts, .. } = self.account;
        let message = match self.account.permits(url) {
            Ok(()) => return Ok(()),
            Err(NotPermitted::HostNotListed { host }) => {
                let hosts = hosts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                format!(
                    "{host} is not a host of account {name} ({hosts}), so its credentials are not \
                     sent there; add it to hosts of [[account]] {name} in hookscope.toml if it is \
                     the provider's"
                )
            }
            Err(NotPermitted::InTheClear { host }) => format!(
                "the address of {host} is http, and credentials of account {name} are sent in the \
                 clear to this machine alone; use https"
            ),
        };
        Err(Failure::new(AttemptError::HostNotAllowed, message))
    }

    /// Asks the token endpoint.
    async fn token(&self, call: Call) -> Result<Token, Failure> {
        let path = call.request.path();
        let place = format!("the token endpoint {}{path}", call.url.authority());
        let failed = |error, what: &str| Failure::new(error, format!("{place}: {what}"));
        self.permit(&call.url).map_err(|failure| failed(failure.error, &failure.message))?;
        let call = closing(with_agent(call));
        let response = match self.client.exchange(&call, Aim::Token, &self.client.tls, None).await {
            (_, Outcome::Answered(response)) => response,
            (_, Outcome::Failed { error, message }) => return Err(failed(error, &message)),
        };
        let status = response.status;
        let what = match self.api.token(&response) {
            Ok(token) if status.is_success() => return Ok(token),
            Ok(_) => "a token, but with a status of failure".to_owned(),
            Err(what) => what,
        };
        let message = format!("{place} answered {}: {what}", status.as_u16());
        Err(Failure::new(AttemptError::Malformed, message))
    }
}

/// What goes with credentials has a connection of its own.
fn closing(call: Call) -> Call {
    request::completed(call, Afterwards::Close)
}

/// Says who calls, where the call does not say it: some providers turn away who does not.
fn with_agent(mut call: Call) -> Call {
    if call.request.headers.first("user-agent").is_none() {
        let name = Bytes::from_static(b"User-Agent");
        let value = concat!("hookscope/", env!("CARGO_PKG_VERSION"));
        let value = Bytes::from_static(value.as_bytes());
        call.request.headers.set(Field { name, value });
    }
    call
}
