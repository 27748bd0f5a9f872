//! Counts the newest deliveries. Only so many are looked at, so it costs the same in every store.

use std::time::Duration;

use http::StatusCode;
use jiff::Timestamp;
use rusqlite::{Connection, Row};

use super::row;
use crate::domain::delivery::DeliveryId;
use crate::domain::event::ProviderId;
use crate::domain::overview::{Counting, MOST, MOST_TIMED, Overview, Seen};

/// What came in of late, as of `now`.
pub(super) fn read(connection: &Connection, now: Timestamp) -> rusqlite::Result<Overview> {
    let sql = "
        SELECT id, received_at, provider, account,
            ifnull(event_kind, json_extract(candidates, '$[0]') || '?'),
            verdict, status, repeat, sameness
        FROM deliveries ORDER BY id DESC LIMIT ?";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([MOST])?;
    let mut counting = Counting::new(now);
    while let Some(row) = rows.next()? {
        counting.add(&seen(row)?);
    }
    Ok(counting.ended(took(connection)?))
}

fn seen<'a>(row: &'a Row<'_>) -> rusqlite::Result<Seen<'a>> {
    let text = |at: usize| row.get_ref(at)?.as_str_or_null().map_err(rusqlite::Error::from);
    Ok(Seen {
        id: DeliveryId(row.get(0)?),
        received_at: row::time(row, 1)?,
        provider: text(2)?.and_then(ProviderId::from_name),
        account: text(3)?,
        event: text(4)?,
        verdict: text(5)?.unwrap_or_default(),
        status: StatusCode::from_u16(row.get(6)?).unwrap_or_default(),
        repeat: row.get(7)?,
        sameness: row.get(8)?,
    })
}

/// How long the answers to the newest took, as far as it is known.
fn took(connection: &Connection) -> rusqlite::Result<Vec<Duration>> {
    let sql = "
        SELECT received_at, (
            SELECT iif(first_id <= deliveries.id, committed_at, NULL) FROM commits
            WHERE last_id >= deliveries.id ORDER BY last_id LIMIT 1
        ) AS committed_at
        FROM deliveries ORDER BY id DESC LIMIT ?";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([MOST_TIMED], |row| {
        let received_at = row::time(row, 0)?;
        let committed_at = row::optional_time(row, "committed_at")?;
        Ok(committed_at.and_then(|at| row::took(received_at, at)))
    })?;
    rows.filter_map(Result::transpose).collect()
}
