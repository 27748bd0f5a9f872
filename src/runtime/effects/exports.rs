//! Deliveries are written to a file for the dashboard.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::app::message::Message;
use crate::config::Config;
use crate::config::paths::Environment;
use crate::domain::export::{Exported, Order, Progress};
use crate::runtime::exporting::new_file::NewFile;
use crate::runtime::exporting::redaction::Redaction;
use crate::runtime::exporting::{Export, Written};
use crate::storage::Store;

/// Progress is not told more often.
const BETWEEN: Duration = Duration::from_millis(100);

/// What deliveries are exported with.
#[derive(Clone, Debug)]
pub struct Exporting {
    /// Tells where deliveries were sent to, and which secrets there are.
    pub config: Arc<Config>,
    /// Where secrets are read from.
    pub environment: Environment,
}

/// Writes the deliveries of an order. After `cancel` nothing is left of the file.
pub(super) async fn export(
    store: Store,
    order: Order,
    exporting: Exporting,
    inbox: mpsc::Sender<Message>,
    cancel: CancellationToken,
) -> Message {
    // Whoever ends this task does not want the file either.
    let _cancelling = cancel.clone().drop_guard();
    let handle = Handle::current();
    // Files take their time, and so does redaction.
    let written = tokio::task::spawn_blocking(move || {
        handle.block_on(write(&store, &order, &exporting, &inbox, &cancel))
    });
    let written = written.await.unwrap_or_else(|error| Err(error.to_string()));
    Message::Exported(written)
}

/// None if it was cancelled.
async fn write(
    store: &Store,
    order: &Order,
    exporting: &Exporting,
    inbox: &mpsc::Sender<Message>,
    cancel: &CancellationToken,
) -> Result<Option<Exported>, String> {
    let Exporting { config, environment } = exporting;
    let mut file = NewFile::begin(&order.file)?;
    let redaction = order.is_redacted.then(|| Redaction::new(config, environment)).transpose();
    let redaction = redaction.map_err(|error| error.to_string())?;
    let written = {
        let export = Export::begin(&mut file, order.form, false, config, redaction);
        match export {
            Ok(export) => all(export, store, order, inbox, cancel).await,
            Err(error) => Err(error.into()),
        }
    };
    let told = |error: anyhow::Error| match error.downcast::<std::io::Error>() {
        Ok(error) => file.told(&error),
        Err(error) => format!("{error:#}"),
    };
    let Some(Written { count, notes }) = written.map_err(told)? else { return Ok(None) };
    if count == 0 {
        return Err("the store has none of the deliveries any more".to_owned());
    }
    let missing = order.deliveries.len() as u64 - count;
    let file = file.keep().map(|file: PathBuf| file.display().to_string())?;
    Ok(Some(Exported { file, count, missing, notes }))
}

async fn all(
    mut export: Export<'_, &mut NewFile>,
    store: &Store,
    order: &Order,
    inbox: &mpsc::Sender<Message>,
    cancel: &CancellationToken,
) -> anyhow::Result<Option<Written>> {
    let total = order.deliveries.len() as u64;
    let mut told_at = Instant::now();
    for (done, id) in (0..).zip(&order.deliveries) {
        if cancel.is_cancelled() {
            return Ok(None);
        }
        if told_at.elapsed() >= BETWEEN {
            told_at = Instant::now();
            // Who does not keep up is told the next time.
            let _ = inbox.try_send(Message::Exporting(Progress { total, done }));
        }
        export.stored(store, *id).await?;
    }
    Ok(Some(export.end()?))
}

#[cfg(test)]
mod tests;
