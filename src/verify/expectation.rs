//! What a check compares, for people to look at.

/// What was signed, and the signatures over it, in the scheme's own encoding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Expectation {
    /// The bytes that are signed, with the mask in place of a secret.
    pub(super) message: Vec<u8>,
    /// What each configured key makes of them; none where only the sender can sign.
    pub(super) expected: Vec<String>,
    /// What was sent.
    pub(super) received: Vec<String>,
}
