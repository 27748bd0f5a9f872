//! `delete`: deliveries are deleted, with all that belongs to them, beside whoever takes new ones.

use std::io::{self, Write as _};
use std::sync::Arc;

use jiff::Timestamp;

use super::arguments::GlobalArguments;
use super::asking;
use super::configured;
use super::delete_arguments::DeleteArguments;
use super::exit::Exit;
use super::failure::Failure;
use super::format::Format;
use super::progress::ProgressLine;
use super::replay_arguments::Ids;
use super::{list, reading};
use crate::config::paths::Environment;
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::runtime::deleting::{Deleting, matching};
use crate::runtime::ndjson;
use crate::storage::Store;

/// Asks, deletes and prints how many are gone.
///
/// # Errors
/// When there is nobody to ask, or the store cannot be written.
pub fn run(
    global: &GlobalArguments,
    arguments: &DeleteArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let filter = Arc::new(filter(arguments)?);
    let file = reading::file(&configured::config(global.flags(), environment)?)?;
    let store = Store::open_beside(&file)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(async {
        let ended = delete(&store, &filter, arguments, global.quiet).await;
        store.close().await;
        ended
    })
}

/// The numbers and the filter as one filter.
fn filter(arguments: &DeleteArguments) -> Result<Filter, Failure> {
    let mut text = arguments.filter.clone().unwrap_or_default();
    let now = Timestamp::now();
    // Said about the filter as it was written.
    list::filter(&text, now)?;
    let numbers = arguments.ids.iter().map(|ids| match ids {
        Ids::One(id) => id.to_string(),
        Ids::Range(first, last) => format!("{first}..{last}"),
    });
    let numbers = numbers.collect::<Vec<_>>().join(",");
    if !numbers.is_empty() {
        text = format!("id:{numbers} {text}");
    }
    list::filter(&text, now)
}

async fn delete(
    store: &Store,
    filter: &Arc<Filter>,
    arguments: &DeleteArguments,
    is_quiet: bool,
) -> anyhow::Result<Exit> {
    let ids = matching(store, filter).await?;
    if ids.is_empty() {
        let failure = Failure::new(Exit::No, "not_found", "there is no such delivery");
        return Err(failure.hint("`hookscope list` shows which there are").into());
    }
    if !arguments.yes && !agreed(&question(store, &ids).await?)? {
        return Ok(Exit::No);
    }
    let progress = ProgressLine::new("deleted", Some(ids.len() as u64), !is_quiet);
    let mut deleting = Deleting::new(store, ids.into());
    while deleting.step().await?.is_some() {
        progress.reached(deleting.gone + deleting.in_use);
    }
    drop(progress);
    let Deleting { gone, in_use, .. } = deleting;
    let mut out = io::stdout().lock();
    match arguments.output.format {
        Format::Json => ndjson::write_line(&mut out, &ndjson::Deleted { gone, in_use })?,
        Format::Text => writeln!(out, "{gone} deleted")?,
    }
    if in_use > 0 {
        writeln!(
            io::stderr(),
            "hookscope: {in_use} stay: they wait for an app or are being replayed"
        )?;
    }
    Ok(if in_use > 0 { Exit::No } else { Exit::Done })
}

async fn question(store: &Store, ids: &[DeliveryId]) -> anyhow::Result<String> {
    let marked = store.marked().await?;
    let marked = marked.iter().filter(|(id, _)| ids.binary_search(id).is_ok()).count();
    let what = if ids.len() == 1 { "delivery" } else { "deliveries" };
    let marked = if marked > 0 { format!(", {marked} of them marked") } else { String::new() };
    Ok(format!("delete {} {what}{marked}", ids.len()))
}

/// What the user says.
fn agreed(question: &str) -> anyhow::Result<bool> {
    let nobody = "this is asked about before, and there is no terminal to ask at";
    let is_yes = asking::agreed(question, nobody)?;
    if !is_yes {
        writeln!(io::stderr(), "hookscope: nothing was deleted")?;
    }
    Ok(is_yes)
}
