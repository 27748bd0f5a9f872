//! A verdict as columns, the same in `deliveries` and in `first_findings`.

use http::StatusCode;
use rusqlite::{Connection, params};

use crate::domain::delivery::DeliveryId;
use crate::domain::name::{AccountName, SchemeName};
use crate::domain::verdict::{Clue, Verdict};

/// The columns of a verdict.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) verdict: &'static str,
    pub(super) scheme: Option<String>,
    pub(super) reason: Option<&'static str>,
    pub(super) message: Option<String>,
    /// A JSON array of `[code, message]`.
    pub(super) clues: Option<String>,
    /// A JSON array.
    pub(super) notes: Option<String>,
}

impl Finding {
    /// A verdict as columns.
    pub(super) fn of(verdict: &Verdict) -> Self {
        let (message, clues, notes) = match verdict {
            Verdict::Verified { notes, .. } => (None, None, json(notes, String::as_str)),
            Verdict::Refuted { message, clues, .. } => {
                (Some(message.clone()), json(clues, pair), None)
            }
            Verdict::Unchecked { .. } => (None, None, None),
        };
        Self {
            verdict: verdict.as_str(),
            scheme: verdict.scheme().map(SchemeName::to_string),
            reason: verdict.reason(),
            message,
            clues,
            notes,
        }
    }
}

/// Replaces the verdict of a delivery. What was found first is kept, unless the new verdict is the
/// same but for its message, clues and notes.
pub(super) fn replace(
    connection: &Connection,
    id: DeliveryId,
    verdict: &Verdict,
) -> rusqlite::Result<()> {
    let Finding { verdict, scheme, reason, message, clues, notes } = Finding::of(verdict);
    let keep = "
        INSERT OR IGNORE INTO first_findings
        SELECT id, verdict, scheme, reason, message, clues, notes FROM deliveries
        WHERE id = ?1 AND (verdict IS NOT ?2 OR scheme IS NOT ?3 OR reason IS NOT ?4)";
    connection.prepare_cached(keep)?.execute(params![id.0, verdict, scheme, reason])?;
    let replace = "
        UPDATE deliveries
        SET verdict = ?2, scheme = ?3, reason = ?4, message = ?5, clues = ?6, notes = ?7
        WHERE id = ?1";
    connection
        .prepare_cached(replace)?
        .execute(params![id.0, verdict, scheme, reason, message, clues, notes])?;
    Ok(())
}

/// Notes another status than the one that was stored with the delivery.
pub(super) fn answered(
    connection: &Connection,
    id: DeliveryId,
    status: StatusCode,
) -> rusqlite::Result<()> {
    let sql = "UPDATE deliveries SET status = ?2 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute(params![id.0, status.as_u16()])?;
    Ok(())
}

/// Notes the account that a delivery belongs to.
pub(super) fn assign(
    connection: &Connection,
    id: DeliveryId,
    account: &AccountName,
) -> rusqlite::Result<()> {
    let assign = "UPDATE deliveries SET account = ?2 WHERE id = ?1";
    connection.prepare_cached(assign)?.execute(params![id.0, account.as_str()])?;
    Ok(())
}

fn pair(clue: &Clue) -> [&str; 2] {
    [&clue.code, &clue.message]
}

fn json<'a, T, J: serde::Serialize>(items: &'a [T], form: impl Fn(&'a T) -> J) -> Option<String> {
    let forms = items.iter().map(form).collect::<Vec<_>>();
    let text = || serde_json::to_string(&forms).expect("texts have a JSON form");
    (!forms.is_empty()).then(text)
}
