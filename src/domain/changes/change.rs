//! What a comparison finds.

use std::io;

use serde_json::Value;

/// More changes than these are counted, not kept.
pub const MOST: usize = 1_000;

/// What changed from one document to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The changes, in the order of the documents; at most [`MOST`].
    pub found: Vec<ChangeAt>,
    /// How many there are beyond those.
    pub more: usize,
}

/// A change at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeAt {
    /// The place, by RFC 6901: in the document after the change, that of something removed in the
    /// document before it.
    pub pointer: String,
    /// What happened there.
    pub kind: ChangeKind,
}

/// What happened at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum ChangeKind {
    /// It was not there before.
    Added(Value),
    /// It is not there any more.
    Removed(Value),
    /// It is as it was; told by `everything` alone.
    Same(Value),
    /// It has another value.
    Changed {
        /// The value before.
        from: Value,
        /// The value now.
        to: Value,
    },
    /// It stands at another place. Only what is long enough to be told from others of its kind, and was
    /// taken away once and added once, has moved.
    Moved {
        /// The place before, by RFC 6901.
        from: String,
        /// What stands there now, and stood at the other place.
        value: Value,
    },
}

impl ChangeKind {
    /// The word for it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Added(_) => "added",
            Self::Removed(_) => "removed",
            Self::Same(_) => "same",
            Self::Changed { .. } => "changed",
            Self::Moved { .. } => "moved",
        }
    }

    /// The values as JSON on one line, each cut off after so many bytes.
    #[must_use]
    pub fn text(&self, most: usize) -> String {
        match self {
            Self::Added(value) | Self::Removed(value) | Self::Same(value) => shortened(value, most),
            Self::Changed { from, to } => {
                format!("{} → {}", shortened(from, most), shortened(to, most))
            }
            Self::Moved { from, value } => format!("from {from}: {}", shortened(value, most)),
        }
    }
}

impl Changes {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How much changed, in words: `2 changed, 1 added`.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut parts = ["changed", "moved", "added", "removed"]
            .map(|word| (self.found.iter().filter(|at| at.kind.as_str() == word).count(), word))
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect::<Vec<_>>();
        if self.more > 0 {
            parts.push(format!("and {} more", self.more));
        }
        if parts.is_empty() { "nothing changed".to_owned() } else { parts.join(", ") }
    }
}

/// A value as JSON, written no further than needed.
fn shortened(value: &Value, most: usize) -> String {
    let mut head = Head { bytes: Vec::new(), most };
    let whole = serde_json::to_writer(&mut head, value).is_ok();
    // The cut may fall into a character.
    let text = head.bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    if whole { text.to_owned() } else { format!("{text}…") }
}

/// Takes so many bytes and refuses the rest.
struct Head {
    bytes: Vec<u8>,
    most: usize,
}

impl io::Write for Head {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.most - self.bytes.len();
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
        if bytes.len() > room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
