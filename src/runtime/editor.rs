//! Hands the terminal to the user's editor and takes it back.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::Command;

use super::terminal;

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
    terminal::give_back().map_err(|error| format!("the terminal cannot be given away: {error}"))?;
    let edited = edit(&words, file);
    terminal::take().map_err(|error| format!("the terminal cannot be taken back: {error}"))?;
    edited
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
