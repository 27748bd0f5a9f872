//! Foreign text made harmless: the one way for a sender's bytes to reach any terminal, from the
//! screens and from the plain output alike.
//!
//! What a terminal would act on, what nobody would see and what would turn the reading direction
//! around becomes visible text. What comes out holds no control character, nothing without a width
//! of its own but combining marks behind their base, and nothing that reorders. Letters, marks and
//! symbols of every script stay as they are.
//!
//! | Sent | Shown |
//! |---|---|
//! | control characters, escape and line ends included | their pictures: `␛`, `␊`, `␡` |
//! | tabs | spaces up to the next of every fourth column |
//! | C1 controls, bidi controls, zero-width and other invisible characters, lone or piled-up marks, U+17D8 | `<U+202E>` |
//! | bytes that are not UTF-8 | `\xff` |
//! | variation selectors, and joiners between symbols | nothing: they only choose a picture, and terminals disagree on its width |

use std::borrow::Cow;
use std::fmt::Write as _;

use ratatui::buffer::CellWidth as _;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::domain::unseen::is_unseen;

/// Columns between two tab stops.
const TAB: usize = 4;

/// More combining marks than these on one base are written out: piles of them cover the lines
/// above and below.
const MOST_MARKS: usize = 4;

/// What stands for text that was cut off.
const ELLIPSIS: &str = "…";

/// The text, harmless and on one line. Text that is harmless already is not copied.
#[must_use]
pub fn visible<T: AsRef<[u8]> + ?Sized>(text: &T) -> Cow<'_, str> {
    let bytes = text.as_ref();
    if let Some(plain) = plain(bytes) {
        return Cow::Borrowed(plain);
    }
    let mut output = Output::default();
    for chunk in bytes.utf8_chunks() {
        for cluster in chunk.valid().graphemes(true) {
            output.push_cluster(cluster);
        }
        chunk.invalid().iter().for_each(|byte| output.push_byte(*byte));
    }
    Cow::Owned(output.text)
}

/// The text line by line, each harmless. A line ends with LF or CRLF.
pub fn visible_lines<T: AsRef<[u8]> + ?Sized>(text: &T) -> impl Iterator<Item = Cow<'_, str>> {
    let bytes = text.as_ref();
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.split(|byte| *byte == b'\n').map(|line| visible(line.strip_suffix(b"\r").unwrap_or(line)))
}

/// Printable ASCII needs no work.
fn plain(bytes: &[u8]) -> Option<&str> {
    let is_plain = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
    std::str::from_utf8(bytes).ok().filter(|_| is_plain)
}

#[derive(Default)]
struct Output {
    text: String,
    columns: usize,
    /// Combining marks since the base of this cluster.
    marks: usize,
    /// The cluster has its base in the text, so a mark may follow.
    takes_marks: bool,
}

impl Output {
    fn push_cluster(&mut self, cluster: &str) {
        let before = self.text.len();
        self.takes_marks = false;
        let mut characters = cluster.chars().peekable();
        while let Some(c) = characters.next() {
            let joins = c == '\u{200d}'
                && self.text.chars().next_back().is_some_and(is_symbol)
                && characters.peek().copied().is_some_and(is_symbol);
            if !joins {
                self.push(c);
            }
        }
        self.columns += width(self.text.get(before..).unwrap_or_default());
    }

    fn push(&mut self, c: char) {
        match c {
            '\t' => self.text.extend(std::iter::repeat_n(' ', TAB - self.columns % TAB)),
            '\0'..='\u{1f}' => self.push_picture(0x2400 + u32::from(c)),
            '\u{7f}' => self.push_picture(0x2421),
            // They follow a symbol that has a picture in colour, or a digit in a key cap.
            '\u{fe0e}' | '\u{fe0f}' if self.takes_marks => {}
            // The one character of three columns; most terminals give it fewer.
            '\u{17d8}' => self.push_code(c),
            _ if is_unseen(c) => self.push_code(c),
            _ if c.encode_utf8(&mut [0; 4]).cell_width() > 0 => {
                self.text.push(c);
                self.marks = 0;
                self.takes_marks = true;
            }
            _ if self.takes_marks && self.marks < MOST_MARKS => {
                self.text.push(c);
                self.marks += 1;
            }
            _ => self.push_code(c),
        }
    }

    fn push_picture(&mut self, code: u32) {
        self.text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    }

    fn push_code(&mut self, c: char) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "<U+{:04X}>", u32::from(c));
        self.takes_marks = false;
    }

    fn push_byte(&mut self, byte: u8) {
        let _ = write!(self.text, "\\x{byte:02x}");
        self.columns += 4;
    }
}

/// Whether a joiner beside it only makes a picture of several ones.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// The columns that a harmless text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(cluster_width).sum() }
}

/// The screen writes cluster by cluster, and decides on their widths.
fn cluster_width(cluster: &str) -> usize {
    usize::from(cluster.cell_width())
}

/// The longest beginning of a text that fits into these columns.
#[must_use]
pub fn head(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    let end = text.grapheme_indices(true).find(|(_, cluster)| {
        taken += cluster_width(cluster);
        taken > columns
    });
    end.map_or(text, |(at, _)| text.get(..at).unwrap_or_default())
}

/// The first so many characters of any text, harmless or not.
#[must_use]
pub fn prefix(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// The first cluster of a text.
#[must_use]
pub fn first(text: &str) -> &str {
    text.graphemes(true).next().unwrap_or_default()
}

/// What fits of a first cluster that is too wide: Hangul letters make up clusters of any width. The
/// whole cluster if not even its first character fits.
fn head_of_cluster(text: &str, columns: usize) -> &str {
    let cluster = first(text);
    let heads = cluster.char_indices().filter_map(|(at, c)| cluster.get(..at + c.len_utf8()));
    heads.take_while(|head| width(head) <= columns).last().unwrap_or(cluster)
}

/// A harmless text as lines of at most so many columns, broken between words where that is possible.
/// Never empty. One column may be too few for a character.
#[must_use]
pub fn wrap_words(text: &str, columns: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while width(rest) > columns {
        let fitting = match head(rest, columns) {
            "" => head_of_cluster(rest, columns),
            fitting => fitting,
        };
        let ends_word = rest.get(fitting.len()..).is_some_and(|after| after.starts_with(' '));
        let line = match fitting.rfind(' ') {
            Some(space) if !ends_word && space > 0 => fitting.get(..space).unwrap_or(fitting),
            _ => fitting,
        };
        lines.push(line.trim_end());
        rest = rest.strip_prefix(line).unwrap_or_default().trim_start();
    }
    if !rest.is_empty() || lines.is_empty() {
        lines.push(rest);
    }
    lines
}

/// The longest end of a text that fits into these columns.
#[must_use]
pub fn tail(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    let mut start = text.len();
    for (at, cluster) in text.grapheme_indices(true).rev() {
        taken += cluster_width(cluster);
        if taken > columns {
            break;
        }
        start = at;
    }
    text.get(start..).unwrap_or_default()
}

/// The text in at most so many columns; what does not fit is cut off at the end.
#[must_use]
pub fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    match columns {
        _ if width(text) <= columns => Cow::Borrowed(text),
        0 => Cow::Borrowed(""),
        _ => Cow::Owned(format!("{}{ELLIPSIS}", head(text, columns - 1))),
    }
}

/// The text in at most so many columns; what does not fit is cut out of the middle, nearer to the
/// beginning: the end of an id tells more.
#[must_use]
pub fn truncate_middle(text: &str, columns: usize) -> Cow<'_, str> {
    cut_out(text, columns, |room| room / 3)
}

/// Cuts out what does not fit; `begins` tells how much of the room is for the beginning.
fn cut_out(text: &str, columns: usize, begins: impl FnOnce(usize) -> usize) -> Cow<'_, str> {
    match columns {
        _ if width(text) <= columns => Cow::Borrowed(text),
        0 => Cow::Borrowed(""),
        _ => {
            let first = head(text, begins(columns - 1));
            let last = tail(text, columns - 1 - width(first));
            Cow::Owned(format!("{first}{ELLIPSIS}{last}"))
        }
    }
}

/// An id, harmless and in at most so many columns, as [`truncate_middle`] does.
#[must_use]
pub fn visible_id(id: &str, columns: usize) -> String {
    truncate_middle(&visible_ends(id), columns).into_owned()
}

/// The kind of an event, harmless and in at most so many columns. What does not fit is cut out of the
/// middle: many begin with the same words and end with what happened.
#[must_use]
pub fn visible_kind(kind: &str, columns: usize) -> String {
    cut_out(&visible_ends(kind), columns, |room| room.div_ceil(2)).into_owned()
}

/// A text made harmless; of a very long one only the ends.
fn visible_ends(text: &str) -> Cow<'_, str> {
    const END: usize = 1024;
    let bytes = text.as_bytes();
    if bytes.len() <= 2 * END {
        return visible(bytes);
    }
    let ends = [&bytes[..END], &bytes[bytes.len() - END..]].concat();
    Cow::Owned(visible(&ends).into_owned())
}

#[cfg(test)]
mod tests;
