//! A file that is there whole or not at all, that nobody else may read, and that takes the place of
//! no other.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf, absolute};

use tempfile::NamedTempFile;

/// So many names are tried where files of the name are there already.
const MOST_NAMES: u32 = 1_000;

/// A file that has no name yet. It is gone if it never gets one.
#[derive(Debug)]
pub struct NewFile {
    draft: BufWriter<NamedTempFile>,
    wanted: PathBuf,
}

impl NewFile {
    /// Begins a file beside where it is to be.
    ///
    /// # Errors
    /// When there is no such folder, or nothing can be written there; in words.
    pub fn begin(wanted: &str) -> Result<Self, String> {
        let wanted = absolute(wanted).map_err(|error| told(Path::new(wanted), &error))?;
        let (Some(folder), Some(_)) = (wanted.parent(), wanted.file_name()) else {
            return Err(format!("{} is a folder: name a file", wanted.display()));
        };
        if wanted.is_dir() {
            return Err(format!("{} is a folder: name a file in it", wanted.display()));
        }
        if !folder.is_dir() {
            return Err(format!("there is no folder {}", folder.display()));
        }
        let draft = tempfile::Builder::new().prefix(".hookscope-").tempfile_in(folder);
        let draft = draft.map_err(|error| told(&wanted, &error))?;
        Ok(Self { draft: BufWriter::new(draft), wanted })
    }

    /// Gives it its name, with a number if there is a file of that name already. Returns the name.
    ///
    /// # Errors
    /// When it cannot be written whole; in words.
    pub fn keep(self) -> Result<PathBuf, String> {
        let Self { draft, wanted } = self;
        let draft = draft.into_inner().map_err(|error| told(&wanted, error.error()))?;
        draft.as_file().sync_all().map_err(|error| told(&wanted, &error))?;
        let mut draft = draft;
        for number in 1..=MOST_NAMES {
            let name = numbered(&wanted, number);
            match draft.persist_noclobber(&name) {
                Ok(_) => return Ok(name),
                Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => {
                    draft = refused.file;
                }
                Err(refused) => return Err(told(&wanted, &refused.error)),
            }
        }
        Err(format!("there are {MOST_NAMES} files like {}: choose another name", wanted.display()))
    }

    /// What went wrong with it, in words.
    #[must_use]
    pub fn told(&self, error: &io::Error) -> String {
        told(&self.wanted, error)
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.draft.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.draft.flush()
    }
}

/// The name with a number before its ending, from the second on.
fn numbered(wanted: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return wanted.to_owned();
    }
    let mut name = wanted.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{number}"));
    if let Some(ending) = wanted.extension() {
        name.push(".");
        name.push(ending);
    }
    wanted.with_file_name(name)
}

fn told(file: &Path, error: &io::Error) -> String {
    let file = file.display();
    match error.kind() {
        ErrorKind::StorageFull => format!("the disk is full: {file} was not written"),
        ErrorKind::QuotaExceeded => format!("your quota is used up: {file} was not written"),
        ErrorKind::PermissionDenied => format!("{file} may not be written: choose another folder"),
        ErrorKind::ReadOnlyFilesystem => {
            format!("{file} is on a disk that is only to be read: choose another folder")
        }
        _ => format!("{file} cannot be written: {error}"),
    }
}

#[cfg(test)]
mod tests;
