//! Where the deliveries of each endpoint were replayed to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::domain::name::EndpointName;
use crate::domain::url::Url;

/// Notes that deliveries of these endpoints go there.
pub(super) fn use_for(
    connection: &Connection,
    endpoints: &BTreeSet<EndpointName>,
    url: &Url,
    at: Timestamp,
) -> rusqlite::Result<()> {
    let endpoints = endpoints.iter().map(EndpointName::as_str).collect::<Vec<_>>();
    let endpoints = serde_json::json!(endpoints).to_string();
    // The condition keeps ON from being read as part of a join.
    let sql = "
        INSERT INTO replay_targets (endpoint, url, used_at)
        SELECT value, ?, ? FROM json_each(?) WHERE true
        ON CONFLICT DO UPDATE SET used_at = excluded.used_at";
    let values = params![url.to_string(), at.as_microsecond(), endpoints];
    connection.prepare_cached(sql)?.execute(values).map(drop)
}

/// Those of each endpoint, the last one first.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<BTreeMap<EndpointName, Vec<Url>>> {
    let sql = "SELECT endpoint, url FROM replay_targets ORDER BY endpoint, used_at DESC, url";
    let mut targets = BTreeMap::<_, Vec<_>>::new();
    for target in connection.prepare_cached(sql)?.query_map([], target)? {
        let (endpoint, url) = target?;
        targets.entry(endpoint).or_default().extend(url);
    }
    Ok(targets)
}

/// An address that another program wrote and that is none is passed over.
fn target(row: &Row<'_>) -> rusqlite::Result<(EndpointName, Option<Url>)> {
    let endpoint = EndpointName::from(&*row.get::<_, String>("endpoint")?);
    Ok((endpoint, Url::parse(&row.get::<_, String>("url")?).ok()))
}
