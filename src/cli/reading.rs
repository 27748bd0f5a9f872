//! Looking into a store without writing it, for the commands that print and end.

use std::path::{Path, PathBuf};

use super::arguments::GlobalArguments;
use super::configured;
use super::exit::Exit;
use super::failure::Failure;
use crate::config::Config;
use crate::config::paths::Environment;
use crate::storage::{Location, Store};

/// The configured store, opened to read, and its file.
pub(super) fn open(config: &Config) -> anyhow::Result<(PathBuf, Store)> {
    let file = file(config)?;
    let store = Store::open_to_read(&file)?;
    Ok((file, store))
}

/// The file of the configured store.
pub(super) fn file(config: &Config) -> anyhow::Result<PathBuf> {
    let Location::File(file) = &config.store else {
        let message = "a store in memory has nothing to be read by another program";
        return Err(Failure::new(Exit::Wrong, "store_in_memory", message)
            .hint("name a file with --store")
            .into());
    };
    Ok(file.clone())
}

/// Runs `work` with the configured store, opened to read.
pub(super) fn with_store<F: Future<Output = anyhow::Result<Exit>>>(
    global: &GlobalArguments,
    environment: &Environment,
    work: impl FnOnce(Store) -> F,
) -> anyhow::Result<Exit> {
    let (_, store) = open(&configured::config(global.flags(), environment)?)?;
    with(store, work)
}

/// Runs `work` with the store in this file, opened to read.
pub(super) fn with_file<T, F: Future<Output = anyhow::Result<T>>>(
    file: &Path,
    work: impl FnOnce(Store) -> F,
) -> anyhow::Result<T> {
    with(Store::open_to_read(file)?, work)
}

fn with<T, F: Future<Output = anyhow::Result<T>>>(
    store: Store,
    work: impl FnOnce(Store) -> F,
) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(async {
        let result = work(store.clone()).await;
        store.close().await;
        result
    })
}
