//! The signatures of one request, read out of `Signature-Input` and `Signature` (RFC 9421
//! section 4), not yet believed.

use sfv::{BareItem, FieldType as _, InnerList, ListEntry};

use super::component::Component;
use super::fields::dictionary;
use crate::domain::headers::Headers;
use crate::verify::refutation::{Refutation, excerpt};

/// More signatures than any sender makes, and few enough to check at once.
const MOST_SIGNATURES: usize = 32;

/// More components than any sender covers, and few enough to look for each.
const MOST_COMPONENTS: usize = 100;

/// One signature of a request.
#[derive(Clone, Debug)]
pub(in crate::verify) struct Sent {
    /// What the sender calls it, which means nothing.
    pub(in crate::verify) label: String,
    /// The covered components with the parameters of the signature.
    pub(in crate::verify) input: InnerList,
    /// The signature; none if `Signature` has nothing of this label.
    signature: Option<BareItem>,
}

/// The parameters of a signature (RFC 9421 section 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verify) struct Parameters<'a> {
    /// Seconds since 1970.
    pub(in crate::verify) created: Option<i64>,
    /// Seconds since 1970.
    pub(in crate::verify) expires: Option<i64>,
    pub(in crate::verify) algorithm: Option<&'a str>,
    pub(in crate::verify) nonce: Option<&'a str>,
    pub(in crate::verify) tag: Option<&'a str>,
}

/// Every signature of a request, of which there is at least one.
pub(in crate::verify) fn signatures(headers: &Headers) -> Result<Vec<Sent>, Refutation> {
    let Some(inputs) = dictionary(headers, "Signature-Input")? else {
        return Err(Refutation::missing(match headers.first("Signature") {
            Some(value) if value.windows(6).any(|word| word == b"keyId=") => {
                "Signature-Input is missing; the Signature header is of the older draft of Cavage"
            }
            Some(_) => "the header Signature-Input is missing",
            None => "the headers Signature-Input and Signature are missing",
        }));
    };
    let mut signatures = dictionary(headers, "Signature")?
        .ok_or_else(|| Refutation::missing("the header Signature is missing"))?;
    if inputs.is_empty() {
        return Err(Refutation::missing("Signature-Input is empty"));
    }
    if inputs.len() > MOST_SIGNATURES {
        let message = format!("there are more than {MOST_SIGNATURES} signatures");
        return Err(Refutation::malformed(message));
    }
    let sent = inputs.into_iter().map(|(label, input)| {
        let signature = match signatures.swap_remove(&label) {
            Some(ListEntry::Item(item)) => Some(item.bare_item),
            Some(ListEntry::InnerList(_)) | None => None,
        };
        let label = String::from(label);
        match input {
            ListEntry::InnerList(input) => Ok(Sent { label, input, signature }),
            ListEntry::Item(_) => Err(Refutation::malformed(format!(
                "{label} in Signature-Input is not a list of components in parentheses"
            ))),
        }
    });
    sent.collect()
}

impl Sent {
    /// What is to be signed.
    pub(in crate::verify) fn unsigned(label: &str, input: InnerList) -> Self {
        Self { label: label.to_owned(), input, signature: None }
    }

    /// The id of the key that it is said to be made with.
    pub(in crate::verify) fn key_id(&self) -> Option<&str> {
        self.text("keyid").ok().flatten()
    }

    /// Its parameters.
    pub(in crate::verify) fn parameters(&self) -> Result<Parameters<'_>, Refutation> {
        Ok(Parameters {
            created: self.time("created")?,
            expires: self.time("expires")?,
            algorithm: self.text("alg")?,
            nonce: self.text("nonce")?,
            tag: self.text("tag")?,
        })
    }

    /// The bytes of the signature.
    pub(in crate::verify) fn signature(&self) -> Result<&[u8], Refutation> {
        let signature = self.signature.as_ref().and_then(BareItem::as_byte_sequence);
        signature.ok_or_else(|| {
            let label = &self.label;
            let message =
                format!("Signature has no {label}=:…: for what Signature-Input announces");
            Refutation::malformed(message)
        })
    }

    /// The components that it covers.
    pub(in crate::verify) fn components(&self) -> Result<Vec<Component>, Refutation> {
        let Self { label, input, .. } = self;
        if input.items.len() > MOST_COMPONENTS {
            let message = format!("{label} covers more than {MOST_COMPONENTS} components");
            return Err(Refutation::malformed(message));
        }
        let mut components = Vec::<Component>::new();
        for item in &input.items {
            let component = Component::read(item).map_err(|problem| {
                let item = excerpt(item.serialize().as_bytes());
                Refutation::malformed(format!("{label} covers {item}, which {problem}"))
            })?;
            if components.contains(&component) {
                let id = component.id();
                return Err(Refutation::malformed(format!("{label} covers {id} more than once")));
            }
            components.push(component);
        }
        Ok(components)
    }

    fn text(&self, name: &str) -> Result<Option<&str>, Refutation> {
        let Some(value) = self.input.params.get(name) else { return Ok(None) };
        match value.as_string() {
            Some(text) => Ok(Some(text.as_str())),
            None => Err(self.malformed(name, "a text in quotes")),
        }
    }

    fn time(&self, name: &str) -> Result<Option<i64>, Refutation> {
        let Some(value) = self.input.params.get(name) else { return Ok(None) };
        match value.as_integer() {
            Some(seconds) => Ok(Some(i64::from(seconds))),
            None => Err(self.malformed(name, "a number of seconds since 1970")),
        }
    }

    fn malformed(&self, parameter: &str, expected: &str) -> Refutation {
        let label = &self.label;
        Refutation::malformed(format!("the parameter {parameter} of {label} is not {expected}"))
    }
}
