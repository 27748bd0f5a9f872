//! `init`: a commented config to begin with, and what `.env` files suggest for it.

use std::fs;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::Context as _;

use super::arguments::GlobalArguments;
use super::asking;
use super::exit::Exit;
use super::failure::Failure;
use super::init_arguments::InitArguments;
use crate::config::paths::{self, Environment, PROJECT_FILE};
use crate::domain::proposal::Beginning;
use crate::runtime::{env_files, first_config};

/// Writes the config, unless there is one already.
pub fn run(
    global: &GlobalArguments,
    arguments: &InitArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let file = match &global.config {
        Some(file) => file.clone(),
        None => environment.working_folder.join(PROJECT_FILE),
    };
    // Before anything is asked.
    if fs::symlink_metadata(&file).is_ok() {
        return Err(taken(&file).into());
    }
    let looked = look(&paths::folder_of(&file), arguments, global.quiet)?;
    let said = looked.as_ref().map(said);
    match first_config::write(&file, &looked.unwrap_or_default()) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(taken(&file).into()),
        written => written.with_context(|| format!("cannot write {}", file.display()))?,
    }
    writeln!(io::stdout(), "{}", file.display())?;
    if !global.quiet {
        if let Some(said) = said {
            writeln!(io::stderr(), "{said}")?;
        }
        let next = "written; name your endpoints and secrets there, then run `hookscope doctor`";
        writeln!(io::stderr(), "{next}")?;
    }
    Ok(Exit::Done)
}

fn taken(file: &Path) -> Failure {
    let message = format!("{} is already there and was left as it is", file.display());
    Failure::new(Exit::Wrong, "exists", message)
        .hint("move it away, or name another file with --config")
}

/// What came of looking at `.env` files.
fn said(looked: &Beginning) -> String {
    let files = looked.env_files.join(", ");
    if files.is_empty() {
        return "there is no .env file beside it".to_owned();
    }
    if looked.proposed.is_empty() {
        return format!("no name in {files} tells of a sender that is known");
    }
    let names = looked.proposed.iter().map(|proposal| proposal.name.as_str());
    let names = names.collect::<Vec<_>>().join(", ");
    format!("proposed at the end of it, by the names in {files}: {names}")
}

/// Looks, if the user agrees.
fn look(
    folder: &Path,
    arguments: &InitArguments,
    is_quiet: bool,
) -> anyhow::Result<Option<Beginning>> {
    let env_files = env_files::found(folder);
    if !arguments.env_names && (env_files.is_empty() || !is_agreed(&env_files.join(", "))?) {
        return Ok(None);
    }
    let (proposed, left_out) = env_files::suggested(folder, &env_files);
    for reason in left_out.iter().filter(|_| !is_quiet) {
        writeln!(io::stderr(), "hookscope: {reason}")?;
    }
    Ok(Some(Beginning { env_files, proposed, ..Beginning::default() }))
}

/// Without a terminal nobody agrees.
fn is_agreed(files: &str) -> anyhow::Result<bool> {
    let nobody = "there is no terminal to ask at";
    let question = format!("look at the names in {files} (no value is kept)");
    Ok(io::stdin().is_terminal() && asking::agreed(&question, nobody)?)
}
