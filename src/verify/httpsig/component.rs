//! Components of a request that a signature may cover (RFC 9421 section 2).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, percent_encode};
use sfv::{BareItem, FieldType as _, Item, Parser};

use super::fields::{combined, dictionary, strict};
use crate::domain::http::Request;
use crate::verify::address;
use crate::verify::encoding::Encoding;
use crate::verify::refutation::{Refutation, excerpt};

/// What `application/x-www-form-urlencoded` encodes, with `%20` for a space (section 2.2.8).
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// A component as a signature names it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::verify) struct Component {
    item: Item,
    kind: Kind,
}

/// What a component is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::verify) enum Kind {
    Method,
    TargetUri,
    Authority,
    Scheme,
    RequestTarget,
    Path,
    Query,
    /// A parameter of the query, by its name in encoded form.
    QueryParam(String),
    /// A header field by its name in lower case.
    Field(String, Form),
}

/// How the value of a field is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::verify) enum Form {
    /// As sent.
    Combined,
    /// `sf`: in the one way of writing that structured fields have.
    Strict,
    /// `key`: this member of the dictionary.
    Member(String),
    /// `bs`: each line's bytes in base64.
    Bytes,
}

/// The request that components are taken of, with its URL as the sender knows it.
#[derive(Clone, Copy, Debug)]
pub(in crate::verify) struct Message<'a> {
    pub(in crate::verify) request: &'a Request,
    /// None if nothing names a host.
    pub(in crate::verify) url: Option<&'a str>,
}

impl Component {
    /// Reads the name with its parameters; else what is wrong, to follow "which".
    pub(in crate::verify) fn read(item: &Item) -> Result<Self, &'static str> {
        let name = item.bare_item.as_string().ok_or("is not a text in quotes")?.as_str();
        let kind = if name.starts_with('@') { derived(name, item)? } else { field(name, item)? };
        Ok(Self { item: item.clone(), kind })
    }

    /// Reads a name as people write it in the config, without quotes around it:
    /// `content-digest`, `@query-param;name="id"`.
    pub(in crate::verify) fn parse(text: &str) -> Result<Self, &'static str> {
        let (name, parameters) = text.split_at(text.find(';').unwrap_or(text.len()));
        let item = format!("\"{name}\"{parameters}");
        let item = Parser::new(&item).parse::<Item>();
        Self::read(&item.or(Err("is not a name with parameters"))?)
    }

    /// What it is.
    pub(in crate::verify) fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Whether it stands for the body.
    pub(in crate::verify) fn is_digest(&self) -> bool {
        matches!(&self.kind, Kind::Field(name, _) if name == "content-digest")
    }

    /// The name with its parameters, as it stands in the list of a signature.
    pub(in crate::verify) fn item(&self) -> &Item {
        &self.item
    }

    /// The name with its parameters, as it stands in the signature base.
    pub(in crate::verify) fn id(&self) -> String {
        self.item.serialize()
    }

    /// The value that this message has.
    pub(in crate::verify) fn value<'a>(
        &self,
        message: Message<'a>,
    ) -> Result<Cow<'a, [u8]>, Refutation> {
        let Message { request, .. } = message;
        let text = |text: &'a str| Cow::Borrowed(text.as_bytes());
        Ok(match &self.kind {
            Kind::Method => text(request.method.as_str()),
            Kind::TargetUri => {
                let BaseUri { scheme, authority, path } = self.base_uri(message)?;
                let query = query(message).map(|query| format!("?{query}")).unwrap_or_default();
                Cow::Owned(format!("{scheme}://{authority}{path}{query}").into_bytes())
            }
            Kind::Scheme => Cow::Owned(self.base_uri(message)?.scheme.into_bytes()),
            Kind::Authority => Cow::Owned(self.base_uri(message)?.authority.into_bytes()),
            Kind::RequestTarget => text(&request.target),
            Kind::Path => match message.url {
                Some(_) => Cow::Owned(self.base_uri(message)?.path.into_bytes()),
                None => text(request.path()),
            },
            Kind::Query => {
                Cow::Owned(format!("?{}", query(message).unwrap_or_default()).into_bytes())
            }
            Kind::QueryParam(name) => Cow::Owned(self.parameter(message, name)?.into_bytes()),
            Kind::Field(name, form) => Cow::Owned(self.field(request, name, form)?),
        })
    }

    fn url<'a>(&self, message: Message<'a>) -> Result<&'a str, Refutation> {
        message.url.ok_or_else(|| {
            let id = self.id();
            let message = "is signed, but neither a public url nor the Host header names the host";
            Refutation::missing(format!("{id} {message}"))
        })
    }

    fn base_uri(&self, message: Message<'_>) -> Result<BaseUri, Refutation> {
        let url = self.url(message)?;
        let base = address::base_uri(url).and_then(|base| BaseUri::split(&base));
        base.ok_or_else(|| {
            let (id, url) = (self.id(), excerpt(url.as_bytes()));
            Refutation::missing(format!("{id} is signed, but {url:?} is not a url with a host"))
        })
    }

    fn parameter(&self, message: Message<'_>, name: &str) -> Result<String, Refutation> {
        let query = query(message).unwrap_or_default();
        let mut values = query.split('&').filter_map(|pair| {
            let (own, value) = pair.split_once('=').unwrap_or((pair, ""));
            (encoded_again(own) == name).then_some(value)
        });
        match (values.next(), values.next()) {
            (Some(value), None) => Ok(encoded_again(value)),
            (None, _) => Err(self.absent()),
            (Some(_), Some(_)) => {
                let message = "is signed, but the query has it more than once";
                Err(Refutation::malformed(format!("{} {message}", self.id())))
            }
        }
    }

    fn field(&self, request: &Request, name: &str, form: &Form) -> Result<Vec<u8>, Refutation> {
        let headers = &request.headers;
        let not_structured = || {
            let message = "is signed, but the header is not a structured field";
            Refutation::malformed(format!("{} {message}", self.id()))
        };
        match form {
            Form::Combined => combined(headers, name).ok_or_else(|| self.absent()),
            Form::Strict => {
                let value = combined(headers, name).ok_or_else(|| self.absent())?;
                strict(&value).map(String::into_bytes).ok_or_else(not_structured)
            }
            Form::Member(key) => {
                let members = dictionary(headers, name)?.unwrap_or_default();
                let member = members.get(key.as_str()).ok_or_else(|| self.absent())?;
                let text = vec![member.clone()].serialize().ok_or_else(not_structured)?;
                Ok(text.into_bytes())
            }
            Form::Bytes => {
                let line =
                    |value: &[u8]| format!(":{}:", Encoding::Base64.encode(value.trim_ascii()));
                let lines = headers.all(name).map(line).collect::<Vec<_>>();
                if lines.is_empty() {
                    Err(self.absent())
                } else {
                    Ok(lines.join(", ").into_bytes())
                }
            }
        }
    }

    fn absent(&self) -> Refutation {
        Refutation::missing(format!("{} is signed, but the request does not have it", self.id()))
    }
}

fn derived(name: &str, item: &Item) -> Result<Kind, &'static str> {
    if name == "@query-param" {
        let mut parameters = item.params.iter();
        return match (parameters.next(), parameters.next()) {
            (Some((key, BareItem::String(value))), None) if key.as_str() == "name" => {
                Ok(Kind::QueryParam(value.as_str().to_owned()))
            }
            _ => Err("needs the parameter name and no other"),
        };
    }
    let kind = match name {
        "@method" => Kind::Method,
        "@target-uri" => Kind::TargetUri,
        "@authority" => Kind::Authority,
        "@scheme" => Kind::Scheme,
        "@request-target" => Kind::RequestTarget,
        "@path" => Kind::Path,
        "@query" => Kind::Query,
        "@status" => return Err("only answers have"),
        "@signature-params" => return Err("no signature may cover by itself"),
        _ => return Err("is not known"),
    };
    if item.params.is_empty() { Ok(kind) } else { Err("has parameters that it may not have") }
}

fn field(name: &str, item: &Item) -> Result<Kind, &'static str> {
    let lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
    if !lower || http::HeaderName::from_bytes(name.as_bytes()).is_err() {
        return Err("is not the name of a header in lower case");
    }
    let mut form = Form::Combined;
    for (key, value) in &item.params {
        let next = match (key.as_str(), value) {
            ("sf", BareItem::Boolean(true)) => Form::Strict,
            ("bs", BareItem::Boolean(true)) => Form::Bytes,
            ("key", BareItem::String(member)) => Form::Member(member.as_str().to_owned()),
            ("tr", _) => return Err("is a trailer, and trailers are not kept"),
            ("req", _) => return Err("is of another request, as only answers may have it"),
            _ => return Err("has parameters that are not known"),
        };
        form = match (&form, next) {
            (Form::Combined, next) => next,
            // A member is always written strictly.
            (Form::Strict, member @ Form::Member(_)) => member,
            (Form::Member(_), Form::Strict) => continue,
            _ => return Err("has parameters that exclude each other"),
        };
    }
    Ok(Kind::Field(name.to_owned(), form))
}

/// The parts of a URL whose scheme and host are in lower case and whose port is not the usual one.
struct BaseUri {
    scheme: String,
    authority: String,
    path: String,
}

impl BaseUri {
    fn split(base: &str) -> Option<Self> {
        let (scheme, rest) = base.split_once("://")?;
        let (authority, path) = rest.split_at(rest.find('/')?);
        Some(Self {
            scheme: scheme.to_owned(),
            authority: authority.to_owned(),
            path: path.to_owned(),
        })
    }
}

fn query(message: Message<'_>) -> Option<&str> {
    match message.url {
        Some(url) => url.split_once('?').map(|(_, query)| query),
        None => message.request.query(),
    }
}

/// Decoded as a form and encoded as signatures have it.
fn encoded_again(text: &str) -> String {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode(spaced.as_bytes()).collect::<Vec<_>>();
    percent_encode(&decoded, FORM).to_string()
}

#[cfg(test)]
mod tests;
