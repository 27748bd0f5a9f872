//! Columns back to values, in one place.

use std::borrow::Cow;
use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use jiff::Timestamp;
use rusqlite::types::{FromSql, Type};
use rusqlite::{Connection, OptionalExtension as _, Row, RowIndex};
use uuid::Uuid;

use super::body;
use crate::domain::annotation::Annotation;
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::event::{Event, ProviderId, Resource};
use crate::domain::handshake::Handshake;
use crate::domain::headers::{Fidelity, Headers};
use crate::domain::http::{Request, Version};
use crate::domain::inspection::Inspection;
use crate::domain::name::{AccountName, EndpointName, SchemeName};
use crate::domain::record::{Answered, Record, Summary};
use crate::domain::verdict::{Clue, Reason, Unchecked, Verdict};

/// The columns that [`summary`] reads.
pub(super) const SUMMARY: &str = "id, received_at, endpoint, account, method, target, provider,
    event_kind, candidates, resource_kind, resource_id, resource_href, event_key, occurred_at,
    verdict, scheme, reason, message, clues, notes, status, body_size, repeat, sameness";

/// The columns that [`delivery`] reads, by their places: names are looked for in each row anew.
pub(super) const DELIVERY: &str = "uid, received_at, reading, peer, endpoint, method, target,
    version, headers, headers_exact, body_size, body";

/// One row of the list.
pub(super) fn summary(row: &Row<'_>) -> rusqlite::Result<Summary> {
    let event = event(row)?;
    let size = row.get::<_, i64>("body_size")?;
    Ok(Summary {
        id: DeliveryId(row.get("id")?),
        received_at: time(row, "received_at")?,
        endpoint: EndpointName::from(&*row.get::<_, String>("endpoint")?),
        account: account(row)?,
        method: method(row, "method")?,
        target: row.get("target")?,
        provider: provider(row)?,
        event: event.label(),
        resource: event.resource.and_then(|resource| resource.id),
        standing: verdict(row)?.standing(),
        status: status(row)?,
        size: size.unsigned_abs(),
        repeat: row.get("repeat")?,
        sameness: row.get("sameness")?,
    })
}

/// A delivery whole. It reads [`DELIVERY`], and then by name [`SUMMARY`], `handshake`, `brings_secret`
/// and `committed_at`.
pub(super) fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    let delivery = delivery(row)?;
    let received_at = delivery.received_at;
    let inspection = Inspection {
        provider: provider(row)?,
        account: account(row)?,
        event: event(row)?,
        verdict: verdict(row)?,
    };
    let committed_at = optional_time(row, "committed_at")?;
    Ok(Record {
        id: DeliveryId(row.get("id")?),
        delivery,
        inspection,
        repeat: row.get("repeat")?,
        answered: Answered {
            status: status(row)?,
            took: committed_at.and_then(|at| took(received_at, at)),
        },
        handshake: handshake(row)?,
        first_verdict: None,
        annotation: Annotation::default(),
    })
}

/// A delivery without what was found out about it, from the columns of [`DELIVERY`].
pub(super) fn delivery(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    Ok(Delivery {
        uid: Uuid::from_bytes(row.get(0)?),
        received_at: time(row, 1)?,
        reading: Duration::from_micros(row.get::<_, i64>(2)?.unsigned_abs()),
        peer: read(row, 3, |text: String| text.parse())?,
        endpoint: EndpointName::from(&*row.get::<_, String>(4)?),
        request: request(row, [5, 6, 7, 8, 9], plain_body(row, 10)?)?,
    })
}

/// The time as the store keeps it.
pub(super) fn whole_microseconds(time: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(time.as_microsecond()).unwrap_or(time)
}

/// A delivery that is read and stored takes less; one that was imported arrived long ago, elsewhere.
const LONGEST_TAKEN: Duration = Duration::from_secs(60 * 60);

/// How long it took from the arrival of the head to the commit; none if the clock went back, or if it
/// was not this store that it arrived at.
pub(super) fn took(received_at: Timestamp, committed_at: Timestamp) -> Option<Duration> {
    let took = Duration::try_from(committed_at.duration_since(received_at)).ok();
    took.filter(|took| *took <= LONGEST_TAKEN)
}

/// A duration as the store keeps it.
pub(super) fn microseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// The end of a statement that changes one row by its number, which must be there.
pub(super) fn updated(rows: usize) -> rusqlite::Result<()> {
    if rows == 0 { Err(rusqlite::Error::QueryReturnedNoRows) } else { Ok(()) }
}

/// A request from the columns of its method, target, version, header fields and whether these are
/// exact, and from its body.
pub(super) fn request<I: RowIndex + Copy>(
    row: &Row<'_>,
    [method, target, version, headers, exact]: [I; 5],
    body: Bytes,
) -> rusqlite::Result<Request> {
    Ok(Request {
        method: self::method(row, method)?,
        target: row.get(target)?,
        version: Version::from_name(&row.get::<_, String>(version)?),
        headers: self::headers(row, headers, exact)?,
        body,
    })
}

/// The body of a delivery as it came; nothing if it is gone.
pub(super) fn body(connection: &Connection, DeliveryId(id): DeliveryId) -> rusqlite::Result<Bytes> {
    let sql = "SELECT body_size, body FROM deliveries WHERE id = ?";
    let body = connection.prepare_cached(sql)?.query_row([id], |row| plain_body(row, 0)).optional();
    body.map(Option::unwrap_or_default)
}

fn plain_body(row: &Row<'_>, size: usize) -> rusqlite::Result<Bytes> {
    Ok(look_at_body(row, size)?.into_owned().into())
}

/// The body of a delivery as it came, for as long as the row is there; its size is the column at this
/// place, and what is stored the next.
pub(super) fn look_at_body<'r>(row: &'r Row<'_>, size: usize) -> rusqlite::Result<Cow<'r, [u8]>> {
    let plain = body::plain(row.get_ref(size + 1)?.as_blob()?, row.get(size)?);
    plain.map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(size + 1, Type::Blob, error.into())
    })
}

/// Header fields from their block, and whether they are exact.
pub(super) fn headers<I: RowIndex + Copy>(
    row: &Row<'_>,
    block: I,
    exact: I,
) -> rusqlite::Result<Headers> {
    let is_exact = row.get::<_, bool>(exact)?;
    let fidelity = if is_exact { Fidelity::Exact } else { Fidelity::Normalized };
    Ok(Headers::from_block(&bytes(row, block)?, fidelity))
}

pub(super) fn bytes(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<Bytes> {
    row.get::<_, Vec<u8>>(column).map(Bytes::from)
}

fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    let kind = row.get::<_, Option<String>>("event_kind")?;
    let candidates = match row.get::<_, Option<String>>("candidates")? {
        Some(_) => list(row, "candidates")?,
        None => kind.iter().cloned().collect(),
    };
    let resource = Resource {
        kind: row.get("resource_kind")?,
        id: row.get("resource_id")?,
        href: row.get("resource_href")?,
    };
    Ok(Event {
        kind,
        candidates,
        resource: Some(resource).filter(|known| *known != Resource::default()),
        key: row.get("event_key")?,
        occurred_at: optional_time(row, "occurred_at")?,
    })
}

/// The verdict in these columns.
pub(super) fn verdict(row: &Row<'_>) -> rusqlite::Result<Verdict> {
    let scheme = || row.get::<_, String>("scheme").map(|name| SchemeName::from(&*name));
    match row.get::<_, String>("verdict")?.as_str() {
        "verified" => Ok(Verdict::Verified { scheme: scheme()?, notes: list(row, "notes")? }),
        "refuted" => Ok(Verdict::Refuted {
            scheme: scheme()?,
            reason: read(row, "reason", |word: String| Reason::from_name(&word).ok_or("unknown"))?,
            message: row.get("message")?,
            clues: list::<(String, String)>(row, "clues")?
                .into_iter()
                .map(|(code, message)| Clue { code, message })
                .collect(),
        }),
        _ => Ok(Verdict::Unchecked {
            why: read(row, "reason", |word: String| Unchecked::from_name(&word).ok_or("unknown"))?,
        }),
    }
}

fn handshake(row: &Row<'_>) -> rusqlite::Result<Option<Handshake>> {
    let brings_secret = row.get("brings_secret")?;
    let scheme = row.get::<_, Option<String>>("handshake")?;
    Ok(scheme.map(|name| Handshake { scheme: SchemeName::from(&*name), brings_secret }))
}

pub(super) fn account(row: &Row<'_>) -> rusqlite::Result<Option<AccountName>> {
    Ok(row.get::<_, Option<String>>("account")?.map(|name| AccountName::from(&*name)))
}

/// A provider that this program does not know was recognized by a newer one: none here.
fn provider(row: &Row<'_>) -> rusqlite::Result<Option<ProviderId>> {
    Ok(row.get::<_, Option<String>>("provider")?.and_then(|name| ProviderId::from_name(&name)))
}

fn method(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<Method> {
    read(row, column, |name: String| Method::from_bytes(name.as_bytes()))
}

pub(super) fn status(row: &Row<'_>) -> rusqlite::Result<StatusCode> {
    read(row, "status", StatusCode::from_u16)
}

pub(super) fn time(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<Timestamp> {
    read(row, column, Timestamp::from_microsecond)
}

pub(super) fn optional_time(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Timestamp>> {
    read(row, column, |time: Option<i64>| time.map(Timestamp::from_microsecond).transpose())
}

fn list<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<Vec<T>> {
    read(row, column, |text: Option<String>| {
        text.map_or_else(|| Ok(Vec::new()), |text| serde_json::from_str(&text))
    })
}

/// A column that may hold what no value of ours is written as, after a fault or by another hand.
pub(super) fn read<C: FromSql, T, E: Into<Box<dyn Error + Send + Sync>>>(
    row: &Row<'_>,
    column: impl RowIndex,
    form: impl FnOnce(C) -> Result<T, E>,
) -> rusqlite::Result<T> {
    form(row.get(column)?).map_err(|error| {
        let index = column.idx(row.as_ref()).unwrap_or_default();
        rusqlite::Error::FromSqlConversionFailure(index, Type::Text, error.into())
    })
}
