//! What the user says of a delivery. Whatever it is, the delivery is kept when old ones are deleted.

/// What the user says of one delivery; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotation {
    /// It is marked.
    pub marked: bool,
}
