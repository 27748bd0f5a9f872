//! The log: to standard error without a dashboard, to a file beside it.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::Mutex;

use tracing_subscriber::EnvFilter;

/// A log file longer than this is begun anew at the next start.
const LONGEST_FILE: u64 = 5 * 1024 * 1024;

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Nothing but errors.
    Quiet,
    /// Warnings too.
    Usual,
    /// What the program does.
    Verbose,
    /// What the libraries under it do.
    Debugging,
}

impl Verbosity {
    fn directives(self) -> &'static str {
        match self {
            Self::Quiet => "error",
            Self::Usual => "warn",
            Self::Verbose => "warn,hookscope=info",
            Self::Debugging => "info,hookscope=debug",
        }
    }
}

/// Logs to standard error. A second call changes nothing.
pub fn to_stderr(verbosity: Verbosity) {
    let filter = EnvFilter::new(verbosity.directives());
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(io::stderr)
        .try_init();
}

/// Logs to a file that only its owner can read, in a folder that is made so if it does not exist. A
/// second call changes nothing.
///
/// # Errors
/// When the folder cannot be made or the file cannot be opened.
pub fn to_file(file: &Path, verbosity: Verbosity) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(folder)?;
    }
    let too_long = file.metadata().is_ok_and(|known| known.len() > LONGEST_FILE);
    let mut options = OpenOptions::new();
    options.create(true).write(true).append(!too_long).truncate(too_long);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file: File = options.open(file)?;
    let _ = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(verbosity.directives()))
        .with_ansi(false)
        .with_writer(Mutex::new(file))
        .try_init();
    Ok(())
}
