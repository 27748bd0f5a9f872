//! The file of a store: what stands at its path, and making a new one.
//!
//! What is not a sound store of a version we know is refused before anything is written, and not a
//! byte of it or beside it changes. It is looked at through SQLite and never by other means: to
//! close a file handle of one's own drops the locks that SQLite holds on the file in this process.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::StoreError;
use super::row;
use super::schema::{
    self, ANNOTATIONS, APPLICATION, FORWARDS, OUTWARD, PACKED, REPLAY_TARGETS, VERSION,
};

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing, or a file without a byte.
    Nothing,
    /// A store.
    Store,
}

/// Looks at what stands at the path, without a change to it or beside it.
pub(super) fn examine(file: &Path) -> Result<Found, StoreError> {
    let length = match fs::metadata(file) {
        Ok(metadata) if metadata.is_dir() => return Err(not_a_store(file, "a directory")),
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(failed(file, &error)),
    };
    if length == 0 && has_log(file) {
        return Err(damaged(file, "it is empty, but not its write-ahead log"));
    }
    if length == 0 {
        return Ok(Found::Nothing);
    }
    let connection = open_unchanged(file)?;
    identify(&connection, file)?;
    read_newest(&connection).map_err(|error| damaged(file, &error.to_string()))?;
    Ok(Found::Store)
}

/// Opens a file to read, without a change to it or beside it.
pub(super) fn open_unchanged(file: &Path) -> Result<Connection, StoreError> {
    // Pages that are only in the log are part of the store. Without a log, `immutable` keeps SQLite
    // from making one.
    open(file, if has_log(file) { ReadOnly } else { Immutable })
}

fn has_log(file: &Path) -> bool {
    fs::metadata(beside(file, "-wal")).is_ok_and(|log| log.len() > 0)
}

fn identify(connection: &Connection, file: &Path) -> Result<(), StoreError> {
    let application = connection
        .pragma_query_value(None, "application_id", |row| row.get::<_, i64>(0))
        .map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => not_a_store(file, "not an SQLite file"),
            Some(ErrorCode::DatabaseCorrupt) => damaged(file, &error.to_string()),
            _ => StoreError::from(error),
        })?;
    if application != APPLICATION {
        return Err(not_a_store(file, "the SQLite file of another program"));
    }
    let found = schema::version(connection)?;
    if found > VERSION {
        return Err(StoreError::Newer { file: file.to_owned(), found, known: VERSION });
    }
    Ok(())
}

/// Each table, with the version that made it and columns that are no bodies.
const NEWEST: [(i64, &str, &str); 12] = [
    (1, row::SUMMARY, "deliveries"),
    (1, "*", "commits"),
    (1, "*", "repeats"),
    (1, "*", "counters"),
    (OUTWARD, "id, url, status, error", "attempts"),
    (OUTWARD, "*", "ledger"),
    (OUTWARD, "*", "leases"),
    (FORWARDS, "*", "forwards"),
    (REPLAY_TARGETS, "*", "replay_targets"),
    (ANNOTATIONS, "*", "annotations"),
    (ANNOTATIONS, "*", "reserved"),
    (PACKED, "*", "packed"),
];

/// Reads the newest row of each table, as much as a start can wait for.
fn read_newest(connection: &Connection) -> rusqlite::Result<()> {
    let version = schema::version(connection)?;
    for (_, columns, table) in NEWEST.into_iter().filter(|(since, ..)| *since <= version) {
        let sql = format!("SELECT {columns} FROM {table} ORDER BY 1 DESC LIMIT 1");
        let mut statement = connection.prepare(&sql)?;
        let count = statement.column_count();
        if let Some(row) = statement.query([])?.next()? {
            (0..count).try_for_each(|column| row.get_ref(column).map(drop))?;
        }
    }
    Ok(())
}

/// Makes an empty store at a path where there is nothing, whole or not at all.
pub(super) fn create(file: &Path) -> Result<(), StoreError> {
    let draft = beside(file, "-new");
    make_draft(&draft)
        .and_then(|()| fs::rename(&draft, file).map_err(|error| failed(file, &error)))
        .inspect_err(|_| drop(fs::remove_file(&draft)))
}

fn make_draft(draft: &Path) -> Result<(), StoreError> {
    // One that a crash left behind.
    drop(fs::remove_file(draft));
    private().create_new(true).open(draft).map_err(|error| failed(draft, &error))?;
    let mut connection = open(draft, ReadWrite)?;
    // Its journal would be left beside it by a crash.
    connection.pragma_update(None, "journal_mode", "MEMORY")?;
    schema::make(&mut connection)?;
    connection.close().map_err(|(_, error)| error.into())
}

/// Makes an empty file beside this one, with a name that nothing has yet.
pub(super) fn make_new(file: &Path, suffix: &str) -> Result<PathBuf, StoreError> {
    let numbered = (2..).map(|number| beside(file, &format!("{suffix}-{number}")));
    for path in std::iter::once(beside(file, suffix)).chain(numbered) {
        match private().create_new(true).open(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(&path, &error)),
        }
    }
    unreachable!("numbers do not end")
}

/// Makes the directory of a file, for its owner alone, if it does not exist.
pub(super) fn create_directory(file: &Path) -> Result<(), StoreError> {
    let Some(directory) = file.parent() else { return Ok(()) };
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(directory).map_err(|error| failed(directory, &error))
}

/// Options to open a file for writing that its owner alone may read, if it is made.
pub(super) fn private() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// How a file is opened.
#[derive(Clone, Copy, Debug)]
pub(super) enum Access {
    /// To read and write.
    ReadWrite,
    /// To read what others may write at the same time.
    ReadOnly,
    /// To read what nobody writes; nothing is made beside it.
    Immutable,
}

use Access::{Immutable, ReadOnly, ReadWrite};

/// Opens a file that exists.
pub(super) fn open(file: &Path, access: Access) -> Result<Connection, StoreError> {
    let opened = match access {
        ReadWrite => Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE | COMMON),
        ReadOnly => Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | COMMON),
        Immutable => Connection::open_with_flags(
            format!("{}?immutable=1", url(file)),
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | COMMON,
        ),
    };
    opened.map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) => {
            StoreError::Failed(format!("{} cannot be opened: {error}", file.display()))
        }
        _ => StoreError::from(error),
    })
}

const COMMON: OpenFlags = OpenFlags::SQLITE_OPEN_NO_MUTEX;

/// What stays as it is in the path of a `file:` URL.
const IN_PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b':');

fn url(file: &Path) -> String {
    let bytes = file.as_os_str().as_encoded_bytes();
    if cfg!(windows) {
        let slashes = bytes.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte });
        format!("file:///{}", percent_encode(&slashes.collect::<Vec<_>>(), IN_PATH))
    } else {
        format!("file:{}", percent_encode(bytes, IN_PATH))
    }
}

/// The path of a file that belongs to this one.
pub(super) fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut path = OsString::from(file);
    path.push(suffix);
    PathBuf::from(path)
}

/// A fault of the file system at this path.
pub(super) fn failed(file: &Path, error: &std::io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::Failed(format!("{}: {error}", file.display())),
    }
}

fn not_a_store(file: &Path, found: &'static str) -> StoreError {
    StoreError::NotAStore { file: file.to_owned(), found }
}

fn damaged(file: &Path, detail: &str) -> StoreError {
    StoreError::Damaged { file: file.to_owned(), detail: detail.to_owned() }
}
