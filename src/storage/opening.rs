//! The connections of a store: what may be opened how, and what has to be true before.

use std::path::Path;

use rusqlite::Connection;

use super::error::StoreError;
use super::file::{self, Access, Found};
use super::holding::Holding;
use super::options::Durability;
use super::schema::{self, VERSION};
use super::search;

/// The connection that takes deliveries, with the holding that keeps others from taking any. Makes
/// the file if there is none.
pub(super) fn to_write(
    path: &Path,
    durability: Durability,
    holder: &str,
) -> Result<(Connection, Holding), StoreError> {
    // Before anything is made beside a file that is not ours.
    let found = file::examine(path)?;
    file::create_directory(path)?;
    let holding = Holding::take(path, holder)?;
    if found == Found::Nothing && file::examine(path)? == Found::Nothing {
        file::create(path)?;
    }
    let mut connection = writable(path)?;
    schema::set_writer(&connection, durability)?;
    schema::migrate(&mut connection)?;
    Ok((connection, holding))
}

/// A connection that moves into the file what the one that takes deliveries commits.
pub(super) fn to_checkpoint(path: &Path, durability: Durability) -> Result<Connection, StoreError> {
    let connection = writable(path)?;
    schema::set_writer(&connection, durability)?;
    Ok(connection)
}

/// A connection that writes what is no delivery, whoever takes those.
pub(super) fn beside(path: &Path) -> Result<Connection, StoreError> {
    must_exist(path)?;
    let mut connection = writable(path)?;
    schema::set_beside(&connection)?;
    if schema::version(&connection)? < VERSION {
        // Its tables change only while nobody holds it.
        let _holding =
            Holding::take(path, "bringing it up to date").map_err(|error| match error {
                StoreError::Held { file, holder } => StoreError::Older { file, holder },
                error => error,
            })?;
        schema::migrate(&mut connection)?;
    }
    Ok(connection)
}

/// A connection to an existing store that only reads.
pub(super) fn to_read(path: &Path) -> Result<Connection, StoreError> {
    must_exist(path)?;
    reading(path)
}

/// A connection that reads beside one that is open already.
pub(super) fn reading(path: &Path) -> Result<Connection, StoreError> {
    let connection = file::open(path, Access::ReadOnly)?;
    schema::set_reader(&connection)?;
    search::add_functions(&connection)?;
    Ok(connection)
}

/// A store that is gone with its connection.
pub(super) fn in_memory() -> Result<Connection, StoreError> {
    let mut connection = Connection::open_in_memory()?;
    schema::make(&mut connection)?;
    search::add_functions(&connection)?;
    Ok(connection)
}

fn must_exist(path: &Path) -> Result<(), StoreError> {
    match file::examine(path)? {
        Found::Nothing => Err(StoreError::Missing { file: path.to_owned() }),
        Found::Store => Ok(()),
    }
}

fn writable(path: &Path) -> Result<Connection, StoreError> {
    let connection = file::open(path, Access::ReadWrite)?;
    if connection.is_readonly("main")? { Err(StoreError::ReadOnly) } else { Ok(connection) }
}
