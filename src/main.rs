//! The hookscope program: parses the command line, runs the command, reports a failure once.

use std::process::ExitCode;

use hookscope::cli;
use mimalloc::MiMalloc;

/// What is captured or replayed is made by one thread and freed, many at a time, by another.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let given = std::env::args_os().collect::<Vec<_>>();
    match cli::parse(&given).and_then(cli::run) {
        Ok(exit) => exit.into(),
        Err(error) => cli::failure::report(&error, cli::asks_for_json(&given)).into(),
    }
}
