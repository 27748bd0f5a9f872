//! Where to look for what a filter asks for: stretches of numbers, in the order of the list, and for
//! each whether the lists tell which of its deliveries to look at.
//!
//! A plan leaves out only what cannot match. What is looked at is always judged by the whole filter.

use std::sync::Arc;

use rusqlite::{Connection, params, params_from_iter};

use super::deliveries;
use super::lists;
use super::search;
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::domain::filter::span::Span;
use crate::domain::filter::term::{Term, Test};
use crate::domain::page::Cursor;

/// So many deliveries are read one after the other as one job: what is urgent waits no longer.
const SCANNED: i64 = 16_384;

/// With more facets than these the lists would be slower than the deliveries themselves.
const MOST_FACETS: usize = 512;

/// To look one delivery up by its number takes about as long as to read so many in a row.
const LOOKED_UP: i64 = 12;

/// Deliveries by their numbers, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) span: Span,
    /// Only those with one of these facets can match; none where that is not known.
    pub(super) facets: Option<Arc<[i64]>>,
    /// All of those match.
    pub(super) certain: bool,
}

/// The stretches to look at, in the direction of the cursor.
pub(super) fn plan(
    connection: &Connection,
    filter: &Filter,
    cursor: Cursor,
) -> rusqlite::Result<Vec<Stretch>> {
    let up_to = lists::up_to(connection)?;
    let facets = facets(connection, filter, up_to)?;
    let reads_bodies = filter.terms().iter().any(search::reads_body);
    let mut stretches = Vec::new();
    for (span, certain) in spans(connection, filter, cursor, up_to)? {
        let listed = Span { from: span.from, to: span.to.min(up_to) };
        if let Some(facets) = &facets
            && listed.from <= listed.to
        {
            let step = if reads_bodies { SCANNED * LOOKED_UP } else { i64::MAX };
            let listed = steps(listed, step).filter(|_| !facets.is_empty());
            stretches.extend(listed.map(|span| {
                let facets = Some(Arc::clone(facets));
                Stretch { span, facets, certain }
            }));
            let behind = Span { from: span.from.max(up_to + 1), to: span.to };
            stretches.extend(steps(behind, SCANNED).map(scanned));
        } else {
            stretches.extend(steps(span, SCANNED).map(scanned));
        }
    }
    if matches!(cursor, Cursor::Newest | Cursor::Before(_)) {
        stretches.reverse();
    }
    Ok(stretches)
}

/// One to be read from end to end.
fn scanned(span: Span) -> Stretch {
    Stretch { span, facets: None, certain: false }
}

fn steps(span: Span, step: i64) -> impl Iterator<Item = Span> {
    let starts = (span.from..=span.to).step_by(usize::try_from(step).unwrap_or(usize::MAX));
    starts.map(move |from| Span { from, to: span.to.min(from.saturating_add(step - 1)) })
}

/// The facets that fit; none if they do not narrow the search down.
fn facets(
    connection: &Connection,
    filter: &Filter,
    up_to: i64,
) -> rusqlite::Result<Option<Arc<[i64]>>> {
    let Some(condition) = search::on_facets(filter).filter(|_| up_to > 0) else { return Ok(None) };
    let sql = format!("SELECT facet FROM facets WHERE {} LIMIT {}", condition.sql, MOST_FACETS + 1);
    let facets = connection
        .prepare_cached(&sql)?
        .query_map(params_from_iter(condition.values), |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    let is_useful = facets.len() <= MOST_FACETS
        && (!filter.terms().iter().any(search::reads_body)
            || are_rare(connection, &facets, up_to / LOOKED_UP)?);
    Ok(is_useful.then(|| facets.into()))
}

/// Whether fewer than so many deliveries have these facets.
fn are_rare(connection: &Connection, facets: &[i64], most: i64) -> rusqlite::Result<bool> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM listed WHERE facet = ? LIMIT ?)";
    let mut statement = connection.prepare_cached(sql)?;
    let mut left = most;
    for facet in facets {
        left -= statement.query_row(params![facet, left], |row| row.get::<_, i64>(0))?;
        if left <= 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Where numbers and times allow a match, oldest first, and whether they hold for all that is there.
fn spans(
    connection: &Connection,
    filter: &Filter,
    cursor: Cursor,
    up_to: i64,
) -> rusqlite::Result<Vec<(Span, bool)>> {
    let first = "SELECT ifnull(min(id), 1) FROM deliveries";
    let first = connection.prepare_cached(first)?.query_row([], |row| row.get::<_, i64>(0))?;
    let last = deliveries::last_id(connection)?;
    let (from, to) = match cursor {
        Cursor::Newest | Cursor::Oldest => (first, last),
        Cursor::Before(DeliveryId(id)) => (first, last.min(id.saturating_sub(1))),
        Cursor::After(DeliveryId(id)) => (first.max(id.saturating_add(1)), last),
    };
    let whole = (from <= to).then_some((Span { from, to }, true));
    let mut spans = in_time(connection, filter, whole.into_iter().collect(), up_to)?;
    for term in filter.terms() {
        let Test::Id(any) = &term.test else { continue };
        spans = narrowed(&spans, any, term.negated);
    }
    Ok(spans)
}

/// What numbers leave of spans.
fn narrowed(spans: &[(Span, bool)], any: &[Span], negated: bool) -> Vec<(Span, bool)> {
    let mut wanted = any.to_vec();
    wanted.sort_unstable_by_key(|span| span.from);
    let mut next = i64::MIN;
    let mut parts = Vec::new();
    for Span { from, to } in wanted {
        let part = if negated { (next, from - 1) } else { (from.max(next), to) };
        parts.push(part);
        next = next.max(to.saturating_add(1));
    }
    if negated {
        parts.push((next, i64::MAX));
    }
    let common = |(span, certain): &(Span, bool), (from, to): &(i64, i64)| {
        let span = Span { from: span.from.max(*from), to: span.to.min(*to) };
        (span.from <= span.to).then_some((span, *certain))
    };
    spans.iter().flat_map(|span| parts.iter().filter_map(move |part| common(span, part))).collect()
}

/// What times leave of spans.
fn in_time(
    connection: &Connection,
    filter: &Filter,
    spans: Vec<(Span, bool)>,
    up_to: i64,
) -> rusqlite::Result<Vec<(Span, bool)>> {
    let terms = filter.terms().iter();
    let terms = terms.filter(|term| matches!(term.test, Test::Since(_) | Test::Until(_)));
    let terms = terms.collect::<Vec<_>>();
    if terms.is_empty() {
        return Ok(spans);
    }
    let sql = "
        SELECT first_id, last_id, earliest, latest FROM stretches WHERE last_id >= ?
        ORDER BY last_id";
    let from = spans.first().map_or(0, |(span, _)| span.from);
    let mut found = Vec::<(Span, bool)>::new();
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([from])?;
    while let Some(row) = rows.next()? {
        let span = Span { from: row.get(0)?, to: row.get(1)? };
        let times = (row.get(2)?, row.get(3)?);
        let holds = terms.iter().map(|term| holds(term, times));
        let (any, every) =
            holds.fold((true, true), |(any, every), (may, must)| (any && may, every && must));
        match found.last_mut() {
            _ if !any => {}
            Some((last, certain)) if last.to + 1 == span.from && *certain == every => {
                last.to = span.to;
            }
            _ => found.push((span, every)),
        }
    }
    found.push((Span { from: up_to + 1, to: i64::MAX }, false));
    let (from, to) = spans.first().map_or((1, 0), |(span, _)| (span.from, span.to));
    let cut = found
        .into_iter()
        .map(|(span, certain)| (Span { from: span.from.max(from), to: span.to.min(to) }, certain));
    Ok(cut.filter(|(span, _)| span.from <= span.to).collect())
}

/// Whether a term may hold, and whether it must, between these times.
fn holds(term: &Term, (earliest, latest): (i64, i64)) -> (bool, bool) {
    let (may, must) = match &term.test {
        Test::Since(time) => (latest >= time.as_microsecond(), earliest >= time.as_microsecond()),
        Test::Until(time) => (earliest < time.as_microsecond(), latest < time.as_microsecond()),
        _ => (true, false),
    };
    if term.negated { (!must, !may) } else { (may, must) }
}

#[cfg(test)]
mod tests;
