//! The parts of an address as they stand in a file; nothing is decoded.

/// An address of http or https.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// Host and port.
    pub(super) host: &'a str,
    /// User name and password, with the colon between them.
    pub(super) user: Option<&'a str>,
    /// Path and query; empty if there is neither.
    target: &'a str,
}

impl<'a> Address<'a> {
    /// Reads an address with a scheme; none if it is not one of http or https.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let is_http = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        if is_http { Self::behind_scheme(rest) } else { None }
    }

    /// Reads what stands behind `http://`.
    pub(super) fn behind_scheme(text: &'a str) -> Option<Self> {
        let (text, _fragment) = text.split_once('#').unwrap_or((text, ""));
        let end = text.find(['/', '?']).unwrap_or(text.len());
        let (authority, target) = text.split_at(end);
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        let is_sound =
            !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || c.is_control());
        is_sound.then_some(Self { host, user, target })
    }

    /// What stands in the request line: at least a slash.
    pub(super) fn target(&self) -> String {
        let slash = if self.target.starts_with('/') { "" } else { "/" };
        format!("{slash}{}", self.target)
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn an_address_is_taken_apart_as_it_stands() {
        for (text, host, user, target) in [
            ("https://a.test", "a.test", None, "/"),
            ("HTTP://a.test:81/x%20y?q=1#f", "a.test:81", None, "/x%20y?q=1"),
            ("http://u:p@a.test?q", "a.test", Some("u:p"), "/?q"),
            ("http://[::1]:4000/@x", "[::1]:4000", None, "/@x"),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!((address.host, address.user), (host, user), "{text}");
            assert_eq!(address.target(), target, "{text}");
        }
        for text in [
            "",
            "/x",
            "data:text/plain,x",
            "ws://a.test",
            "http://",
            "http:///x",
            "http://a\u{1c}b/",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }
}
