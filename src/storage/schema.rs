//! The tables, how they came to be, and how a connection is set.

use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};

use super::error::StoreError;
use super::options::Durability;

/// Each with the version that it makes of the one before; a store without tables has version 0.
const MIGRATIONS: [(i64, &str); 7] = [
    (1, include_str!("../../assets/schema/0001_deliveries.sql")),
    (OUTWARD, include_str!("../../assets/schema/0002_outward.sql")),
    (FORWARDS, include_str!("../../assets/schema/0003_forwards.sql")),
    (REPLAY_TARGETS, include_str!("../../assets/schema/0004_replay_targets.sql")),
    (LISTS, include_str!("../../assets/schema/0005_lists.sql")),
    (ANNOTATIONS, include_str!("../../assets/schema/0006_annotations.sql")),
    (PACKED, include_str!("../../assets/schema/0007_packed.sql")),
];

/// The version since which there are attempts, a ledger and leases.
pub(super) const OUTWARD: i64 = 2;

/// The version since which it is known how far forwarding has got.
pub(super) const FORWARDS: i64 = 3;

/// The version since which it is kept where deliveries were replayed to.
pub(super) const REPLAY_TARGETS: i64 = 4;
/// The version since which deliveries are listed by what filters ask for.
pub(super) const LISTS: i64 = 5;
/// The version since which the user can say something of deliveries, and old ones are deleted.
pub(super) const ANNOTATIONS: i64 = 6;
/// The version since which long bodies are packed, and attempts tell whether certificates were
/// checked.
pub(super) const PACKED: i64 = 7;

/// What the first migration writes into the header of every store.
pub(super) const APPLICATION: i64 = 0x686b_7363;

/// The newest version that this program knows.
pub(super) const VERSION: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// What cannot be changed once there are tables. Pages of 8 KiB keep a delivery of usual size whole
/// and are scanned faster than smaller ones; `auto_vacuum` lets space be given back in small steps.
const SHAPE: &str = "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL;";

/// Shapes a store that has no tables yet, then makes them.
pub(super) fn make(connection: &mut Connection) -> rusqlite::Result<()> {
    make_up_to(connection, VERSION)
}

/// The same as an earlier version of this program had it.
pub(super) fn make_up_to(connection: &mut Connection, version: i64) -> rusqlite::Result<()> {
    connection.execute_batch(SHAPE)?;
    migrate_up_to(connection, version)
}

/// Brings the tables to the newest version.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    migrate_up_to(connection, VERSION)
}

fn migrate_up_to(connection: &mut Connection, last: i64) -> rusqlite::Result<()> {
    let version = version(connection)?;
    let missing = MIGRATIONS.into_iter().filter(|(makes, _)| *makes > version && *makes <= last);
    for (makes, sql) in missing {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", makes)?;
        transaction.commit()?;
    }
    Ok(())
}

/// The version of the tables.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Sets a connection that writes a file.
pub(super) fn set_writer(
    connection: &Connection,
    durability: Durability,
) -> Result<(), StoreError> {
    set_common(connection)?;
    let mode = connection
        .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))?;
    if mode != "wal" {
        return Err(StoreError::Failed(format!(
            "the store's file system does not allow a write-ahead log (SQLite stays with `{mode}`); choose a local disk with --store"
        )));
    }
    // FULL waits for the disk with each commit. The two about `fullfsync` matter on macOS, where
    // a plain fsync leaves the data in the drive's own cache.
    let durability = match durability {
        Durability::Full => {
            "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;"
        }
        Durability::Relaxed => "PRAGMA synchronous = NORMAL;",
    };
    connection.execute_batch(durability)?;
    // Where nobody makes checkpoints beside the writer, they are its own, and small: one of 500 pages
    // holds up its callers for a few milliseconds, one of 4,000 for fifty, at the same rate.
    connection.pragma_update(None, "wal_autocheckpoint", 500)?;
    // What one with a large body in it made the log grow to is given back.
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    Ok(())
}

/// Sets a connection that writes beside the one that takes deliveries: it waits longer for its turn,
/// because that one may have another delivery to commit each time.
pub(super) fn set_beside(connection: &Connection) -> Result<(), StoreError> {
    set_writer(connection, Durability::Full)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    Ok(())
}

/// Sets a connection that only reads.
pub(super) fn set_reader(connection: &Connection) -> rusqlite::Result<()> {
    set_common(connection)?;
    // Several of them read, most of it once.
    connection.pragma_update(None, "cache_size", -2_048)?;
    connection.pragma_update(None, "query_only", true)
}

fn set_common(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(1))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.execute_batch("PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;")
}
