//! Leases: subscriptions that point here for a while. They are taken and ended, never deleted.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::row;
use crate::domain::ledger::{Lease, LeaseId};
use crate::domain::name::AccountName;

/// Notes a lease; returns its number.
pub(super) fn take(connection: &Connection, lease: &Lease) -> rusqlite::Result<i64> {
    let Lease { account, subscription, previous_target, target, taken_at } = lease;
    let sql = "
        INSERT INTO leases (account, subscription, previous_target, target, taken_at)
        VALUES (?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.insert(params![
        account.as_str(),
        subscription,
        previous_target,
        target,
        taken_at.as_microsecond(),
    ])
}

/// Notes its end; the first one counts. A lease that does not exist is an error.
pub(super) fn end(connection: &Connection, lease: LeaseId, at: Timestamp) -> rusqlite::Result<()> {
    let sql = "UPDATE leases SET ended_at = ifnull(ended_at, ?2) WHERE id = ?1";
    row::updated(connection.prepare_cached(sql)?.execute(params![lease.0, at.as_microsecond()])?)
}

/// Those that did not end, oldest first.
pub(super) fn open(connection: &Connection) -> rusqlite::Result<Vec<(LeaseId, Lease)>> {
    let sql = "SELECT * FROM leases WHERE ended_at IS NULL ORDER BY id";
    connection.prepare_cached(sql)?.query_map([], lease)?.collect()
}

fn lease(row: &Row<'_>) -> rusqlite::Result<(LeaseId, Lease)> {
    let lease = Lease {
        account: AccountName::from(&*row.get::<_, String>("account")?),
        subscription: row.get("subscription")?,
        previous_target: row.get("previous_target")?,
        target: row.get("target")?,
        taken_at: row::time(row, "taken_at")?,
    };
    Ok((LeaseId(row.get("id")?), lease))
}
