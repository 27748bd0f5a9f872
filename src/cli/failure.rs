//! How a command that failed is reported: one line on standard error, with `--format json` also the
//! last line of standard output, and the exit code.

use std::fmt;
use std::io::{self, ErrorKind, Write};

use super::exit::Exit;
use crate::config::error::ConfigError;
use crate::domain::delivery::DeliveryId;
use crate::runtime::ndjson::{self, Failed};
use crate::storage::error::StoreError;
use crate::ui::text;

/// A failure that knows its exit code. Commands return it where no error of a lower layer says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// A word that stays the same for the same cause.
    pub code: &'static str,
    /// What happened.
    pub message: String,
    /// What to do, if the message does not say it.
    pub hint: Option<String>,
    /// Lines that point at the place of a mistake.
    pub excerpt: Option<String>,
}

impl Failure {
    /// A failure without a hint.
    pub fn new(exit: Exit, code: &'static str, message: impl Into<String>) -> Self {
        Self { exit, code, message: message.into(), hint: None, excerpt: None }
    }

    /// The answer to a question about a delivery that is not there.
    pub fn no_delivery(id: DeliveryId) -> Self {
        Self::new(Exit::No, "not_found", format!("there is no delivery {id} in this store"))
            .hint("`hookscope list` shows which there are")
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// What an error means to the caller of the program. The message is the whole chain.
    fn of(error: &anyhow::Error) -> Self {
        let message = format!("{error:#}");
        if let Some(failure) = error.downcast_ref::<Self>() {
            Self { message, ..failure.clone() }
        } else if let Some(error) = error.downcast_ref::<clap::Error>() {
            usage(error)
        } else if let Some(error) = error.downcast_ref::<ConfigError>() {
            let failure = Self::told(Exit::Wrong, error.code(), &message);
            Self { hint: failure.hint.or_else(|| error.hint().map(str::to_owned)), ..failure }
        } else if let Some(error) = error.downcast_ref::<StoreError>() {
            Self::told(Exit::Outside, store_code(error), &message)
        } else {
            Self::told(Exit::Outside, "failed", &message)
        }
    }

    /// Messages of the layers below say what happened, a semicolon, and what to do.
    fn told(exit: Exit, code: &'static str, message: &str) -> Self {
        match message.split_once("; ") {
            Some((happened, to_do)) => Self::new(exit, code, happened).hint(to_do),
            None => Self::new(exit, code, message),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

fn store_code(error: &StoreError) -> &'static str {
    match error {
        StoreError::Held { .. } => "store_held",
        StoreError::Missing { .. } => "store_missing",
        StoreError::NotAStore { .. } => "not_a_store",
        StoreError::Newer { .. } => "store_newer",
        StoreError::Older { .. } => "store_older",
        StoreError::Damaged { .. } => "store_damaged",
        StoreError::Gone { .. } => "store_gone",
        StoreError::Full => "store_full",
        StoreError::ReadOnly => "store_read_only",
        StoreError::Locked => "store_locked",
        StoreError::Closed | StoreError::Failed(_) => "store_failed",
    }
}

/// Clap's message is a paragraph, tips and a usage: the paragraph and the tips become one line each.
fn usage(error: &clap::Error) -> Failure {
    let text = error.render().to_string();
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let message = words(paragraph.strip_prefix("error: ").unwrap_or(paragraph));
    let tips = text.lines().filter_map(|line| line.trim().strip_prefix("tip: "));
    let hint = tips.chain(["see --help"]).map(words).collect::<Vec<_>>().join("; ");
    Failure::new(Exit::Wrong, "usage", message).hint(hint)
}

/// Reports why the command ended early and says what to exit with. Help and version are not
/// failures, and neither is a reader of standard output that has seen enough.
pub fn report(error: &anyhow::Error, as_json: bool) -> Exit {
    if let Some(asked) = error.downcast_ref::<clap::Error>().filter(|error| !error.use_stderr()) {
        // It fails where nobody reads it.
        let _ = asked.print();
        return Exit::Done;
    }
    if error.chain().any(is_broken_pipe) {
        return Exit::Done;
    }
    let failure = Failure::of(error);
    // Nothing is left to be done if the streams themselves are gone.
    let _ = to_standard_error(&failure);
    if as_json {
        let Failure { code, message, hint, .. } = &failure;
        let line = Failed { code, message, hint: hint.as_deref() };
        let _ = ndjson::write_line(&mut io::stdout().lock(), &line);
    }
    failure.exit
}

fn is_broken_pipe(cause: &(dyn std::error::Error + 'static)) -> bool {
    cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

fn to_standard_error(failure: &Failure) -> io::Result<()> {
    let mut line = format!("hookscope: {}", failure.message);
    if let Some(hint) = &failure.hint {
        line.push_str("; ");
        line.push_str(hint);
    }
    let mut err = io::stderr().lock();
    writeln!(err, "{}", text::visible(&line))?;
    for line in failure.excerpt.iter().flat_map(|excerpt| excerpt.lines()) {
        writeln!(err, "  {}", text::visible(line))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
