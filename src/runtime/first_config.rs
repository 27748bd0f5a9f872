//! The first config is written: whole or not at all, for the user alone, and over no other file.

use std::io::{self, Write as _};
use std::path::Path;

use crate::config::beginning::text;
use crate::config::paths::folder_of;
use crate::domain::proposal::Beginning;

/// Writes the config that begins so.
///
/// # Errors
/// When there is a file of that name already, which is left as it is, or it cannot be written.
pub fn write(file: &Path, beginning: &Beginning) -> io::Result<()> {
    let mut draft = tempfile::Builder::new().prefix(".hookscope-").tempfile_in(folder_of(file))?;
    draft.write_all(text(beginning).as_bytes())?;
    draft.as_file().sync_all()?;
    draft.persist_noclobber(file).map(drop).map_err(|refused| refused.error)
}

#[cfg(test)]
mod tests;
