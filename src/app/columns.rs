//! The list of the columns that the stream has and can have.

use super::choices::Choices;
use super::deliveries::column::Column;

/// The columns of the stream, and values that can become columns.
pub type Columns = Choices<Entry>;

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The column.
    pub column: Column,
    /// What the open delivery has there, if it was offered for that.
    pub value: Option<String>,
}
