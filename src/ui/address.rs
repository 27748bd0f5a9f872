//! Addresses in few columns. The host is what tells where something goes, so it is the last to be
//! cut, and then at its beginning: `sandbox.avinode.com.evil.test` must not pass for another.

use super::text;
use crate::domain::url::Url;

/// The address in at most so many columns, without its scheme where that is https.
pub(super) fn short(url: &Url, columns: usize) -> String {
    let scheme = if url.is_https() { "" } else { "http://" };
    let mut origin = format!("{scheme}{}", url.authority());
    let target = text::visible(url.target());
    let whole = format!("{origin}{target}");
    if text::width(&whole) <= columns {
        return whole;
    }
    let room = columns.saturating_sub(1);
    if text::width(&origin) > room {
        url.authority().clone_into(&mut origin);
    }
    match room.checked_sub(text::width(&origin)) {
        Some(rest) => format!("{origin}…{}", text::tail(&target, rest)),
        None if columns > 0 => format!("…{}", text::tail(&origin, room)),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::short;
    use crate::domain::url::Url;
    use crate::ui::text::width;

    #[test]
    fn the_end_of_the_host_is_never_cut() {
        let url = Url::parse("https://sandbox.avinode.com.evil.test/api/rfqs/arfq-1").unwrap();
        for (columns, expected) in [
            (80, "sandbox.avinode.com.evil.test/api/rfqs/arfq-1"),
            (40, "sandbox.avinode.com.evil.test…fqs/arfq-1"),
            (30, "sandbox.avinode.com.evil.test…"),
            (29, "…andbox.avinode.com.evil.test"),
            (10, "…evil.test"),
            (1, "…"),
            (0, ""),
        ] {
            let short = short(&url, columns);
            assert_eq!(short, expected);
            assert!(width(&short) <= columns);
        }
    }

    #[test]
    fn what_is_sent_in_the_clear_says_so() {
        let url = Url::parse("http://127.0.0.1:4000/x").unwrap();
        assert_eq!(short(&url, 40), "http://127.0.0.1:4000/x");
        assert_eq!(short(&url, 22), "http://127.0.0.1:4000…");
        assert_eq!(short(&url, 16), "127.0.0.1:4000…x", "unless the host would be cut for it");
    }
}
