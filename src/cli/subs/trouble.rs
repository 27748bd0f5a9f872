//! How an action ends badly: what it means to the caller of the program.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::subs_arguments::option_of;
use crate::domain::attempt::AttemptError;
use crate::runtime::subscribing::not_done::NotDone;

/// Turns what was not done into a failure of the command.
pub(super) trait Trouble<T> {
    /// The same with the failure that the caller of the program sees.
    fn trouble(self) -> anyhow::Result<T>;
}

impl<T> Trouble<T> for Result<T, NotDone> {
    fn trouble(self) -> anyhow::Result<T> {
        self.map_err(error)
    }
}

fn error(not_done: NotDone) -> anyhow::Error {
    let (exit, code, rejection) = match not_done {
        NotDone::Wrong(rejection) => (Exit::Wrong, "usage", rejection),
        NotDone::Rejected { rejection, .. } => (Exit::No, "rejected", rejection),
        NotDone::Failing(rejection) => (Exit::Outside, "provider_failed", rejection),
        NotDone::Unanswered { error, message } => {
            let is_ours = error == AttemptError::HostNotAllowed;
            let exit = if is_ours { Exit::Wrong } else { Exit::Outside };
            return Failure::new(exit, error.as_str(), message).into();
        }
        NotDone::Store(error) => return error.into(),
    };
    Failure::new(exit, code, rejection.sentence_with(option_of)).into()
}
