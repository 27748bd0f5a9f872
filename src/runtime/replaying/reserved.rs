//! What is being replayed is not deleted meanwhile, by whichever program.

use std::pin::pin;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::sleep;

use crate::domain::delivery::DeliveryId;
use crate::storage::Store;

/// How long a replay that has died keeps its deliveries.
const LEASE: Duration = Duration::from_secs(60);

/// How often one that lives says so.
const RENEWAL: Duration = Duration::from_secs(20);

/// Does the work while these deliveries are reserved. A single one is read before anybody could
/// delete it.
pub(super) async fn reserved<T>(
    store: &Store,
    ids: &[DeliveryId],
    work: impl Future<Output = T>,
) -> T {
    let (Some(first), Some(last)) = (ids.iter().min(), ids.iter().max()) else { return work.await };
    if first == last {
        return work.await;
    }
    let upkeep = store.upkeep();
    let reservation = match upkeep.reserve(*first, *last, Timestamp::now() + LEASE).await {
        Ok(reservation) => reservation,
        Err(error) => {
            tracing::warn!(%error, "what is replayed may be deleted meanwhile");
            return work.await;
        }
    };
    let mut work = pin!(work);
    let done = loop {
        tokio::select! {
            done = &mut work => break done,
            () = sleep(RENEWAL) => {
                let renewed = upkeep.extend(reservation, Some(Timestamp::now() + LEASE)).await;
                if let Err(error) = renewed {
                    tracing::warn!(%error, "what is replayed may be deleted meanwhile");
                }
            }
        }
    };
    if let Err(error) = upkeep.extend(reservation, None).await {
        tracing::warn!(%error, "what was replayed stays reserved for a while");
    }
    done
}
