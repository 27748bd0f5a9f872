//! What a check of a delivery's authentication looked at. For the user's own eyes: an expected
//! signature must never be sent to anybody.

/// What a check looked at. What a scheme does not have is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Where something stands that the scheme reads, and what it is: masked where it is a secret, and
    /// cut off where it is long.
    pub carried: Vec<(String, String)>,
    /// The signed bytes.
    pub signed: Option<Signed>,
    /// The signatures that the configured keys make, in the scheme's own encoding.
    pub expected: Vec<String>,
    /// The signatures that were sent, in the scheme's own encoding.
    pub received: Vec<String>,
    /// How many seconds the signed time lies before the arrival; below zero, behind it.
    pub apart: Option<i64>,
    /// The known sender that the request looks like, where nothing was checked or another scheme was
    /// tried.
    pub looks_like: Option<LooksLike>,
}

/// A known sender that a request looks like. Nothing is proven by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LooksLike {
    /// The names of the schemes that fit.
    pub schemes: String,
    /// What to give to the endpoint to have it checked, a line of TOML.
    pub auth: String,
}

/// The bytes that a signature is made over, with the mask in place of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The first of them. They are the sender's: escape them to show them.
    pub bytes: Vec<u8>,
    /// How many there are.
    pub total: usize,
}
