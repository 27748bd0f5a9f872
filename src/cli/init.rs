//! `init`: a commented config to begin with.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};

use anyhow::Context as _;

use super::arguments::GlobalArguments;
use super::exit::Exit;
use super::failure::Failure;
use crate::config::DEFAULT_FILE;
use crate::config::paths::{Environment, PROJECT_FILE};

/// Writes the config, unless there is one already. It may come to hold secrets, so nobody else
/// reads it.
pub fn run(global: &GlobalArguments, environment: &Environment) -> anyhow::Result<Exit> {
    let file = match &global.config {
        Some(file) => file.clone(),
        None => environment.working_folder.join(PROJECT_FILE),
    };
    let shown = file.display();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let opened = options.open(&file);
    if opened.as_ref().is_err_and(|error| error.kind() == ErrorKind::AlreadyExists) {
        let message = format!("{shown} is already there and was left as it is");
        return Err(Failure::new(Exit::Wrong, "exists", message)
            .hint("move it away, or name another file with --config")
            .into());
    }
    opened
        .and_then(|mut opened| opened.write_all(DEFAULT_FILE.as_bytes()))
        .with_context(|| format!("cannot write {shown}"))?;
    writeln!(io::stdout(), "{shown}")?;
    if !global.quiet {
        let next = "written; name your endpoints and secrets there, then run `hookscope doctor`";
        writeln!(io::stderr(), "{next}")?;
    }
    Ok(Exit::Done)
}
