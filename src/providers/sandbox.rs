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

/// What to say of subscriptions of this account that are gone, each with when it was asked for and
/// when it was missed first. That subscriptions go with a rebuild is not documented, but data does.
#[must_use]
pub fn remark(account: &Account, gone: &[(Timestamp, Timestamp)]) -> Option<String> {
    let is_group = matches!(account.provider, ProviderId::Avinode | ProviderId::Schedaero);
    let host = account.base_url.host();
    let is_sandbox = host == "sandbox.avinode.com" || host == "sandbox-schedaero.avinode.com";
    let lost = gone.iter().filter(|(from, until)| spans_rebuild(*from, *until)).count();
    let what = match lost {
        0 => return None,
        1 => "a subscription is gone".to_owned(),
        lost => format!("{lost} subscriptions are gone"),
    };
    (is_group && is_sandbox)
        .then(|| format!("{what}: probably the weekly sandbox rebuild (Mondays 06–08 UTC)"))
}

/// Whether a Monday from 06 to 08 UTC lies in that time, at least in part.
fn spans_rebuild(from: Timestamp, until: Timestamp) -> bool {
    let from = from.as_second();
    let end = from + (WINDOW_END - from).rem_euclid(WEEK);
    end - WINDOW <= until.as_second()
}

#[cfg(test)]
mod tests;
