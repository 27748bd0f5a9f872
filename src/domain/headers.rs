//! Header fields as sent: in order, with repeats, in their own letter case.

use bytes::Bytes;

/// One header field, name and value as they stood on the wire (without the white space around the
/// value). Values are bytes: nothing promises that they are text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name in the letter case of the sender.
    pub name: Bytes,
    /// The value, any bytes but CR, LF and NUL.
    pub value: Bytes,
}

impl Field {
    /// Whether this is the named header; letter case does not matter.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

/// Whether the fields are what stood on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fidelity {
    /// Order, repeats and letter case are the sender's.
    #[default]
    Exact,
    /// The fields went through a parser that lower-cases names and groups repeats.
    Normalized,
}

/// The header fields of one request or response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    fields: Vec<Field>,
    fidelity: Fidelity,
}

impl Headers {
    /// Fields in the order given.
    #[must_use]
    pub fn new(fields: Vec<Field>, fidelity: Fidelity) -> Self {
        Self { fields, fidelity }
    }

    /// Fields from pairs of text, in the order given.
    #[must_use]
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let fields = pairs
            .into_iter()
            .map(|(name, value)| Field {
                name: Bytes::copy_from_slice(name.as_bytes()),
                value: Bytes::copy_from_slice(value.as_bytes()),
            })
            .collect();
        Self::new(fields, Fidelity::Exact)
    }

    /// Reads what [`Headers::to_block`] wrote; lines without a colon are left out. The fields share
    /// the block's memory.
    #[must_use]
    pub fn from_block(block: &Bytes, fidelity: Fidelity) -> Self {
        let mut fields = Vec::new();
        let mut start = 0;
        while start < block.len() {
            let rest = &block[start..];
            let end = rest.windows(2).position(|pair| pair == b"\r\n").unwrap_or(rest.len());
            let line = block.slice(start..start + end);
            if let Some(colon) = line.iter().position(|byte| *byte == b':') {
                let value = (colon + 2).min(line.len());
                fields.push(Field { name: line.slice(..colon), value: line.slice(value..) });
            }
            start += end + 2;
        }
        Self::new(fields, fidelity)
    }

    /// The fields as lines `Name: value` CRLF, which is also how the store keeps them.
    #[must_use]
    pub fn to_block(&self) -> Vec<u8> {
        let mut block = Vec::with_capacity(self.block_length());
        self.append_block(&mut block);
        block
    }

    /// Appends what [`Headers::to_block`] returns.
    pub fn append_block(&self, text: &mut Vec<u8>) {
        for field in &self.fields {
            text.extend_from_slice(&field.name);
            text.extend_from_slice(b": ");
            text.extend_from_slice(&field.value);
            text.extend_from_slice(b"\r\n");
        }
    }

    /// The length of what [`Headers::to_block`] returns, in bytes.
    #[must_use]
    pub fn block_length(&self) -> usize {
        self.fields.iter().map(|field| field.name.len() + field.value.len() + 4).sum()
    }

    /// These fields with others in place of those of the same name; others without such a place
    /// come last.
    #[must_use]
    pub fn with(&self, replacements: Vec<Field>) -> Self {
        let mut headers = self.clone();
        for replacement in replacements {
            headers.set(replacement);
        }
        headers
    }

    /// Puts a field in place of those of the same name, or last if there is none.
    pub fn set(&mut self, field: Field) {
        let same = |other: &Field| other.name.eq_ignore_ascii_case(&field.name);
        let place = self.fields.iter().position(same).unwrap_or(self.fields.len());
        self.fields.retain(|other| !same(other));
        self.fields.insert(place, field);
    }

    /// Puts a field at this place, which is at most the number of fields.
    pub fn insert(&mut self, place: usize, field: Field) {
        self.fields.insert(place, field);
    }

    /// Leaves out the fields that are not to be kept.
    pub fn retain(&mut self, keep: impl FnMut(&Field) -> bool) {
        self.fields.retain(keep);
    }

    /// All fields in order, to be changed in their places.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        self.fields.iter_mut()
    }

    /// Whether order, repeats and letter case are the sender's.
    #[must_use]
    pub fn fidelity(&self) -> Fidelity {
        self.fidelity
    }

    /// All fields in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Field> + DoubleEndedIterator {
        self.fields.iter()
    }

    /// The number of fields, repeats counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there is no field at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The values of every field of that name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.fields.iter().filter(move |field| field.is(name)).map(|field| &field.value[..])
    }

    /// The value of the first field of that name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&[u8]> {
        self.fields.iter().find(|field| field.is(name)).map(|field| &field.value[..])
    }

    /// The first value of that name if it is UTF-8.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.first(name).and_then(|value| std::str::from_utf8(value).ok())
    }
}

#[cfg(test)]
mod tests;
