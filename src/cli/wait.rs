//! `wait`: until matching deliveries arrive. Another hookscope captures them; its store tells.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout_at};

use super::arguments::GlobalArguments;
use super::configured;
use super::exit::Exit;
use super::failure::Failure;
use super::list::{self, Printer};
use super::reading;
use super::wait_arguments::WaitArguments;
use crate::config::paths::Environment;
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::domain::page::Cursor;
use crate::runtime::watching;
use crate::storage::Store;
use crate::storage::error::StoreError;
use crate::storage::writes::Writes;

/// How often the store is looked at while somebody writes to it, or where that cannot be watched.
const STEP: Duration = Duration::from_millis(50);

/// How many rows are read at once.
const PAGE: usize = 200;

/// Prints each delivery that matches, until there are as many as are waited for.
pub fn run(
    global: &GlobalArguments,
    arguments: &WaitArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let filter = filter(arguments)?;
    let file = reading::file(&configured::config(global.flags(), environment)?)?;
    let printer = Printer {
        format: arguments.output.format,
        style: global.style(environment),
        reveal: arguments.reveal,
    };
    let mut waiting = Waiting { filter: Arc::new(filter), printer, left: arguments.count };
    let is_new_only = arguments.since.is_none();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(async {
        let ended = timeout_at(later(arguments.timeout), waiting.at(&file, is_new_only)).await;
        match ended {
            Ok(ended) => ended.map(|()| Exit::Done),
            Err(_elapsed) => Err(too_late(arguments, waiting.left).into()),
        }
    })
}

fn later(timeout: Duration) -> Instant {
    let now = Instant::now();
    // Longer than a year is for ever.
    now + timeout.min(Duration::from_secs(365 * 24 * 3_600))
}

/// What is waited for, `--since` included.
fn filter(arguments: &WaitArguments) -> Result<Filter, Failure> {
    let now = Timestamp::now();
    let filter = list::filter(&arguments.filter.join(" "), now)?;
    let Some(since) = &arguments.since else { return Ok(filter) };
    let is_one_word = !since.contains(char::is_whitespace);
    let since = Filter::parse(&format!("since:{since}"), now).ok().filter(|_| is_one_word);
    let since = since.ok_or_else(|| {
        let message = "--since is neither a duration such as 30s nor a time";
        Failure::new(Exit::Wrong, "usage", message)
            .hint("write it as in 5m or 2026-11-21T10:00:00Z")
    })?;
    // What a filter prints, it reads.
    list::filter(&format!("{filter} {since}"), now)
}

fn too_late(arguments: &WaitArguments, left: u32) -> Failure {
    let came = arguments.count - left;
    let message = match (came, arguments.count) {
        (_, 1) => format!("no delivery came within {:?}", arguments.timeout),
        (came, count) => {
            format!("{came} of {count} deliveries came within {:?}", arguments.timeout)
        }
    };
    Failure::new(Exit::No, "timeout", message)
}

struct Waiting {
    filter: Arc<Filter>,
    printer: Printer,
    /// How many still have to arrive.
    left: u32,
}

impl Waiting {
    /// Looks into the store in this file, which a listener may still have to make.
    async fn at(&mut self, file: &Path, is_new_only: bool) -> anyhow::Result<()> {
        let was_there = file.exists();
        let store = opened(file).await?;
        let last = if is_new_only && was_there { newest(&store).await? } else { DeliveryId(0) };
        let ended = self.follow(file, &store, last).await;
        store.close().await;
        ended
    }

    async fn follow(
        &mut self,
        file: &Path,
        store: &Store,
        mut last: DeliveryId,
    ) -> anyhow::Result<()> {
        let known = store.version().await?;
        let reading = store.clone();
        let version = move || {
            let reading = reading.clone();
            async move { reading.version().await.ok() }
        };
        let (tell, mut told) = mpsc::channel(1);
        let mut watching = JoinSet::new();
        watching.spawn(watching::run(file.to_owned(), STEP, Some(known), version, tell));
        loop {
            last = self.take(store, last).await?;
            if self.left == 0 {
                return Ok(());
            }
            told.recv().await.context("the store is not watched any more")?;
        }
    }

    /// Prints what matches behind this delivery; the last one that was looked at.
    async fn take(&mut self, store: &Store, mut last: DeliveryId) -> anyhow::Result<DeliveryId> {
        // Read ahead of the matches, so that none slips in between.
        let newest = newest(store).await?;
        loop {
            let wanted = PAGE.min(usize::try_from(self.left).unwrap_or(PAGE));
            let filter = Arc::clone(&self.filter);
            let page = store.page(filter, Cursor::After(last), wanted).await?;
            self.printer.rows(store, page.rows.iter().rev()).await?;
            self.left -= u32::try_from(page.rows.len()).unwrap_or(self.left).min(self.left);
            last = page.rows.first().map_or(last, |row| row.id);
            if self.left == 0 || !page.more() {
                return Ok(last.max(newest));
            }
        }
    }
}

/// Opens the store as soon as there is one.
async fn opened(file: &Path) -> anyhow::Result<Store> {
    loop {
        // From before the look on, so that nothing comes in between.
        let watched = Writes::before(file);
        match Store::open_to_read(file) {
            Err(StoreError::Missing { .. }) => {}
            opened => return Ok(opened?),
        }
        if let Ok(writes) = watched {
            writes.first().await;
        }
        sleep(STEP).await;
    }
}

async fn newest(store: &Store) -> anyhow::Result<DeliveryId> {
    let page = store.page(Arc::default(), Cursor::Newest, 1).await?;
    Ok(page.rows.first().map_or(DeliveryId(0), |row| row.id))
}
