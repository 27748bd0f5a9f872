//! The user's shell, for commands that the user typed. What was captured is never part of one.

use std::ffi::OsString;
use std::process::Command;

/// A command line for `$SHELL`, else for `sh`.
#[cfg(unix)]
pub(super) fn command(line: &str, shell: Option<OsString>) -> Command {
    let shell = shell.filter(|shell| !shell.is_empty()).unwrap_or_else(|| "sh".into());
    let mut command = Command::new(shell);
    command.arg("-c").arg(line);
    command
}

/// A command line for `cmd`, which has quoting rules of its own: it goes there as written.
#[cfg(windows)]
pub(super) fn command(line: &str, _shell: Option<OsString>) -> Command {
    use std::os::windows::process::CommandExt;

    let mut command = Command::new("cmd");
    command.raw_arg(format!("/D /S /C \"{line}\""));
    command
}
