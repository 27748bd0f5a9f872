//! The URL as the sender knows it, for signatures that cover it.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::received::Received;
use crate::domain::http::Request;

/// What the user says about the URL, where a scheme signs it.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    /// The URL typed at the provider.
    pub(super) typed: Option<String>,
    /// Whether `X-Forwarded-Proto` and `X-Forwarded-Host` are believed.
    pub(super) trust_forwarded: bool,
}

impl Origin {
    /// The URL that the sender called: the one typed at the provider, else the public URL and the
    /// target, else, if they are trusted, what the forwarding headers say, else the Host header and
    /// the target. None if nothing names a host.
    pub(super) fn url<'a>(
        &'a self,
        request: &'a Request,
        received: &Received<'_>,
    ) -> Option<Cow<'a, str>> {
        let is_told = self.typed.is_some() || received.public_url.is_some();
        if self.trust_forwarded
            && !is_told
            && let Some(base) = forwarded(request)
        {
            return Some(Cow::Owned(below(&base, request)));
        }
        signed_url(request, received, self.typed.as_deref())
    }
}

/// A reading of the URL, for senders that are not of one mind about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlForm {
    /// As it is.
    AsIs,
    /// With the port that the scheme has anyway.
    AddDefaultPort,
    /// Without a port.
    DropPort,
    /// With those percent-encodings undone that HubSpot undoes.
    DecodeReserved,
}

/// What [`UrlForm::DecodeReserved`] decodes.
const DECODED: &[u8] = b":/?@!$'()*,;&=+\"`<>";

impl UrlForm {
    /// The URL read so.
    pub(super) fn apply(self, url: &str) -> Cow<'_, str> {
        match self {
            Self::AsIs => Cow::Borrowed(url),
            Self::AddDefaultPort => with_port(url, |host, port, own| match port {
                "" => format!("{host}:{own}"),
                port => format!("{host}:{port}"),
            }),
            Self::DropPort => with_port(url, |host, _, _| host.to_owned()),
            Self::DecodeReserved => decode_reserved(url),
        }
    }
}

/// The URL with another host and port, made of the host, the port as sent (empty if there is none)
/// and the port that the scheme has anyway.
fn with_port(url: &str, make: impl FnOnce(&str, &str, &str) -> String) -> Cow<'_, str> {
    let Some((scheme, rest)) = url.split_once("://") else { return Cow::Borrowed(url) };
    let own = if scheme.eq_ignore_ascii_case("https") { "443" } else { "80" };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (user, host) =
        authority.rsplit_once('@').map_or(("", authority), |(user, host)| (user, host));
    let at = if user.is_empty() { "" } else { "@" };
    let port = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let (host, port) = port.unwrap_or((host, ""));
    Cow::Owned(format!("{scheme}://{user}{at}{}{path}", make(host, port, own)))
}

fn decode_reserved(url: &str) -> Cow<'_, str> {
    let mut pieces = url.split('%');
    let mut decoded = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let byte = piece
            .get(..2)
            .map(|digits| percent_decode_str(&format!("%{digits}")).collect::<Vec<_>>());
        match (byte.as_deref(), piece.get(2..)) {
            (Some([byte]), Some(rest)) if DECODED.contains(byte) => {
                decoded.push(char::from(*byte));
                decoded.push_str(rest);
            }
            _ => {
                decoded.push('%');
                decoded.push_str(piece);
            }
        }
    }
    Cow::Owned(decoded)
}

/// Scheme and host by the forwarding headers; of several hops the first is the sender's.
fn forwarded(request: &Request) -> Option<String> {
    let first = |name| {
        let value = request.headers.text(name)?.split(',').next()?.trim();
        (!value.is_empty()).then_some(value)
    };
    let host = first("X-Forwarded-Host").or_else(|| first("Host"))?;
    let scheme = first("X-Forwarded-Proto")?;
    Some(format!("{scheme}://{host}"))
}

/// The host of an https URL without user and with no other port than its own; none for any other.
pub(super) fn https_host(url: &str) -> Option<String> {
    let url = url.parse::<http::Uri>().ok()?;
    let authority = url.authority()?;
    let plain = !authority.as_str().contains('@') && matches!(url.port_u16(), None | Some(443));
    (url.scheme_str() == Some("https") && plain).then(|| authority.host().to_ascii_lowercase())
}

fn below(base: &str, request: &Request) -> String {
    let query = request.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}{}{query}", base.trim_end_matches('/'), request.path())
}

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
        return Some(Cow::Owned(below(base, request)));
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
