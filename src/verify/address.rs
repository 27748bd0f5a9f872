//! The URL as the sender knows it, for signatures that cover it.

use std::borrow::Cow;

use super::received::Received;
use crate::domain::http::Request;

/// The URL that the sender called: the one typed at the provider if there is one, else the public
/// URL and the target, else the Host header and the target. None if nothing names a host.
pub(super) fn signed_url<'a>(
    request: &'a Request,
    received: &Received<'_>,
    typed: Option<&'a str>,
) -> Option<Cow<'a, str>> {
    if let Some(url) = typed {
        return Some(Cow::Borrowed(url));
    }
    if let Some(base) = received.public_url {
        let base = base.trim_end_matches('/');
        let query = request.query().map(|query| format!("?{query}")).unwrap_or_default();
        return Some(Cow::Owned(format!("{base}{}{query}", request.path())));
    }
    if !request.target.starts_with('/') {
        return Some(Cow::Borrowed(&request.target));
    }
    let host = request.headers.text("Host").filter(|host| !host.is_empty())?;
    Some(Cow::Owned(format!("http://{host}{}", request.target)))
}

/// The base string URI of RFC 5849 section 3.4.1.2: scheme and host in lower case, the port only
/// if it is not the scheme's own, the path as sent, neither query nor fragment. None if the text is
/// not a URL with a host.
pub(super) fn base_uri(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let (rest, _) = rest.split_at(end);
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or(authority).to_ascii_lowercase();
    let own_port = match scheme.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => "",
    };
    let host = host.strip_suffix(own_port).unwrap_or(&host);
    let path = if path.is_empty() { "/" } else { path };
    (!host.is_empty()).then(|| format!("{scheme}://{host}{path}"))
}

#[cfg(test)]
mod tests;
