//! The sandbox of the Avinode Group, which is shared by everybody and forgets.
//!
//! <https://avinodegroup.readme.io/docs/sandbox>

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::event::ProviderId;

/// The end of the first Monday window since 1970, in seconds: 1970-01-05T08:00:00Z.
const WINDOW_END: i64 = (4 * 24 + 8) * 3_600;
const WINDOW: i64 = 2 * 3_600;
const WEEK: i64 = 7 * 24 * 3_600;

/// What may have removed a subscription of this account that was there at `from` and was missed at
/// `until`. That subscriptions go with a rebuild is not documented, but data does.
#[must_use]
pub fn likely_cause(account: &Account, from: Timestamp, until: Timestamp) -> Option<&'static str> {
    let is_group = matches!(account.provider, ProviderId::Avinode | ProviderId::Schedaero);
    let host = account.base_url.host();
    let is_sandbox = host == "sandbox.avinode.com" || host == "sandbox-schedaero.avinode.com";
    (is_group && is_sandbox && spans_rebuild(from, until))
        .then_some("probably the weekly sandbox rebuild (Mondays 06–08 UTC)")
}

/// Whether a Monday from 06 to 08 UTC lies in that time, at least in part.
fn spans_rebuild(from: Timestamp, until: Timestamp) -> bool {
    let from = from.as_second();
    let end = from + (WINDOW_END - from).rem_euclid(WEEK);
    end - WINDOW <= until.as_second()
}

#[cfg(test)]
mod tests;
