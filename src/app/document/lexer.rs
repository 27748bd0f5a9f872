//! Where the parts of a JSON text end, by RFC 8259 and byte by byte. Nothing is decoded here.

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// Where, in bytes.
    pub(super) at: usize,
    /// What is wrong there.
    pub(super) message: &'static str,
}

pub(super) fn mistake<T>(at: usize, message: &'static str) -> Result<T, Mistake> {
    Err(Mistake { at, message })
}

/// The first position from `at` on that is not white space.
pub(super) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

/// The position after the string that begins with the quote at `start`.
pub(super) fn string_end(bytes: &[u8], start: usize) -> Result<usize, Mistake> {
    let mut at = start + 1;
    loop {
        match bytes.get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at = escape_end(bytes, at)?,
            Some(0..=0x1f) => return mistake(at, "a string holds a raw control character"),
            Some(_) => at += 1,
            None => return mistake(at, "the text ends within a string"),
        }
    }
}

fn escape_end(bytes: &[u8], at: usize) -> Result<usize, Mistake> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => match bytes.get(at + 2..at + 6) {
            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => Ok(at + 6),
            _ => mistake(at, "\\u takes four hex digits"),
        },
        Some(_) => mistake(at, "no such escape in a string"),
        None => mistake(at, "the text ends within a string"),
    }
}

/// The position after the number that begins at `start`.
pub(super) fn number_end(bytes: &[u8], start: usize) -> Result<usize, Mistake> {
    let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
    match bytes.get(at) {
        Some(b'0') => at += 1,
        Some(b'1'..=b'9') => at = skip_digits(bytes, at),
        _ => return mistake(at, "a digit has to follow the minus sign"),
    }
    if bytes.get(at) == Some(&b'.') {
        at = digits_end(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let sign = matches!(bytes.get(at + 1), Some(b'+' | b'-'));
        at = digits_end(bytes, at + 1 + usize::from(sign))?;
    }
    match bytes.get(at) {
        Some(b'0'..=b'9') => mistake(at, "a number begins with a superfluous zero"),
        _ => Ok(at),
    }
}

fn digits_end(bytes: &[u8], at: usize) -> Result<usize, Mistake> {
    match skip_digits(bytes, at) {
        end if end == at => mistake(at, "a digit is missing in a number"),
        end => Ok(end),
    }
}

fn skip_digits(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b'0'..=b'9') = bytes.get(at) {
        at += 1;
    }
    at
}

/// The text of a string token, without its quotes and with its escapes undone. A surrogate without
/// its other half becomes U+FFFD; bytes that are not UTF-8 stay.
pub(super) fn unescaped(token: &[u8]) -> Vec<u8> {
    let inner = token.strip_prefix(b"\"").unwrap_or(token);
    let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
    let mut text = Vec::with_capacity(inner.len());
    let mut at = 0;
    while let Some(&byte) = inner.get(at) {
        if byte != b'\\' {
            text.push(byte);
            at += 1;
            continue;
        }
        let (character, length) = escape(&inner[at..]);
        text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        at += length;
    }
    text
}

/// The character that an escape stands for and how many bytes stand for it.
fn escape(text: &[u8]) -> (char, usize) {
    let simple = match text.get(1) {
        Some(b'u') => return unicode_escape(text),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(&other) if other.is_ascii() => char::from(other),
        _ => return ('\\', 1),
    };
    (simple, 2)
}

fn unicode_escape(text: &[u8]) -> (char, usize) {
    let Some(first) = code_unit(text) else { return ('\\', 1) };
    if let Some(second @ 0xdc00..=0xdfff) = text.get(6..).and_then(code_unit)
        && (0xd800..=0xdbff).contains(&first)
    {
        let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12);
    }
    (char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), 6)
}

fn code_unit(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests;
