//! One finding of `doctor`.

use crate::runtime::text_lines::Tone;

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Ok,
    Warning,
    Error,
}

impl Level {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    pub(super) fn tone(self) -> Tone {
        match self {
            Self::Ok => Tone::Good,
            Self::Warning => Tone::Doubtful,
            Self::Error => Tone::Bad,
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Check {
    pub(super) level: Level,
    pub(super) what: String,
    pub(super) finding: String,
}

pub(super) fn check(level: Level, what: &str, finding: impl Into<String>) -> Check {
    Check { level, what: what.to_owned(), finding: finding.into() }
}
