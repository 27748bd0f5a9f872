//! The commands: what the command line asks for is done here, each in a file of its name.
//!
//! Results go to standard output and everything else to standard error, with the exit codes of the
//! outer contract. Nothing here knows how a delivery is captured, stored or drawn.
//!
//! Reading order: [`arguments`], [`failure`] (how a command ends badly), then one command after the
//! other.

pub mod exit;
pub mod colors;
pub mod failure;
pub mod format;
pub mod subs_arguments;
pub mod exchange_arguments;
pub mod trigger_arguments;
pub mod tls_arguments;
pub mod replay_arguments;
pub mod delete_arguments;
pub mod wait_arguments;
pub mod init_arguments;
pub mod arguments;
mod configured;
mod asking;
mod progress;
mod reading;
mod descriptors;
mod signals;
mod looks;
mod trust;
mod outward;
mod dashboard;
mod leases;
mod bind;
pub mod listen;
pub mod open;
pub mod list;
mod show_text;
pub mod show;
mod attempt_text;
pub mod fetch;
mod chosen_scheme;
mod verify_text;
pub mod verify;
pub mod subs;
pub mod export;
pub mod import;
pub mod trigger;
mod rehearsal;
pub mod replay;
pub mod delete;
pub mod wait;
pub mod providers;
pub mod init;
pub mod doctor;
pub mod completions;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};

use crate::config::paths::Environment;
use arguments::{Arguments, Command, ListenArguments};
use exit::Exit;

/// Reads the command line. Help and version end here too, as an error that is none.
pub fn parse(given: &[OsString]) -> anyhow::Result<Arguments> {
    let arguments = Arguments::try_parse_from(given)?;
    if arguments.command.is_some() && arguments.listen != ListenArguments::default() {
        let message = "options of listen stand before a command; write them behind `listen`";
        return Err(Arguments::command().error(ErrorKind::ArgumentConflict, message).into());
    }
    Ok(arguments)
}

/// Whether the command line asks for output for programs, even if the rest of it is wrong.
pub fn asks_for_json(given: &[OsString]) -> bool {
    let options = given.iter().take_while(|argument| *argument != "--").collect::<Vec<_>>();
    options.iter().any(|argument| *argument == "--format=json")
        || options.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json")
}

/// Runs the command; without one, `listen`.
pub fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let Arguments { global, listen, command } = arguments;
    let environment = Environment::of_process();
    match command.unwrap_or(Command::Listen(listen)) {
        Command::Listen(arguments) => listen::run(&global, &arguments, &environment),
        Command::Open => open::run(&global, &environment),
        Command::List(arguments) => list::run(&global, &arguments, &environment),
        Command::Show(arguments) => show::run(&global, &arguments, &environment),
        Command::Fetch(arguments) => fetch::run(&global, &arguments, &environment),
        Command::Verify(arguments) => verify::run(&global, &arguments, &environment),
        Command::Subs(arguments) => subs::run(&global, &arguments, &environment),
        Command::Export(arguments) => export::run(&global, &arguments, &environment),
        Command::Import(arguments) => import::run(&global, &arguments, &environment),
        Command::Trigger(arguments) => trigger::run(&global, &arguments, &environment),
        Command::Replay(arguments) => replay::run(&global, &arguments, &environment),
        Command::Wait(arguments) => wait::run(&global, &arguments, &environment),
        Command::Providers(arguments) => providers::run(&global, &arguments, &environment),
        Command::Init(arguments) => init::run(&global, &arguments, &environment),
        Command::Delete(arguments) => delete::run(&global, &arguments, &environment),
        Command::Doctor(arguments) => doctor::run(&global, &arguments, &environment),
        Command::Completions { shell } => completions::run(shell),
        Command::Man => completions::manual(),
    }
}

#[cfg(test)]
mod tests;
