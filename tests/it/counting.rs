//! What a store would count, over deliveries that are in no store.

use std::sync::Arc;
use std::time::Duration;

use hookscope::domain::name::AccountName;
use hookscope::domain::overview::{Counting, Overview, Seen};
use hookscope::domain::record::Record;
use jiff::Timestamp;

/// The overview of these deliveries, oldest first; three of them tell how long their answer took.
pub(crate) fn overview(records: &[Arc<Record>], now: Timestamp) -> Arc<Overview> {
    let mut counting = Counting::new(now);
    for record in records.iter().rev() {
        let row = record.summary();
        counting.add(&Seen {
            id: row.id,
            received_at: row.received_at,
            provider: row.provider,
            account: row.account.as_ref().map(AccountName::as_str),
            event: row.event.as_deref(),
            verdict: record.inspection.verdict.as_str(),
            status: row.status,
            repeat: row.repeat,
            sameness: row.sameness,
        });
    }
    Arc::new(counting.ended([1, 2, 30].map(Duration::from_millis).to_vec()))
}
