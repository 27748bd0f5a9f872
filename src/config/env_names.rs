//! The names that a `.env` file gives values to. The values are passed over.

/// The longest name that is taken for one.
const LONGEST: usize = 64;

/// Every name in capitals that is given a value, in order. What stands within a quoted value of
/// several lines is part of that value, whatever it looks like; so is everything behind a quote
/// that never ends.
#[must_use]
pub fn names(text: &[u8]) -> Vec<&str> {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let mut names = Vec::new();
    let mut open = None;
    for line in text.split(|byte| *byte == b'\n') {
        if let Some(quote) = open {
            open = Some(quote).filter(|_| !is_ended(line, quote));
            continue;
        }
        if let Some((name, value)) = assignment(line) {
            names.extend(in_capitals(name));
            open = begun(value);
        }
    }
    names
}

/// What stands before and behind the `=`, unless the line is a comment.
fn assignment(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.trim_ascii();
    let line = line.strip_prefix(b"export ").unwrap_or(line);
    let at = line.iter().position(|byte| *byte == b'=').filter(|_| !line.starts_with(b"#"))?;
    Some((line[..at].trim_ascii(), line[at + 1..].trim_ascii()))
}

fn in_capitals(name: &[u8]) -> Option<&str> {
    let is_part = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    let is_name = name.len() <= LONGEST
        && name.first().is_some_and(|first| !first.is_ascii_digit())
        && name.iter().all(is_part);
    is_name.then(|| std::str::from_utf8(name).ok()).flatten()
}

/// The quote that the value begins with and does not end with.
fn begun(value: &[u8]) -> Option<u8> {
    let (quote, rest) = value.split_first()?;
    (matches!(quote, b'"' | b'\'' | b'`') && !is_ended(rest, *quote)).then_some(*quote)
}

/// Whether the quote stands in the text; within single quotes a backslash is one.
fn is_ended(text: &[u8], quote: u8) -> bool {
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        if *byte == quote {
            return true;
        }
        if *byte == b'\\' && quote != b'\'' {
            bytes.next();
        }
    }
    false
}

#[cfg(test)]
mod tests;
