//! What the process tells its caller in one number.

use std::process::ExitCode;

use crate::domain::attempt::{Attempt, Outcome};

/// The exit codes of the outer contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done and, where a question was asked, the answer is yes.
    Done,
    /// The answer is no.
    No,
    /// The command line or the config is wrong.
    Wrong,
    /// Something outside failed: store, network, port.
    Outside,
}

impl Exit {
    /// What an outward request means: yes if it was answered with success, no if otherwise.
    pub fn of_attempt(attempt: &Attempt) -> Self {
        match &attempt.outcome {
            Outcome::Answered(response) if response.status.is_success() => Self::Done,
            Outcome::Answered(_) => Self::No,
            Outcome::Failed { .. } => Self::Outside,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::No => 1,
            Exit::Wrong => 2,
            Exit::Outside => 3,
        })
    }
}
