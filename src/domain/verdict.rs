//! What the check of a delivery's authentication found. The words are those of the outer contract.

use std::fmt;

use super::name::SchemeName;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The proof holds.
    Verified {
        /// The scheme that held.
        scheme: SchemeName,
        /// What a reader should still know: which key matched, what is not covered.
        notes: Vec<String>,
    },
    /// The proof is absent or does not hold.
    Refuted {
        /// The scheme that was tried.
        scheme: SchemeName,
        /// Why, in one of the closed list of reasons.
        reason: Reason,
        /// Why, in a sentence for people.
        message: String,
        /// Single changes that were tried and made the check pass.
        clues: Vec<Clue>,
    },
    /// There was nothing to check against.
    Unchecked {
        /// What is missing.
        why: Unchecked,
    },
}

impl Verdict {
    /// The word in output, filter and store.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Verified { .. } => "verified",
            Self::Refuted { .. } => "refuted",
            Self::Unchecked { .. } => "unchecked",
        }
    }

    /// The scheme that was tried, if any.
    #[must_use]
    pub fn scheme(&self) -> Option<&SchemeName> {
        match self {
            Self::Verified { scheme, .. } | Self::Refuted { scheme, .. } => Some(scheme),
            Self::Unchecked { .. } => None,
        }
    }

    /// The reason in the words of the contract, if there is one.
    #[must_use]
    pub fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Verified { .. } => None,
            Self::Refuted { reason, .. } => Some(reason.as_str()),
            Self::Unchecked { why } => Some(why.as_str()),
        }
    }

    /// How the verdict is shown at a glance.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self {
            Self::Verified { .. } => Standing::Verified,
            Self::Refuted { reason: Reason::Stale | Reason::InFuture, .. } => Standing::Stale,
            Self::Refuted { .. } => Standing::Refuted,
            Self::Unchecked { .. } => Standing::Unchecked,
        }
    }
}

/// A verdict at a glance: the four things that a glyph can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The proof holds.
    Verified,
    /// It does not hold.
    Refuted,
    /// It holds, but its time is outside the tolerance.
    Stale,
    /// Nothing was checked.
    Unchecked,
}

impl Standing {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Refuted => "refuted",
            Self::Stale => "stale",
            Self::Unchecked => "unchecked",
        }
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$case_doc])* $case,)+
        }

        impl $name {
            /// Every case, in the order of the contract.
            pub const ALL: &[Self] = &[$(Self::$case,)+];

            /// The word in output, filter and store.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$case => $word,)+
                }
            }

            /// The case of that word.
            #[must_use]
            pub fn from_name(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|case| case.as_str() == word)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// Why nothing was checked.
    Unchecked {
        /// The endpoint has no scheme.
        NoScheme = "no_scheme",
        /// The scheme has no secret.
        NoSecret = "no_secret",
    }
}

words! {
    /// Why a check failed: the closed list of the contract.
    Reason {
        /// The header, parameter or field that carries the proof is absent.
        MissingCredential = "missing_credential",
        /// It is present but cannot be read.
        MalformedCredential = "malformed_credential",
        /// It names a key, consumer or certificate that is not configured.
        UnknownKey = "unknown_key",
        /// It asks for an algorithm that the scheme does not allow.
        UnsupportedAlgorithm = "unsupported_algorithm",
        /// A plain secret, password or token that is not the configured one.
        WrongCredential = "wrong_credential",
        /// Well-formed, but not over these bytes with this secret.
        SignatureMismatch = "signature_mismatch",
        /// A body digest that is sent does not match the body.
        DigestMismatch = "digest_mismatch",
        /// The signature holds, its time lies too far back.
        Stale = "stale",
        /// The signature holds, its time lies too far ahead.
        InFuture = "in_future",
        /// A signed claim is not the expected one.
        ClaimMismatch = "claim_mismatch",
        /// The signature holds, but does not cover a component that the config requires.
        NotCovered = "not_covered",
        /// The certificate's address or chain is not allowed.
        UntrustedCertificate = "untrusted_certificate",
        /// The signature holds, but its nonce was already seen in another delivery.
        Reused = "reused",
    }
}

/// A single change that was tried and made the check pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clue {
    /// Which change, in a word of the contract's list (`public_url`, `other_secret`, …).
    pub code: String,
    /// What it means and what to do, in a sentence.
    pub message: String,
}
