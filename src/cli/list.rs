//! `list`: captured deliveries, newest last.

use std::io::{self, Write};
use std::sync::Arc;

use jiff::Timestamp;

use super::arguments::{GlobalArguments, ListArguments};
use super::exit::Exit;
use super::failure::Failure;
use super::format::Format;
use super::reading::with_store;
use crate::config::paths::Environment;
use crate::domain::filter::{Filter, FilterError};
use crate::domain::page::Cursor;
use crate::domain::record::Summary;
use crate::runtime::{ndjson, text_lines};
use crate::storage::Store;
use crate::ui::text;

/// How many rows are asked for at once.
const PAGE: usize = 200;

/// Prints the deliveries that match.
pub fn run(
    global: &GlobalArguments,
    arguments: &ListArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let filter = filter(&arguments.filter.join(" "), Timestamp::now())?;
    let printer = Printer {
        format: arguments.output.format,
        style: global.style(environment),
        reveal: arguments.reveal,
    };
    let filter = Arc::new(filter);
    with_store(global, environment, |store| async move {
        let count = match arguments.limit {
            0 => all(&store, filter, &printer).await?,
            limit => newest(&store, filter, limit, &printer).await?,
        };
        if count == 0 && !global.quiet {
            writeln!(io::stderr(), "no delivery matches")?;
        }
        Ok(Exit::Done)
    })
}

/// Reads a filter of the command line.
pub(super) fn filter(text: &str, now: Timestamp) -> Result<Filter, Failure> {
    Filter::parse(text, now).map_err(|error| mistake(text, &error))
}

/// Prints from the oldest on, page by page, so that memory does not grow with the store.
async fn all(store: &Store, filter: Arc<Filter>, printer: &Printer) -> anyhow::Result<usize> {
    let mut cursor = Cursor::Oldest;
    let mut count = 0;
    loop {
        let page = store.page(Arc::clone(&filter), cursor, PAGE).await?;
        printer.rows(store, page.rows.iter().rev()).await?;
        count += page.rows.len();
        match page.rows.first() {
            Some(newest) if page.more() => cursor = Cursor::After(newest.id),
            _ => return Ok(count),
        }
    }
}

/// Collects the newest, then prints them with the newest last.
async fn newest(
    store: &Store,
    filter: Arc<Filter>,
    limit: usize,
    printer: &Printer,
) -> anyhow::Result<usize> {
    let mut rows = Vec::new();
    let mut cursor = Cursor::Newest;
    while rows.len() < limit {
        let wanted = PAGE.min(limit - rows.len());
        let page = store.page(Arc::clone(&filter), cursor, wanted).await?;
        let more = page.more();
        rows.extend(page.rows);
        match rows.last() {
            Some(oldest) if more => cursor = Cursor::Before(oldest.id),
            _ => break,
        }
    }
    printer.rows(store, rows.iter().rev()).await?;
    Ok(rows.len())
}

/// Prints deliveries as they are asked for.
pub(super) struct Printer {
    pub(super) format: Format,
    pub(super) style: text_lines::Style,
    /// Whether credentials are printed too.
    pub(super) reveal: bool,
}

impl Printer {
    /// Prints the deliveries of these rows.
    pub(super) async fn rows(
        &self,
        store: &Store,
        rows: impl Iterator<Item = &Summary>,
    ) -> anyhow::Result<()> {
        for row in rows {
            match self.format {
                Format::Text => writeln!(io::stdout(), "{}", self.style.delivery(row))?,
                Format::Json => {
                    // Deleted since the page was read: then it is not listed.
                    if let Some(record) = store.load(row.id).await? {
                        let line = ndjson::delivery(&record, self.reveal);
                        ndjson::write_line(&mut io::stdout().lock(), &line)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Points at the place where the filter stops making sense.
fn mistake(filter: &str, error: &FilterError) -> Failure {
    let before = text::visible(filter.get(..error.at).unwrap_or(filter));
    let excerpt = format!("{filter}\n{}^", " ".repeat(text::width(&before)));
    let message = format!("cannot read the filter: {}", error.message);
    Failure { excerpt: Some(excerpt), ..Failure::new(Exit::Wrong, "filter", message) }
}
