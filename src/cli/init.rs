//! `init`: a commented config to begin with, and what `.env` files suggest for it.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::Context as _;

use super::arguments::GlobalArguments;
use super::exit::Exit;
use super::failure::Failure;
use super::init_arguments::InitArguments;
use super::{asking, env_files};
use crate::config::DEFAULT_FILE;
use crate::config::paths::{self, Environment, PROJECT_FILE};
use crate::config::proposals::{Proposal, proposals};
use crate::verify::catalog::Catalog;

/// Writes the config, unless there is one already. It may come to hold secrets, so nobody else
/// reads it.
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
    write(&file, &text(looked.as_ref()))?;
    writeln!(io::stdout(), "{}", file.display())?;
    if !global.quiet {
        if let Some(looked) = &looked {
            writeln!(io::stderr(), "{}", looked.said())?;
        }
        let next = "written; name your endpoints and secrets there, then run `hookscope doctor`";
        writeln!(io::stderr(), "{next}")?;
    }
    Ok(Exit::Done)
}

fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let opened = options.open(file);
    if opened.as_ref().is_err_and(|error| error.kind() == ErrorKind::AlreadyExists) {
        return Err(taken(file).into());
    }
    opened
        .and_then(|mut opened| opened.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write {}", file.display()))
}

fn taken(file: &Path) -> Failure {
    let message = format!("{} is already there and was left as it is", file.display());
    Failure::new(Exit::Wrong, "exists", message)
        .hint("move it away, or name another file with --config")
}

/// What came of looking at `.env` files.
struct Looked {
    /// The names of the files, for people.
    files: String,
    proposals: Vec<Proposal>,
}

impl Looked {
    fn said(&self) -> String {
        if self.files.is_empty() {
            return "there is no .env file beside it".to_owned();
        }
        if self.proposals.is_empty() {
            return format!("no name in {} tells of a sender that is known", self.files);
        }
        let names = self.proposals.iter().map(|proposal| proposal.name.as_str());
        let names = names.collect::<Vec<_>>().join(", ");
        format!("proposed at the end of it, by the names in {}: {names}", self.files)
    }
}

/// Looks, if the user agrees.
fn look(
    folder: &Path,
    arguments: &InitArguments,
    is_quiet: bool,
) -> anyhow::Result<Option<Looked>> {
    let found = env_files::found(folder);
    let files = found.join(", ");
    if !arguments.env_names && (found.is_empty() || !is_agreed(&files)?) {
        return Ok(None);
    }
    let mut names = Vec::new();
    for name in &found {
        match env_files::names(&folder.join(name)) {
            Ok(read) => names.extend(read),
            Err(_) if is_quiet => {}
            Err(error) => writeln!(io::stderr(), "hookscope: {name} was left out: {error}")?,
        }
    }
    let proposals = proposals(names.iter().map(String::as_str), &Catalog::builtin());
    Ok(Some(Looked { files, proposals }))
}

/// Without a terminal nobody agrees.
fn is_agreed(files: &str) -> anyhow::Result<bool> {
    let nobody = "there is no terminal to ask at";
    let question = format!("look at the names in {files} (no value is kept)");
    Ok(io::stdin().is_terminal() && asking::agreed(&question, nobody)?)
}

/// The template, and behind it what is proposed.
fn text(looked: Option<&Looked>) -> String {
    let mut text = DEFAULT_FILE.to_owned();
    let Some(Looked { files, proposals }) = looked.filter(|looked| !looked.proposals.is_empty())
    else {
        return text;
    };
    let _ = write!(
        text,
        "\n# Proposed by the names in {files}: take the # away from what is right. The values are read\n\
         # from the environment that hookscope is started in, not from the files:\n\
         #   set -a; . ./.env; set +a; hookscope\n"
    );
    for proposal in proposals {
        let _ = write!(text, "\n{proposal}");
    }
    text
}
