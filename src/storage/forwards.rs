//! How far each target of an endpoint has got with what is handed on to it.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use crate::domain::delivery::DeliveryId;
use crate::domain::name::EndpointName;
use crate::domain::url::Url;

/// Keeps these targets and no others; one that was not there before begins behind `from`.
pub(super) fn configure(
    connection: &Connection,
    targets: &[(EndpointName, Url)],
    from: DeliveryId,
) -> rusqlite::Result<()> {
    let targets = targets.iter().map(|(endpoint, to)| (endpoint.as_str(), to.to_string()));
    let targets = serde_json::json!(targets.collect::<Vec<_>>()).to_string();
    let forget = "
        DELETE FROM forwards WHERE (endpoint, target) NOT IN
            (SELECT value ->> 0, value ->> 1 FROM json_each(?))";
    connection.prepare_cached(forget)?.execute([&targets])?;
    let begin = "
        INSERT OR IGNORE INTO forwards (endpoint, target, position)
        SELECT value ->> 0, value ->> 1, ? FROM json_each(?)";
    connection.prepare_cached(begin)?.execute(params![from.0, targets])?;
    Ok(())
}

/// The targets that there are, as they are written.
pub(super) fn known(connection: &Connection) -> rusqlite::Result<BTreeSet<(String, String)>> {
    let mut statement = connection.prepare_cached("SELECT endpoint, target FROM forwards")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// The last delivery that a target is done with. A target that is not configured is an error.
pub(super) fn position(
    connection: &Connection,
    endpoint: &EndpointName,
    target: &Url,
) -> rusqlite::Result<DeliveryId> {
    let sql = "SELECT position FROM forwards WHERE endpoint = ? AND target = ?";
    let key = params![endpoint.as_str(), target.to_string()];
    connection.prepare_cached(sql)?.query_row(key, |row| row.get(0)).map(DeliveryId)
}

/// Notes that a target is done with the deliveries up to this one; never goes back.
pub(super) fn advance(
    connection: &Connection,
    endpoint: &EndpointName,
    target: &Url,
    done: DeliveryId,
) -> rusqlite::Result<()> {
    let sql = "
        UPDATE forwards SET position = max(position, ?) WHERE endpoint = ? AND target = ?";
    let values = params![done.0, endpoint.as_str(), target.to_string()];
    connection.prepare_cached(sql)?.execute(values).map(drop)
}
