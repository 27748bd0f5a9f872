//! How much of a screen a row takes. Moving, pointing and drawing all ask here, so they agree.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::shown::{Fold, Shown, Value};
use crate::domain::unseen::is_unseen;

/// What is said in the place of a string whose JSON stands in the rows below.
pub const OPENED: &str = "JSON in a string";

/// The columns of a folded container, with the number of its members.
const CONTAINER: usize = 11;

/// The columns of the longest literal.
const LITERAL: usize = 5;

/// The columns that say how much of a text is folded away.
const MORE: usize = 16;

/// The columns of `<U+10FFFF>`, which stands for what cannot be seen.
const CODE: usize = 10;

/// So many marks on one base are shown as marks.
const FEW_MARKS: usize = 4;

/// Bytes of a text that are looked at to tell its height; nobody sees the rest at once.
const MEASURED: usize = 64 * 1024;

impl Shown<'_> {
    /// The columns before the row: for the number of its line, or the mark of what can be folded.
    #[must_use]
    pub fn gutter(&self) -> usize {
        match self.value {
            Value::Text { number: 100_000.., .. } => 8,
            Value::Text { .. } => 6,
            Value::Hex { .. } => 0,
            _ => 2,
        }
    }

    /// How far a row is set in behind the gutter, on a screen of that width. Deep rows do not leave
    /// it.
    #[must_use]
    pub fn indent(&self, width: u16) -> usize {
        (2 * self.depth).min(usize::from(width) / 2)
    }

    /// Whether the row is a string or a value whose JSON stands in the rows below it.
    #[must_use]
    pub fn opens_json(&self) -> bool {
        let is_text = matches!(self.value, Value::String { .. } | Value::Pair { .. });
        is_text && !self.has_more() && self.fold != Fold::Leaf
    }

    /// Whether the row is only the first part of a text.
    fn has_more(&self) -> bool {
        matches!(self.value, Value::String { rest: 1.., .. } | Value::Pair { rest: 1.., .. })
    }

    /// How many rows of the screen it takes when long lines are wrapped. Drawing takes exactly so
    /// many.
    #[must_use]
    pub fn height(&self, width: u16) -> usize {
        let (name, widest) = self.name.as_deref().map_or((0, 1), columns);
        let (value, widest_too) = match &self.value {
            Value::Hex { .. } => return 1,
            Value::Container { .. } => (CONTAINER, 1),
            Value::Close(_) | Value::Boolean(_) | Value::Null => (LITERAL, 1),
            _ if self.opens_json() && self.fold == Fold::Open => (OPENED.len(), 1),
            Value::String { raw: text, .. }
            | Value::Rest(text)
            | Value::Number(text)
            | Value::Text { text, .. } => columns(text),
            Value::Pair { text, .. } => columns(text),
            Value::Problem(sentence) => columns(sentence.as_bytes()),
        };
        let more = if self.has_more() { MORE } else { 0 };
        let room = usize::from(width).saturating_sub(self.gutter() + self.indent(width));
        // A wide character that does not fit leaves the last columns of its line empty.
        let room = room.saturating_sub(widest.max(widest_too) - 1).max(1);
        let joint = if name > 0 { 3 } else { 0 };
        (name + joint + value + more + usize::from(self.has_comma)).div_ceil(room).max(1)
    }
}

/// The columns that a text takes once it is made harmless for the screen, rather too many than too
/// few, and those of its widest cluster of characters.
fn columns(text: &[u8]) -> (usize, usize) {
    let text = &text[..text.len().min(MEASURED)];
    let (mut columns, mut widest) = (0, 1);
    for chunk in text.utf8_chunks() {
        columns += 4 * chunk.invalid().len();
        let valid = chunk.valid();
        if valid.is_ascii() {
            columns += valid.chars().map(columns_of).sum::<usize>();
            continue;
        }
        for cluster in valid.graphemes(true) {
            // Beyond a few marks on one base, each is written out.
            let written_out = cluster.chars().skip(1 + FEW_MARKS).count() * CODE;
            columns += cluster.chars().map(columns_of).sum::<usize>() + written_out;
            // A mark with a width of its own makes a cluster as wide as a wide character is.
            widest = widest.max(cluster.width());
        }
    }
    (columns, widest)
}

fn columns_of(character: char) -> usize {
    match character {
        '\t' => 4,
        // Control characters are shown as a picture.
        '\0'..='\u{7f}' => 1,
        _ if is_unseen(character) => CODE,
        _ => character.width().filter(|width| *width > 0).unwrap_or(CODE),
    }
}
