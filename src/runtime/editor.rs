//! Hands the terminal to the user's editor and takes it back.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::Command;

use bytes::Bytes;
use uuid::Uuid;

use super::terminal;
use crate::domain::http::Request;

/// What is tried where the environment names no editor.
const USUAL: &str = "vi";

/// Opens a file in `$VISUAL`, else `$EDITOR`, else `vi`, and waits until the user is done. The
/// variable may hold options, parted by spaces. The terminal is taken back whatever happens; nobody
/// else may read keys meanwhile.
///
/// # Errors
/// When there is no editor, or it ends badly, with what to do.
pub fn open(file: &Path) -> Result<(), String> {
    let command = ["VISUAL", "EDITOR"].iter().filter_map(std::env::var_os);
    let command = command.map(|command| words(&command)).find(|words| !words.is_empty());
    let words = command.unwrap_or_else(|| vec![USUAL.to_owned()]);
    terminal::lend(|| edit(&words, file))
}

/// Opens the body of a request in an editor, as a file that nobody else may read and that is gone
/// afterwards. None if it was not changed; a line end that the editor put behind the last line is no
/// change.
///
/// # Errors
/// When the file cannot be written or read, or there is no editor.
pub fn edit_body(
    request: &Request,
    edit: fn(&Path) -> Result<(), String>,
) -> Result<Option<Bytes>, String> {
    let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(&request.body).is_ok();
    let name = format!("hookscope-{}.{}", Uuid::now_v7(), if is_json { "json" } else { "txt" });
    let file = std::env::temp_dir().join(name);
    let told =
        |error: io::Error| format!("the body cannot be put into {}: {error}", file.display());
    write_new(&file, &request.body).map_err(told)?;
    let edited = edit(&file).and_then(|()| std::fs::read(&file).map_err(told));
    // What was typed is kept where the editor ended badly and named the file.
    if edited.is_ok() {
        let _ = std::fs::remove_file(&file);
    }
    let mut body = edited?;
    if body.ends_with(b"\n") && !request.body.ends_with(b"\n") {
        body.pop();
    }
    Ok((body != request.body).then(|| Bytes::from(body)))
}

fn write_new(file: &Path, body: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(body)
}

fn words(command: &OsStr) -> Vec<String> {
    command.to_string_lossy().split_whitespace().map(str::to_owned).collect()
}

fn edit(words: &[String], file: &Path) -> Result<(), String> {
    let shown = file.display();
    let [program, options @ ..] = words else {
        return Err(format!("there is no editor: set $EDITOR; the file is {shown}"));
    };
    match Command::new(program).args(options).arg(file).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{program} ended with {status}; the file is {shown}")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(format!("there is no {program}: set $EDITOR; the file is {shown}"))
        }
        Err(error) => Err(format!("{program} cannot be started: {error}; the file is {shown}")),
    }
}

#[cfg(test)]
mod tests;
