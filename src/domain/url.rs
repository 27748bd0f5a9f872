//! Where an outward request goes: an absolute address of http or https, and the hosts that an
//! account's credentials may go to.
//!
//! What is checked here is what is connected to: nothing parses an address a second time.

use std::fmt;

use http::Uri;
use http::uri::{PathAndQuery, Scheme};

/// A longer target is judged with the rest of its address, which has a bound of its own.
const LONGEST_TARGET: usize = 8 * 1024;

/// An absolute `http` or `https` address without user info and without a fragment.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Url {
    uri: Uri,
    names_a_path: bool,
}

/// Why a text is not an address that a request can go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlError {
    /// There is no text.
    Empty,
    /// It names no scheme and host.
    Relative,
    /// It is neither http nor https.
    Scheme,
    /// It carries a user name or a password.
    UserInfo,
    /// It has a fragment, which is never sent.
    Fragment,
    /// It cannot be read as an address.
    Malformed,
}

impl UrlError {
    /// What is wrong, for people; continues "the address …".
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Empty => "is empty",
            Self::Relative => "is relative: it names no host",
            Self::Scheme => "is neither http nor https",
            Self::UserInfo => "carries a user name, which an address of a provider never does",
            Self::Fragment => "has a fragment (#), which is never sent",
            Self::Malformed => "cannot be read",
        }
    }
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for UrlError {}

impl Url {
    /// Reads an absolute address.
    ///
    /// # Errors
    /// When the text is not an address that a request can go to.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        if text.is_empty() {
            return Err(UrlError::Empty);
        }
        if text.contains('#') {
            return Err(UrlError::Fragment);
        }
        let uri = text.parse::<Uri>().or(Err(UrlError::Malformed))?;
        let (Some(_), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(UrlError::Relative);
        };
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(UrlError::Scheme);
        }
        if authority.as_str().contains('@') {
            return Err(UrlError::UserInfo);
        }
        if authority.host().is_empty() || (has_port(authority.as_str()) && uri.port().is_none()) {
            return Err(UrlError::Malformed);
        }
        let authority_ends = text.find("://").map_or(0, |at| at + 3) + authority.as_str().len();
        let (origin, rest) = text.split_at_checked(authority_ends).ok_or(UrlError::Malformed)?;
        let names_a_path = rest.starts_with('/');
        // A target begins with a slash, whether the address says one or not.
        let uri = if names_a_path {
            uri
        } else {
            format!("{origin}/{rest}").parse().or(Err(UrlError::Malformed))?
        };
        Ok(Self { uri, names_a_path })
    }

    /// This address with further path behind its own (`/rfqs/1`, query included).
    ///
    /// # Errors
    /// When what comes out is not an address.
    pub fn join(&self, rest: &str) -> Result<Self, UrlError> {
        Self::parse(&format!("{}{rest}", self.to_string().trim_end_matches('/')))
    }

    /// Another target on the same host.
    ///
    /// # Errors
    /// When what comes out is not an address.
    pub fn with_target(&self, target: &str) -> Result<Self, UrlError> {
        let is_plain = target.starts_with('/') && !target.contains('#');
        if !is_plain || target.len() > LONGEST_TARGET {
            return Self::parse(&format!("{}{target}", self.origin()));
        }
        let target = PathAndQuery::try_from(target).or(Err(UrlError::Malformed))?;
        let mut parts = self.uri.clone().into_parts();
        parts.path_and_query = Some(target);
        let uri = Uri::from_parts(parts).or(Err(UrlError::Malformed))?;
        Ok(Self { uri, names_a_path: true })
    }

    /// Scheme, host and port, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("{}://{}", self.scheme(), self.authority())
    }

    /// Whether scheme, host and port are written the same in both.
    #[must_use]
    pub fn is_same_origin(&self, other: &Self) -> bool {
        self.is_https() == other.is_https() && self.authority() == other.authority()
    }

    fn scheme(&self) -> &'static str {
        if self.is_https() { "https" } else { "http" }
    }

    /// Whether it says a path itself: `http://host/` does, `http://host` does not.
    #[must_use]
    pub fn names_a_path(&self) -> bool {
        self.names_a_path
    }

    /// Whether it is https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.uri.scheme() == Some(&Scheme::HTTPS)
    }

    /// The host in lower case, without a port; an IPv6 address keeps its brackets.
    #[must_use]
    pub fn host(&self) -> String {
        self.uri.host().unwrap_or_default().to_ascii_lowercase()
    }

    /// The port, that of the scheme where none is named.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.uri.port_u16().unwrap_or_else(|| self.usual_port())
    }

    fn usual_port(&self) -> u16 {
        if self.is_https() { 443 } else { 80 }
    }

    /// Host and port as the `Host` header has them.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.uri.authority().map(http::uri::Authority::as_str).unwrap_or_default()
    }

    /// The request target: path and query.
    #[must_use]
    pub fn target(&self) -> &str {
        self.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str)
    }

    /// Whether the host is this machine by its own name or number. No name is looked up.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        let number = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || number.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// The address for the HTTP client.
    #[must_use]
    pub fn as_uri(&self) -> &Uri {
        &self.uri
    }
}

fn has_port(authority: &str) -> bool {
    let behind_brackets = authority.rsplit(']').next().unwrap_or(authority);
    behind_brackets.contains(':')
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is printed reads back as the same: the slash is written where it was given.
        let target = self.target();
        let target =
            if self.names_a_path { target } else { target.strip_prefix('/').unwrap_or(target) };
        write!(f, "{}://{}{target}", self.scheme(), self.authority())
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Url({self})")
    }
}

/// A host that credentials may go to: exactly this name, on the port that is named, else on the
/// scheme's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    name: String,
    port: Option<u16>,
}

impl Host {
    /// Reads a host or `host:port`.
    ///
    /// # Errors
    /// When the text is neither.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let url = Url::parse(&format!("https://{text}"))?;
        let is_bare = url.target() == "/" && !text.contains(['/', '?']);
        if !is_bare {
            return Err(UrlError::Malformed);
        }
        Ok(Self { name: url.host(), port: url.uri.port_u16() })
    }

    /// Whether the address is on this host.
    #[must_use]
    pub fn is_of(&self, url: &Url) -> bool {
        let port = self.port.unwrap_or_else(|| url.usual_port());
        self.name == url.host() && port == url.port()
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(f, "{}:{port}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

#[cfg(test)]
mod tests;
