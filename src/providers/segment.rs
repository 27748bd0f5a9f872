//! Puts foreign ids into addresses.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but what RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The text as one segment of a path or one value of a query, whatever it holds.
///
/// # Errors
/// When it would be no segment at all but a step within the path.
pub(super) fn segment(text: &str) -> Result<String, String> {
    if matches!(text, "" | "." | "..") {
        return Err(format!("the id \"{text}\" cannot stand in an address"));
    }
    Ok(utf8_percent_encode(text, RESERVED).to_string())
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn an_id_stays_one_segment_whatever_a_sender_put_into_it() {
        for (id, expected) in [
            ("80b30000-0000-4000-8000-000000000002", "80b30000-0000-4000-8000-000000000002"),
            ("662", "662"),
            ("a/../b?c=d&e#f", "a%2F..%2Fb%3Fc%3Dd%26e%23f"),
            ("é \r\n%2e", "%C3%A9%20%0D%0A%252e"),
        ] {
            assert_eq!(segment(id).unwrap(), expected);
        }
        for id in ["", ".", ".."] {
            assert!(segment(id).is_err(), "{id}");
        }
    }
}
