//! The words of `auth:`.

use crate::domain::verdict::{Reason, Unchecked, Verdict};

/// What a delivery's verdict may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The proof holds.
    Verified,
    /// It does not hold, for whatever reason.
    Refuted,
    /// Nothing was checked, for whatever reason.
    Unchecked,
    /// It holds, but its time is outside the tolerance, past or future.
    Stale,
    /// It does not hold, for this reason.
    Failed(Reason),
    /// Nothing was checked, for this reason.
    Lacks(Unchecked),
}

impl Proof {
    /// Every word that can be asked for; `stale` stands once, for past and future.
    pub fn all() -> impl Iterator<Item = Self> {
        let verdicts = [Self::Verified, Self::Refuted, Self::Unchecked, Self::Stale];
        let reasons = Reason::ALL.iter().filter(|reason| **reason != Reason::Stale);
        let lacks = Unchecked::ALL.iter().copied().map(Self::Lacks);
        verdicts.into_iter().chain(lacks).chain(reasons.copied().map(Self::Failed))
    }

    /// The word itself.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Refuted => "refuted",
            Self::Unchecked => "unchecked",
            Self::Stale => "stale",
            Self::Failed(reason) => reason.as_str(),
            Self::Lacks(why) => why.as_str(),
        }
    }

    /// Whether the verdict is such a one.
    #[must_use]
    pub fn fits(self, verdict: &Verdict) -> bool {
        match (self, verdict) {
            (Self::Verified, Verdict::Verified { .. })
            | (Self::Refuted, Verdict::Refuted { .. })
            | (Self::Unchecked, Verdict::Unchecked { .. })
            | (Self::Stale, Verdict::Refuted { reason: Reason::Stale | Reason::InFuture, .. }) => {
                true
            }
            (Self::Failed(asked), Verdict::Refuted { reason, .. }) => asked == *reason,
            (Self::Lacks(asked), Verdict::Unchecked { why }) => asked == *why,
            _ => false,
        }
    }
}
