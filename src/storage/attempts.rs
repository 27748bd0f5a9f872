//! Attempts: kept, and read back.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Row, Statement, params};

use super::row;
use crate::domain::attempt::{
    Attempt, AttemptError, AttemptId, Call, Outcome, Purpose, Response, Timing,
};
use crate::domain::delivery::DeliveryId;
use crate::domain::headers::{Fidelity, Headers};
use crate::domain::name::AccountName;
use crate::domain::url::Url;

const INSERT: &str = "
    INSERT INTO attempts (
        delivery, account, purpose, url, started_at, connect, first_byte, total, status, error,
        message, method, target, version, request_exact, request_headers, response_exact,
        response_headers, request_body, response_body, insecure, repeats_body
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// Keeps an attempt; returns its number. Times and durations are kept to the microsecond.
pub(super) fn insert(connection: &Connection, attempt: &Attempt) -> rusqlite::Result<i64> {
    insert_by(&mut *connection.prepare_cached(INSERT)?, attempt)
}

fn insert_by(statement: &mut Statement<'_>, attempt: &Attempt) -> rusqlite::Result<i64> {
    let Attempt { delivery, account, purpose, call, started_at, timing, outcome } = attempt;
    let Call { url, request, insecure, repeats_body } = call;
    let (response, error, message) = match outcome {
        Outcome::Answered(response) => (Some(response), None, None),
        Outcome::Failed { error, message } => (None, Some(error.as_str()), Some(message)),
    };
    statement.insert(params![
        delivery.map(|DeliveryId(id)| id),
        account.as_ref().map(AccountName::as_str),
        purpose.as_str(),
        url.to_string(),
        started_at.as_microsecond(),
        timing.connect.map(row::microseconds),
        timing.first_byte.map(row::microseconds),
        row::microseconds(timing.total),
        response.map(|response| response.status.as_u16()),
        error,
        message,
        request.method.as_str(),
        request.target,
        request.version.as_str(),
        is_exact(&request.headers),
        request.headers.to_block(),
        response.map(|response| is_exact(&response.headers)),
        response.map(|response| response.headers.to_block()),
        if *repeats_body { &[][..] } else { &request.body[..] },
        response.map(|response| &response.body[..]),
        insecure,
        repeats_body,
    ])
}

/// After so many the processor is left to whoever waits for it: nobody waits for these to be kept, and
/// the requests that go out meanwhile may have to share it.
const AT_ONCE: usize = 16;

/// Keeps all of these or none; returns the number of the last one. Nobody else writes meanwhile, so
/// the others have the numbers before it.
pub(super) fn insert_all(
    connection: &Connection,
    attempts: &[Arc<Attempt>],
) -> rusqlite::Result<i64> {
    let mut statement = connection.prepare_cached(INSERT)?;
    connection.execute_batch("SAVEPOINT attempts")?;
    let mut last = Ok(0);
    for (written, attempt) in attempts.iter().enumerate() {
        if written % AT_ONCE == AT_ONCE - 1 {
            thread::yield_now();
        }
        last = insert_by(&mut statement, attempt);
        if last.is_err() {
            // A fault that ends the transaction has undone it already.
            let _ = connection.execute_batch("ROLLBACK TO attempts");
            break;
        }
    }
    if !connection.is_autocommit() {
        connection.execute_batch("RELEASE attempts")?;
    }
    last
}

/// Roughly how many bytes it takes.
pub(super) fn size(attempt: &Attempt) -> usize {
    let Call { request, repeats_body, .. } = &attempt.call;
    let request = if *repeats_body { 0 } else { request.body.len() };
    request + attempt.response().map_or(0, |response| response.body.len())
}

/// Those that are about a delivery, oldest first.
pub(super) fn of_delivery(
    connection: &Connection,
    delivery: DeliveryId,
) -> rusqlite::Result<Vec<(AttemptId, Attempt)>> {
    let sql = "SELECT * FROM attempts WHERE delivery = ? ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let attempts = statement.query_map([delivery.0], attempt)?;
    let mut attempts = attempts.collect::<rusqlite::Result<Vec<_>>>()?;
    let repeats = |(_, attempt): &(_, Attempt)| attempt.call.repeats_body;
    if attempts.iter().any(repeats) {
        let body = row::body(connection, delivery)?;
        for (_, attempt) in attempts.iter_mut().filter(|attempt| repeats(attempt)) {
            attempt.call.request.body = body.clone();
        }
    }
    Ok(attempts)
}

/// What [`previous_fetch`] runs. The condition is that of the index, word by word.
const PREVIOUS_FETCH: &str = "
    SELECT * FROM attempts
    WHERE purpose = 'fetch' AND status >= 200 AND status < 300
        AND account = ? AND url = ? AND id < ?
    ORDER BY id DESC LIMIT 1";

/// The last fetch of the same address with the same account before this attempt that was answered
/// with success.
pub(super) fn previous_fetch(
    connection: &Connection,
    account: &AccountName,
    url: &Url,
    before: AttemptId,
) -> rusqlite::Result<Option<(AttemptId, Attempt)>> {
    connection
        .prepare_cached(PREVIOUS_FETCH)?
        .query_row(params![account.as_str(), url.to_string(), before.0], attempt)
        .optional()
}

fn is_exact(headers: &Headers) -> bool {
    headers.fidelity() == Fidelity::Exact
}

fn attempt(row: &Row<'_>) -> rusqlite::Result<(AttemptId, Attempt)> {
    let columns = ["method", "target", "version", "request_headers", "request_exact"];
    let request = row::request(row, columns, row::bytes(row, "request_body")?)?;
    let url = row::read(row, "url", |text: String| Url::parse(&text))?;
    let attempt = Attempt {
        delivery: row.get::<_, Option<i64>>("delivery")?.map(DeliveryId),
        account: row::account(row)?,
        purpose: row::read(row, "purpose", |word: String| {
            Purpose::from_name(&word).ok_or("unknown")
        })?,
        call: Call {
            url,
            request,
            insecure: is_told(row, "insecure")?,
            repeats_body: is_told(row, "repeats_body")?,
        },
        started_at: row::time(row, "started_at")?,
        timing: Timing {
            connect: duration(row, "connect")?,
            first_byte: duration(row, "first_byte")?,
            total: duration(row, "total")?.unwrap_or_default(),
        },
        outcome: outcome(row)?,
    };
    Ok((AttemptId(row.get("id")?), attempt))
}

/// What a store of an older program does not tell of its attempts, and what none of them is.
fn is_told(row: &Row<'_>, column: &str) -> rusqlite::Result<bool> {
    match row.get(column) {
        Err(rusqlite::Error::InvalidColumnName(_)) => Ok(false),
        told => told,
    }
}

fn outcome(row: &Row<'_>) -> rusqlite::Result<Outcome> {
    if row.get::<_, Option<u16>>("status")?.is_none() {
        let error = |word: String| AttemptError::from_name(&word).ok_or("unknown");
        let error = row::read(row, "error", error)?;
        return Ok(Outcome::Failed { error, message: row.get("message")? });
    }
    Ok(Outcome::Answered(Response {
        status: row::status(row)?,
        headers: row::headers(row, "response_headers", "response_exact")?,
        body: row::bytes(row, "response_body")?,
    }))
}

fn duration(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Duration>> {
    let microseconds = row.get::<_, Option<i64>>(column)?;
    Ok(microseconds.map(|count| Duration::from_micros(count.unsigned_abs())))
}

#[cfg(test)]
mod tests;
