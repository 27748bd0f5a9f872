//! The ledger of the subscriptions that we made. Entries are added and filled in, never deleted.

use bytes::Bytes;
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};
use serde_json::{Map, Value};

use super::row;
use crate::domain::event::ProviderId;
use crate::domain::ledger::{LedgerEntry, LedgerId, NewEntry, Sighting};
use crate::domain::name::AccountName;

/// Notes that a provider is about to be asked; returns the entry's number.
pub(super) fn begin(connection: &Connection, entry: &NewEntry) -> rusqlite::Result<i64> {
    let NewEntry { account, provider, requested_at, target, name } = entry;
    let sql = "
        INSERT INTO ledger (account, provider, requested_at, target, name)
        VALUES (?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.insert(params![
        account.as_str(),
        provider.as_str(),
        requested_at.as_microsecond(),
        target,
        name,
    ])
}

/// Keeps the answer. An entry that does not exist is an error.
pub(super) fn keep_answer(
    connection: &Connection,
    entry: LedgerId,
    answer: &[u8],
) -> rusqlite::Result<()> {
    let sql = "UPDATE ledger SET answer = ?2 WHERE id = ?1";
    row::updated(connection.prepare_cached(sql)?.execute(params![entry.0, answer])?)
}

/// Notes the provider's id and record. An entry that does not exist is an error.
pub(super) fn name(
    connection: &Connection,
    entry: LedgerId,
    subscription: &str,
    seen: &Map<String, Value>,
) -> rusqlite::Result<()> {
    let sql = "UPDATE ledger SET subscription = ?2, seen = ?3 WHERE id = ?1";
    let values = params![entry.0, subscription, json(seen)];
    row::updated(connection.prepare_cached(sql)?.execute(values)?)
}

/// Notes what was seen of a subscription; nothing if it is not in the ledger.
pub(super) fn sight(
    connection: &Connection,
    account: &AccountName,
    subscription: &str,
    sighting: &Sighting,
) -> rusqlite::Result<()> {
    let sql = "
        UPDATE ledger SET
            seen = ifnull(?3, seen),
            gone_since = iif(?3 IS NULL, ifnull(gone_since, ?4), NULL),
            deleted_at = ifnull(deleted_at, ?5)
        WHERE account = ?1 AND subscription = ?2";
    let (seen, gone, deleted) = match sighting {
        Sighting::Present(seen) => (Some(json(seen)), None, None),
        Sighting::Gone(at) => (None, Some(*at), None),
        Sighting::Deleted(at) => (None, None, Some(*at)),
    };
    let [gone, deleted] = [gone, deleted].map(|at| at.map(Timestamp::as_microsecond));
    let values = params![account.as_str(), subscription, seen, gone, deleted];
    connection.prepare_cached(sql)?.execute(values).map(drop)
}

/// All of it, oldest first; of one account, or of all.
pub(super) fn all(
    connection: &Connection,
    account: Option<&AccountName>,
) -> rusqlite::Result<Vec<LedgerEntry>> {
    let sql = "SELECT * FROM ledger WHERE ?1 IS NULL OR account = ?1 ORDER BY id";
    connection.prepare_cached(sql)?.query_map([account.map(AccountName::as_str)], entry)?.collect()
}

fn json(record: &Map<String, Value>) -> String {
    serde_json::to_string(record).expect("JSON values have a JSON form")
}

fn entry(row: &Row<'_>) -> rusqlite::Result<LedgerEntry> {
    let seen = |text: Option<String>| text.map(|text| serde_json::from_str(&text)).transpose();
    Ok(LedgerEntry {
        id: LedgerId(row.get("id")?),
        account: AccountName::from(&*row.get::<_, String>("account")?),
        provider: row::read(row, "provider", |name: String| {
            ProviderId::from_name(&name).ok_or("unknown")
        })?,
        requested_at: row::time(row, "requested_at")?,
        target: row.get("target")?,
        name: row.get("name")?,
        answer: row.get::<_, Option<Vec<u8>>>("answer")?.map(Bytes::from),
        subscription: row.get("subscription")?,
        seen: row::read(row, "seen", seen)?,
        gone_since: row::optional_time(row, "gone_since")?,
        deleted_at: row::optional_time(row, "deleted_at")?,
    })
}
