//! The parameters of a request as OAuth 1.0a sees them (RFC 5849 sections 3.4.1.3 and 3.5): those
//! of the query, of the Authorization header and of a form body, together.

use std::borrow::Cow;
use std::fmt;

use super::percent::{Plus, decode, encode, is_unreserved};
use crate::domain::http::Request;
use crate::verify::authorization;
use crate::verify::refutation::{Refutation, excerpt};

/// More parameters than any sender has, and few enough to sort at once.
const MOST: usize = 10_000;

/// The parameters that the protocol itself has; each may be there once.
const PROTOCOL: &[&str] = &[
    "oauth_consumer_key",
    "oauth_token",
    "oauth_signature_method",
    "oauth_signature",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_version",
    "oauth_body_hash",
];

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Query,
    Header,
    Form,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Query => "query",
            Self::Header => "Authorization header",
            Self::Form => "form",
        })
    }
}

/// A parameter, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Parameter<'a> {
    name: Cow<'a, [u8]>,
    value: Cow<'a, [u8]>,
    /// Whether the value was written without encoding what has to be encoded.
    loose: bool,
}

impl Parameter<'_> {
    fn is_protocol(&self) -> bool {
        is_protocol(&self.name)
    }
}

fn is_protocol(name: &[u8]) -> bool {
    PROTOCOL.iter().any(|protocol| *protocol.as_bytes() == *name)
}

/// Parameters of a request, decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::verify) struct Parameters<'a>(Vec<Parameter<'a>>);

impl<'a> Parameters<'a> {
    /// All of a request.
    pub(in crate::verify) fn of(request: &'a Request) -> Result<Self, Refutation> {
        let mut all = Self::outside_header(request)?;
        all.extend(&Self::in_header(request)?);
        Ok(all)
    }

    /// Those of the query and, if the body is sent as a form, of the body.
    pub(in crate::verify) fn outside_header(request: &'a Request) -> Result<Self, Refutation> {
        let mut all = Vec::new();
        if let Some(query) = request.query() {
            pairs(Source::Query, query.as_bytes(), &mut all)?;
        }
        if request.is_form() {
            pairs(Source::Form, &request.body, &mut all)?;
        }
        Ok(Self(all))
    }

    /// Those of the Authorization header, if it is one of OAuth, but `realm`, which is not signed.
    pub(in crate::verify) fn in_header(request: &'a Request) -> Result<Self, Refutation> {
        let mut all = Vec::new();
        if let Some(credentials) = authorization::credentials(&request.headers, "OAuth")? {
            for pair in HeaderPairs(credentials) {
                let (name, value) = pair?;
                if !is_realm(name) {
                    add(Source::Header, name, value, &mut all)?;
                }
            }
        }
        Ok(Self(all))
    }

    /// The realm of the Authorization header, as it is written between its quotes.
    pub(in crate::verify) fn realm(request: &Request) -> Option<&[u8]> {
        let credentials = authorization::credentials(&request.headers, "OAuth").ok().flatten()?;
        let mut pairs = HeaderPairs(credentials).map_while(Result::ok);
        pairs.find_map(|(name, value)| is_realm(name).then_some(value))
    }

    /// Whether any of them belongs to the protocol.
    pub(in crate::verify) fn has_protocol(&self) -> bool {
        self.0.iter().any(Parameter::is_protocol)
    }

    /// Those that do not belong to the protocol.
    pub(in crate::verify) fn without_protocol(mut self) -> Self {
        self.0.retain(|parameter| !parameter.is_protocol());
        self
    }

    /// Adds a parameter.
    pub(in crate::verify) fn push(&mut self, name: &'a str, value: &'a [u8]) {
        let (name, value) = (Cow::Borrowed(name.as_bytes()), Cow::Borrowed(value));
        self.0.push(Parameter { name, value, loose: false });
    }

    /// Adds others.
    pub(in crate::verify) fn extend(&mut self, others: &Self) {
        self.0.extend_from_slice(&others.0);
    }

    /// As the value of an Authorization header.
    pub(in crate::verify) fn to_header(&self, realm: Option<&[u8]>) -> Vec<u8> {
        let realm = realm.map(|realm| [b"realm=\"", realm, b"\""].concat());
        let pairs = self.encoded().map(|[name, value]| format!("{name}=\"{value}\"").into_bytes());
        let pairs = realm.into_iter().chain(pairs).collect::<Vec<_>>();
        [b"OAuth ", &*pairs.join(&b", "[..])].concat()
    }

    /// As they stand in a query or a form.
    pub(in crate::verify) fn to_pairs(&self) -> String {
        self.encoded().map(|pair| pair.join("=")).collect::<Vec<_>>().join("&")
    }

    /// The value of a parameter that may be there once.
    pub(in crate::verify) fn once(&self, name: &str) -> Result<Option<&[u8]>, Refutation> {
        let mut found = self.0.iter().filter(|parameter| *parameter.name == *name.as_bytes());
        let first = found.next();
        if found.next().is_some() {
            return Err(Refutation::malformed(format!("{name} is sent more than once")));
        }
        Ok(first.map(|parameter| &*parameter.value))
    }

    /// Whether the value of the parameter was written without encoding what has to be encoded.
    pub(in crate::verify) fn is_loose(&self, name: &str) -> bool {
        self.0.iter().any(|parameter| parameter.loose && *parameter.name == *name.as_bytes())
    }

    /// The value of a parameter that has to be there once.
    pub(in crate::verify) fn needed(&self, name: &str) -> Result<&[u8], Refutation> {
        self.once(name)?.ok_or_else(|| Refutation::malformed(format!("{name} is missing")))
    }

    /// The normalized parameters: all but the signature, encoded, sorted by name and then by value,
    /// joined.
    pub(in crate::verify) fn normalized(&self) -> String {
        let signed = self.encoded().filter(|[name, _]| name != "oauth_signature");
        let mut pairs = signed.collect::<Vec<_>>();
        pairs.sort_unstable();
        pairs.iter().map(|pair| pair.join("=")).collect::<Vec<_>>().join("&")
    }

    fn encoded(&self) -> impl Iterator<Item = [String; 2]> {
        self.0.iter().map(|Parameter { name, value, .. }| {
            [encode(name).to_string(), encode(value).to_string()]
        })
    }
}

/// Adds the pairs of a query or a form. Empty ones between two `&` are none.
fn pairs<'a>(
    source: Source,
    text: &'a [u8],
    all: &mut Vec<Parameter<'a>>,
) -> Result<(), Refutation> {
    for pair in text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let equals = pair.iter().position(|byte| *byte == b'=');
        let (name, value) = match equals {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &b""[..]),
        };
        add(source, name, value, all)?;
    }
    Ok(())
}

/// The pairs of a query or a form without those of the protocol, as they are written.
pub(in crate::verify) fn without_protocol(text: &[u8]) -> Vec<u8> {
    let own = |pair: &&[u8]| {
        let name = pair.split(|byte| *byte == b'=').next().unwrap_or_default();
        decode(name, Plus::IsSpace).is_some_and(|name| is_protocol(&name))
    };
    let pairs = text.split(|byte| *byte == b'&');
    pairs.filter(|pair| !own(pair)).collect::<Vec<_>>().join(&b"&"[..])
}

/// The pairs of the credentials of an Authorization header, as they are written.
struct HeaderPairs<'a>(&'a [u8]);

impl<'a> Iterator for HeaderPairs<'a> {
    type Item = Result<(&'a [u8], &'a [u8]), Refutation>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.0.iter().position(|byte| !matches!(byte, b',' | b' ' | b'\t'))?;
        let Some((name, value, rest)) = header_pair(&self.0[start..]) else {
            self.0 = b"";
            let message = "the Authorization header is not a list of name=\"value\"";
            return Some(Err(Refutation::malformed(message)));
        };
        self.0 = rest;
        Some(Ok((name, value)))
    }
}

fn is_realm(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"realm")
}

/// The first `name="value"` of an Authorization header, or `name=value`, and what follows it.
fn header_pair(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let equals = text.iter().position(|byte| matches!(byte, b'=' | b',' | b'"'))?;
    let (name, rest) = text.split_at(equals);
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let (value, rest) = match rest.strip_prefix(b"\"") {
        Some(quoted) => {
            let end = closing_quote(quoted)?;
            (&quoted[..end], &quoted[end + 1..])
        }
        None => rest.split_at(rest.iter().position(|byte| *byte == b',').unwrap_or(rest.len())),
    };
    let rest = rest.trim_ascii_start();
    (rest.is_empty() || rest.starts_with(b",")).then_some((
        name.trim_ascii(),
        value.trim_ascii(),
        rest,
    ))
}

/// A backslash takes its special meaning from the character behind it (RFC 9110 section 5.6.4).
fn closing_quote(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    text.iter().position(|byte| {
        let closes = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    })
}

fn add<'a>(
    source: Source,
    name: &'a [u8],
    value: &'a [u8],
    all: &mut Vec<Parameter<'a>>,
) -> Result<(), Refutation> {
    if all.len() == MOST {
        return Err(Refutation::malformed(format!("there are more than {MOST} parameters")));
    }
    let plus = if source == Source::Header { Plus::IsItself } else { Plus::IsSpace };
    let loose = !value.iter().all(|byte| *byte == b'%' || is_unreserved(*byte));
    let (Some(decoded), Some(value)) = (decode(name, plus), decode(value, plus)) else {
        let name = excerpt(name);
        let message = format!("the parameter {name:?} of the {source} is not percent-encoded well");
        return Err(Refutation::malformed(message));
    };
    all.push(Parameter { name: decoded, value, loose });
    Ok(())
}
