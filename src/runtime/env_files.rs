//! The `.env` files of a folder, read for the names in them alone, and what these suggest.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use crate::config::env_names;
use crate::config::proposals::proposals;
use crate::domain::proposal::Proposal;
use crate::domain::secret::Secret;
use crate::verify::catalog::Catalog;

/// The longest file that is read, in bytes.
const LONGEST: u64 = 64 << 10;

/// How many files are looked at.
const MOST: usize = 16;

/// The names of the files whose names begin with `.env`, sorted. Links, folders and the like are
/// none, and neither is what has a name that a terminal might not take for text.
#[must_use]
pub fn found(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let names = files.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names = names.filter(|name| is_env(name)).collect::<Vec<_>>();
    names.sort();
    names.truncate(MOST);
    names
}

/// What the names in these files of a folder suggest, and why some of the files were left out.
#[must_use]
pub fn suggested(folder: &Path, files: &[String]) -> (Vec<Proposal>, Vec<String>) {
    let (mut known, mut left_out) = (Vec::new(), Vec::new());
    for file in files {
        match names(&folder.join(file)) {
            Ok(read) => known.extend(read),
            Err(error) => left_out.push(format!("{file} was left out: {error}")),
        }
    }
    (proposals(known.iter().map(String::as_str), &Catalog::builtin()), left_out)
}

/// The names that a file gives values to. The file itself is wiped from memory.
fn names(file: &Path) -> io::Result<Vec<String>> {
    let opened = File::open(file)?;
    if opened.metadata()?.len() > LONGEST {
        return Err(io::Error::other("it is longer than 64 KiB"));
    }
    // Never moved to a larger place, so that no copy stays behind.
    let mut text = Vec::with_capacity(usize::try_from(LONGEST).expect("64 KiB") + 1);
    let read = opened.take(LONGEST).read_to_end(&mut text);
    let text = Secret::new(text);
    read?;
    Ok(env_names::names(text.expose()).into_iter().map(str::to_owned).collect())
}

fn is_env(name: &str) -> bool {
    let is_plain = |part: char| part.is_ascii_alphanumeric() || "._-".contains(part);
    let rest = name.strip_prefix(".env");
    rest.is_some_and(|rest| rest.chars().all(is_plain))
}
