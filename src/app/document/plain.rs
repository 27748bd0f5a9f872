//! Rows from bodies that are not JSON: pairs of a form, lines of text, bytes.

use bytes::Bytes;

use super::builder::{Builder, Place};
use super::json::{embed, encloses_json};
use super::row::{Kind, PART, narrow, part_length};

/// Bytes of one row of a hex dump.
pub(super) const HEX_ROW: usize = 16;

/// Adds the lines of a source from `from` on. Says how far it came.
pub(super) fn add_text(builder: &mut Builder, place: Place, from: usize) -> usize {
    let bytes = builder.sources[usize::from(place.source)].clone();
    let mut start = from;
    let mut number = narrow(1 + count_lines(&bytes[..from]));
    while start < bytes.len() {
        if builder.is_full() {
            return start;
        }
        let rest = &bytes[start..];
        let line = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        if line > PART {
            let part = part_length(rest);
            let row = builder.push(place, Kind::Text, number, start..start + part);
            builder.row(row).continued = true;
            start += part;
            continue;
        }
        let shown = rest[..line].strip_suffix(b"\r").map_or(line, <[u8]>::len);
        builder.push(place, Kind::Text, number, start..start + shown);
        start += line + 1;
        number += 1;
    }
    bytes.len()
}

/// The number of line ends.
pub(super) fn count_lines(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').count() - 1
}

/// Adds the body as a hex dump. Says how far it came.
pub(super) fn add_hex(builder: &mut Builder) -> usize {
    let length = builder.sources[0].len();
    for start in (0..length).step_by(HEX_ROW) {
        if builder.is_full() {
            return start;
        }
        builder.push(Place::TOP, Kind::Hex, 0, start..length.min(start + HEX_ROW));
    }
    length
}

/// Adds the pairs of a form; a value that is JSON gets its rows below it. Says how far it came.
pub(super) fn add_form(builder: &mut Builder) -> usize {
    let bytes = builder.sources[0].clone();
    let mut start = 0;
    while start < bytes.len() {
        if builder.is_full() {
            return start;
        }
        let rest = &bytes[start..];
        let length = rest.iter().position(|byte| *byte == b'&').unwrap_or(rest.len());
        if length > 0 {
            add_pair(builder, &bytes, start..start + length);
        }
        start += length + 1;
    }
    bytes.len()
}

fn add_pair(builder: &mut Builder, bytes: &Bytes, span: std::ops::Range<usize>) {
    let pair = &bytes[span.clone()];
    // Without an equals sign the value is empty and stands behind the whole name.
    let value =
        pair.iter().position(|byte| *byte == b'=').map_or(span.end, |at| span.start + at + 1);
    let row = builder.push(Place::TOP, Kind::Pair, narrow(span.start), value..span.end);
    let text = decoded(&bytes[value..span.end]);
    let place = Place { parent: Some(row), depth: 1, source: 0 };
    if encloses_json(&text) {
        embed(builder, place, text.clone().into(), 1);
    }
    if text.len() > PART && !builder.has_children(row) {
        let whole = 0..text.len();
        if let Some(source) = builder.add_source(text.into()) {
            builder.push_parts(Place { source, depth: 0, ..place }, row, whole);
        }
    }
}

/// The raw name of a pair whose name begins at `name` and whose value begins at `value`.
pub(super) fn raw_name(bytes: &[u8], name: usize, value: usize) -> &[u8] {
    let text = bytes.get(name..value).unwrap_or_default();
    text.strip_suffix(b"=").unwrap_or(text)
}

/// The text that a part of a form stands for: `+` is a space, `%41` an `A`. Anything else, a broken
/// escape too, stands for itself.
pub(super) fn decoded(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        let escaped = (byte == b'%').then(|| raw.get(at + 1..at + 3).and_then(hex_byte)).flatten();
        match (byte, escaped) {
            (_, Some(escaped)) => text.push(escaped),
            (b'+', None) => text.push(b' '),
            (other, None) => text.push(other),
        }
        at += if escaped.is_some() { 3 } else { 1 };
    }
    text
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests;
