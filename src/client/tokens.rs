//! Tokens that were fetched, in memory alone, for as long as they hold.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::failure::Failure;
use crate::domain::name::AccountName;
use crate::domain::secret::Secret;
use crate::providers::api::Token;

/// A token is given up so long before its end: a call takes its time, and clocks differ.
const MARGIN: Duration = Duration::from_secs(30);

/// The tokens of all accounts. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens(Arc<Mutex<HashMap<AccountName, Arc<Cell>>>>);

/// Whoever holds the lock is the one who fetches.
type Cell = tokio::sync::Mutex<State>;

#[derive(Debug, Default)]
enum State {
    #[default]
    None,
    Held(Held),
    Failed {
        at: Instant,
        failure: Failure,
    },
}

#[derive(Debug)]
struct Held {
    secret: Secret,
    /// When it came; no two come at once.
    got: Instant,
    until: Option<Instant>,
}

/// A token for one call.
#[derive(Clone, Debug)]
pub(crate) struct Lent {
    pub(crate) secret: Secret,
    /// Whether it was fetched while this call waited for it.
    pub(crate) is_fresh: bool,
    got: Instant,
}

impl Tokens {
    /// The token of the account: the one that is held, else what `fetch` brings. Of several who ask
    /// at once one fetches, and the others take what comes of it.
    pub(crate) async fn get(
        &self,
        account: &AccountName,
        fetch: impl Future<Output = Result<Token, Failure>>,
    ) -> Result<Lent, Failure> {
        let asked = Instant::now();
        let cell = self.cell(account);
        let mut state = cell.lock().await;
        match &*state {
            State::Held(held) if held.until.is_none_or(|until| Instant::now() < until) => {
                return Ok(held.lent(asked));
            }
            // That was the answer to this question too.
            State::Failed { at, failure } if *at > asked => return Err(failure.clone()),
            _ => {}
        }
        let begun = Instant::now();
        match fetch.await {
            Ok(Token { secret, lifetime }) => {
                let until = lifetime.map(|lifetime| begun + kept(lifetime));
                let held = Held { secret, got: Instant::now(), until };
                let lent = held.lent(asked);
                *state = State::Held(held);
                Ok(lent)
            }
            Err(failure) => {
                *state = State::Failed { at: Instant::now(), failure: failure.clone() };
                Err(failure)
            }
        }
    }

    /// Gives up a token that was not accepted, unless there is another by now.
    pub(crate) async fn forget(&self, account: &AccountName, lent: &Lent) {
        let cell = self.cell(account);
        let mut state = cell.lock().await;
        if matches!(&*state, State::Held(held) if held.got == lent.got) {
            *state = State::None;
        }
    }

    fn cell(&self, account: &AccountName) -> Arc<Cell> {
        let mut cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(cells.entry(account.clone()).or_default())
    }
}

impl Held {
    fn lent(&self, asked: Instant) -> Lent {
        Lent { secret: self.secret.clone(), is_fresh: self.got > asked, got: self.got }
    }
}

/// How long a token is kept that holds so long. A day at most, which no addition overflows.
fn kept(lifetime: Duration) -> Duration {
    let margin = MARGIN.min(lifetime / 10);
    lifetime.saturating_sub(margin).min(Duration::from_secs(24 * 60 * 60))
}

#[cfg(test)]
mod tests;
