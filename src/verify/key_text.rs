//! Keys of public-key signatures as text, before anybody knows what kind they are.

use super::encoding::Encoding;

/// The bytes that the text of a key may stand for, most likely first: the first block of PEM, else
/// what it is as hex or as base64.
pub(super) fn readings(text: &[u8]) -> Vec<Vec<u8>> {
    let Ok(text) = std::str::from_utf8(text.trim_ascii()) else { return Vec::new() };
    if let Some((_, bytes)) = first_block(text) {
        return vec![bytes];
    }
    // Hex is also well-formed base64.
    let encodings = [Encoding::Hex, Encoding::Base64].into_iter();
    encodings.filter_map(|encoding| encoding.decode(text.as_bytes())).collect()
}

/// Whether the text says that it is the half of a key that belongs to the sender alone.
pub(super) fn is_private(text: &[u8]) -> bool {
    let text = std::str::from_utf8(text).unwrap_or_default();
    first_block(text).is_some_and(|(label, _)| label.ends_with("PRIVATE KEY"))
}

/// The label and the bytes of the first block of PEM (RFC 7468), read as people paste it: indented,
/// on one line, or with `\n` written out as environment variables often have it.
fn first_block(text: &str) -> Option<(&str, Vec<u8>)> {
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let (base64, rest) = rest.split_once("-----END ")?;
    let (end, _) = rest.split_once("-----")?;
    let base64 = base64.replace("\\n", "");
    let base64 = base64.split_ascii_whitespace().collect::<String>();
    let bytes = Encoding::Base64.decode(base64.as_bytes())?;
    (label == end).then_some((label, bytes))
}
