//! Notices that go away by themselves.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use super::hints::hinted;

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Something was done.
    Done,
    /// Something deserves a look.
    Warning,
    /// Something failed.
    Error,
}

impl Severity {
    /// The word for it: meaning does not rest on colour.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A sentence for the user: what happened and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub severity: Severity,
    /// The sentence. It may hold foreign text, so drawing has to make it harmless.
    pub text: String,
}

impl Notice {
    /// Something was done.
    #[must_use]
    pub fn done(text: impl Into<String>) -> Self {
        Self { severity: Severity::Done, text: text.into() }
    }

    /// Something deserves a look.
    #[must_use]
    pub fn warning(text: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, text: text.into() }
    }

    /// Something failed.
    #[must_use]
    pub fn error(text: impl Into<String>) -> Self {
        Self { severity: Severity::Error, text: text.into() }
    }

    /// The same with what can be done, where something can.
    #[must_use]
    pub fn hinting(mut self, hint: Option<String>) -> Self {
        self.text = hinted(&self.text, ':', hint);
        self
    }
}

/// A notice on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What it says.
    pub notice: Notice,
    /// How often it was said while it was there.
    pub times: u32,
    until: Timestamp,
}

/// The notices on the screen, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Toasts(VecDeque<Toast>);

impl Toasts {
    /// More notices than these push the oldest ones out.
    pub const MOST: usize = 4;

    /// Shows a notice. One that is already there is counted instead of repeated.
    pub fn show(&mut self, notice: Notice, now: Timestamp) {
        let until = now.saturating_add(lasting(notice.severity)).unwrap_or(now);
        if let Some(toast) = self.0.iter_mut().find(|toast| toast.notice == notice) {
            toast.times = toast.times.saturating_add(1);
            toast.until = until;
            return;
        }
        if self.0.len() == Self::MOST {
            self.0.pop_front();
        }
        self.0.push_back(Toast { notice, times: 1, until });
    }

    /// Takes away what has been there long enough. A clock that was set back takes away all that
    /// would stay for longer than any notice does.
    pub fn expire(&mut self, now: Timestamp) {
        let longest = now.saturating_add(lasting(Severity::Error)).unwrap_or(now);
        self.0.retain(|toast| now < toast.until && toast.until <= longest);
    }

    /// The notices, oldest first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Toast> + DoubleEndedIterator {
        self.0.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn lasting(severity: Severity) -> SignedDuration {
    match severity {
        Severity::Done => SignedDuration::from_secs(3),
        Severity::Warning => SignedDuration::from_secs(6),
        Severity::Error => SignedDuration::from_secs(10),
    }
}

#[cfg(test)]
mod tests;
