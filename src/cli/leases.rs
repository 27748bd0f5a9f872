//! Leases at the beginning and at the end of a run.

use std::io::{self, Write as _};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::app::message::Message;
use crate::domain::subscription::Rejection;
use crate::runtime::leasing;
use crate::runtime::subscribing::Subscribing;
use crate::runtime::undertaken::Undertaken;
use crate::storage::Store;
use crate::storage::error::StoreError;
use crate::ui::text;

/// Has the dashboard ask about the leases that are open although this run has taken none.
pub(super) async fn tell(
    store: &Store,
    undertaken: &Undertaken,
    dashboard: &mpsc::Sender<Message>,
) -> Result<(), StoreError> {
    let open = leasing::left_open(store, undertaken).await?;
    if !open.is_empty() {
        // It has not begun yet, so there is room.
        let _ = dashboard.try_send(Message::LeasesLeftOpen(open));
    }
    Ok(())
}

/// Says the same to who has no dashboard.
pub(super) async fn report(store: &Store) -> Result<(), StoreError> {
    for lease in leasing::left_open(store, &Undertaken::default()).await? {
        say(&format!(
            "{}: {} points to {} by a lease that is still open; `hookscope subs lease --back \
             --account {0} --id {1}` points it back to {}",
            lease.account, lease.subscription, lease.target, lease.previous_target
        ));
    }
    Ok(())
}

/// Gives back what this run has taken, a line for each, unless somebody is in a hurry.
pub(super) async fn give_back(
    subscribing: &Subscribing,
    undertaken: &Undertaken,
    hurry: &CancellationToken,
) {
    tokio::select! {
        () = all(subscribing, undertaken) => {}
        () = hurry.cancelled() => say("leases stay open; the next start asks about them"),
    }
}

async fn all(subscribing: &Subscribing, undertaken: &Undertaken) {
    let given = match leasing::give_back_all(subscribing, undertaken).await {
        Ok(given) => given,
        Err(error) => {
            return say(&format!("the store does not tell which leases are open: {error}"));
        }
    };
    for (lease, result) in given {
        let account = &lease.account;
        match result {
            Ok(told) => told.iter().for_each(|told| say(&format!("{account}: {told}"))),
            Err(not_done) => say(&format!(
                "{account}: {} could not be pointed back to {}: {}; the next start asks about it",
                lease.subscription,
                lease.previous_target,
                Rejection::from(not_done).sentence()
            )),
        }
    }
}

fn say(what: &str) {
    // Nobody may read it any more.
    let _ = writeln!(io::stderr(), "hookscope: {}", text::visible(what));
}
