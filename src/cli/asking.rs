//! A question that the terminal is asked.

use std::io::{self, IsTerminal as _, Write as _};

use super::exit::Exit;
use super::failure::Failure;

/// Whether the user says yes. `nobody` is the mistake where there is no terminal to ask at.
///
/// # Errors
/// When there is no terminal, or it cannot be read from or written to.
pub(super) fn agreed(question: &str, nobody: &'static str) -> anyhow::Result<bool> {
    if !io::stdin().is_terminal() {
        let failure = Failure::new(Exit::Wrong, "no_terminal", nobody);
        return Err(failure.hint("say yes with --yes").into());
    }
    write!(io::stderr(), "hookscope: {question}? [y/N] ")?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}
