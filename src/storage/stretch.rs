//! Reads a stretch of the list: the rows that match a filter, and how many they are.

use std::collections::BinaryHeap;

use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params_from_iter};

use super::plan::Stretch;
use super::row;
use super::schema::{self, ANNOTATIONS};
use super::search::{self, Condition};
use crate::domain::filter::Filter;
use crate::domain::filter::span::Span;
use crate::domain::page::Cursor;
use crate::domain::record::Summary;

/// Which end of the list comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Newest first.
    Down,
    /// Oldest first.
    Up,
}

impl Order {
    /// The direction of a cursor.
    pub(super) fn of(cursor: Cursor) -> Self {
        match cursor {
            Cursor::Newest | Cursor::Before(_) => Self::Down,
            Cursor::Oldest | Cursor::After(_) => Self::Up,
        }
    }
}

/// The first `limit` rows of a stretch that match.
pub(super) fn rows(
    connection: &Connection,
    filter: &Filter,
    stretch: &Stretch,
    order: Order,
    limit: usize,
) -> rusqlite::Result<Vec<Summary>> {
    let Condition { sql: condition, mut values, .. } = condition(connection, filter)?;
    let columns = row::SUMMARY;
    let Some(facets) = &stretch.facets else {
        values.extend([Value::Integer(stretch.span.from), Value::Integer(stretch.span.to)]);
        values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
        let order = if order == Order::Down { "DESC" } else { "ASC" };
        let sql = format!(
            "SELECT {columns} FROM deliveries
             WHERE {condition} AND id BETWEEN ? AND ? ORDER BY id {order} LIMIT ?"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        return statement.query_map(params_from_iter(values), row::summary)?.collect();
    };
    let sql = format!("SELECT {columns} FROM deliveries WHERE {condition} AND id = ?");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut listed = Listed::new(connection, facets, stretch.span, order)?;
    let mut rows = Vec::new();
    while rows.len() < limit
        && let Some(id) = listed.next()?
    {
        let id = Value::Integer(id);
        let values = params_from_iter(values.iter().chain([&id]));
        rows.extend(statement.query_row(values, row::summary).optional()?);
    }
    Ok(rows)
}

/// How many of a stretch match.
pub(super) fn tally(
    connection: &Connection,
    filter: &Filter,
    stretch: &Stretch,
) -> rusqlite::Result<u64> {
    let Condition { sql: condition, mut values, .. } = condition(connection, filter)?;
    let Span { from, to } = stretch.span;
    let Some(facets) = &stretch.facets else {
        values.extend([Value::Integer(from), Value::Integer(to)]);
        let sql =
            format!("SELECT count(*) FROM deliveries WHERE {condition} AND id BETWEEN ? AND ?");
        let mut statement = connection.prepare_cached(&sql)?;
        return statement.query_row(params_from_iter(values), count_of);
    };
    let mut count = 0;
    if stretch.certain && filter.terms().iter().all(search::is_listed) {
        let sql = "SELECT count(*) FROM listed WHERE facet = ? AND id BETWEEN ? AND ?";
        let mut statement = connection.prepare_cached(sql)?;
        for facet in &**facets {
            count += statement.query_row([*facet, from, to], count_of)?;
        }
        return Ok(count);
    }
    let sql = format!("SELECT 1 FROM deliveries WHERE {condition} AND id = ?");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut listed = Listed::new(connection, facets, stretch.span, Order::Down)?;
    while let Some(id) = listed.next()? {
        let id = Value::Integer(id);
        let values = params_from_iter(values.iter().chain([&id]));
        count += u64::from(statement.exists(values)?);
    }
    Ok(count)
}

fn condition(connection: &Connection, filter: &Filter) -> rusqlite::Result<Condition> {
    let has_annotations = schema::version(connection)? >= ANNOTATIONS;
    Ok(search::condition(filter, has_annotations))
}

fn count_of(row: &Row<'_>) -> rusqlite::Result<u64> {
    row.get::<_, i64>(0).map(i64::unsigned_abs)
}

/// The numbers that the lists have for any of some facets, in order.
struct Listed<'c> {
    behind: CachedStatement<'c>,
    span: Span,
    order: Order,
    /// The next number of each facet, by its place in the order.
    heads: BinaryHeap<(i64, i64)>,
}

impl<'c> Listed<'c> {
    fn new(
        connection: &'c Connection,
        facets: &[i64],
        span: Span,
        order: Order,
    ) -> rusqlite::Result<Self> {
        let order_by = if order == Order::Down { "DESC" } else { "ASC" };
        let behind = connection.prepare_cached(&format!(
            "SELECT id FROM listed WHERE facet = ? AND id BETWEEN ? AND ? ORDER BY id {order_by} LIMIT 1"
        ))?;
        let mut listed = Self { behind, span, order, heads: BinaryHeap::new() };
        for facet in facets {
            listed.push(*facet, span)?;
        }
        Ok(listed)
    }

    fn next(&mut self) -> rusqlite::Result<Option<i64>> {
        let Some((place, facet)) = self.heads.pop() else { return Ok(None) };
        let Span { from, to } = self.span;
        let (id, rest) = match self.order {
            Order::Down => (place, Span { from, to: place - 1 }),
            Order::Up => (-place, Span { from: 1 - place, to }),
        };
        self.push(facet, rest)?;
        Ok(Some(id))
    }

    fn push(&mut self, facet: i64, Span { from, to }: Span) -> rusqlite::Result<()> {
        let id = self.behind.query_row([facet, from, to], |row| row.get::<_, i64>(0)).optional()?;
        let place = |id: i64| if self.order == Order::Down { id } else { -id };
        self.heads.extend(id.map(|id| (place(id), facet)));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
