//! Takes secrets out of what is kept and shown of an attempt.
//!
//! A provider may send back what it was sent: in an error, in a header, in the address of a
//! redirect. So every occurrence of a known secret is masked, in the forms that it is likely to
//! come back in.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use crate::domain::account::{Account, Bearer, Credentials};
use crate::domain::attempt::{Attempt, Call, Outcome, Response};
use crate::domain::headers::{Field, Headers};
use crate::domain::http::Request;
use crate::domain::masking::{MASK, is_credential};
use crate::domain::secret::Secret;
use crate::domain::url::Url;

/// A shorter secret is looked for only as all of a header's value: within a body it may be any
/// other word.
const SHORTEST: usize = 6;

/// What stands for itself in a form or a query.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'*');

/// Knows secrets, and takes them out. Longer ones come first: one may hold another.
#[derive(Clone, Debug, Default)]
pub struct Censor {
    secrets: Vec<Secret>,
}

impl Censor {
    /// Knows these secrets.
    #[must_use]
    pub fn new(secrets: impl IntoIterator<Item = Secret>) -> Self {
        let mut forms = secrets
            .into_iter()
            .flat_map(|secret| forms(&secret))
            .filter(|form| !form.is_empty())
            .collect::<Vec<_>>();
        forms.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        forms.dedup();
        Self { secrets: forms.into_iter().map(Secret::new).collect() }
    }

    /// Knows the secrets of the account, and these tokens.
    #[must_use]
    pub fn of(account: &Account, tokens: impl IntoIterator<Item = Secret>) -> Self {
        Self::new(secrets(&account.credentials).into_iter().chain(tokens))
    }

    /// The attempt without the secrets, and with everything masked in the header of the request
    /// that is called a credential.
    #[must_use]
    pub fn attempt(&self, attempt: Attempt) -> Attempt {
        let outcome = match attempt.outcome {
            Outcome::Answered(response) => Outcome::Answered(self.response(&response)),
            Outcome::Failed { error, message } => {
                Outcome::Failed { error, message: self.text(&message) }
            }
        };
        Attempt { call: self.call(&attempt.call), outcome, ..attempt }
    }

    fn call(&self, call: &Call) -> Call {
        // What a secret is masked by may stand in a path or a query, so this cannot fail there.
        let url =
            Url::parse(&self.text(&call.url.to_string())).unwrap_or_else(|_| call.url.clone());
        let request = Request {
            target: url.target().to_owned(),
            headers: self.headers(&call.request.headers, is_credential),
            body: self.bytes(&call.request.body),
            ..call.request.clone()
        };
        Call { url, request, insecure: call.insecure, repeats_body: false }
    }

    fn response(&self, response: &Response) -> Response {
        let is_cookie = |name: &[u8]| name.eq_ignore_ascii_case(b"set-cookie");
        Response {
            status: response.status,
            headers: self.headers(&response.headers, is_cookie),
            body: self.bytes(&response.body),
        }
    }

    fn headers(&self, headers: &Headers, is_masked: impl Fn(&[u8]) -> bool) -> Headers {
        let fields = headers.iter().map(|field| {
            let is_secret = self.secrets.iter().any(|secret| secret.expose() == field.value);
            let value = if is_secret || is_masked(&field.name) {
                Bytes::from_static(MASK.as_bytes())
            } else {
                self.bytes(&field.value)
            };
            Field { name: field.name.clone(), value }
        });
        Headers::new(fields.collect(), headers.fidelity())
    }

    /// The text without the secrets.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        match self.masked(text.as_bytes()) {
            Cow::Borrowed(_) => text.to_owned(),
            Cow::Owned(masked) => String::from_utf8_lossy(&masked).into_owned(),
        }
    }

    /// The bytes without the secrets.
    #[must_use]
    pub fn bytes(&self, bytes: &Bytes) -> Bytes {
        match self.masked(bytes) {
            Cow::Borrowed(_) => bytes.clone(),
            Cow::Owned(masked) => masked.into(),
        }
    }

    fn masked<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let searched = self.secrets.iter().map(Secret::expose);
        let searched = searched.filter(|secret| secret.len() >= SHORTEST);
        searched.fold(Cow::Borrowed(bytes), |bytes, secret| match replaced(&bytes, secret) {
            Some(masked) => Cow::Owned(masked),
            None => bytes,
        })
    }
}

/// The bytes with the mask for each occurrence; none if there is no occurrence.
fn replaced(bytes: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    let mut found = memchr::memmem::find_iter(bytes, secret).peekable();
    found.peek()?;
    let mut masked = Vec::with_capacity(bytes.len());
    let mut end = 0;
    for start in found {
        masked.extend_from_slice(&bytes[end..start]);
        masked.extend_from_slice(MASK.as_bytes());
        end = start + secret.len();
    }
    masked.extend_from_slice(&bytes[end..]);
    Some(masked)
}

/// A secret as it is, in JSON, and in a form or an address.
fn forms(secret: &Secret) -> [Vec<u8>; 3] {
    let plain = secret.expose().to_vec();
    let encoded = percent_encode(&plain, ENCODED).to_string().into_bytes();
    let json = serde_json::Value::from(String::from_utf8_lossy(&plain)).to_string();
    let json = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or(&json);
    [json.as_bytes().to_vec(), encoded, plain]
}

/// Everything secret about an account, Basic credentials made of it included.
pub fn secrets(credentials: &Credentials) -> Vec<Secret> {
    match credentials {
        Credentials::AvinodeGroup { api_token, bearer, .. } => {
            let mut secrets = vec![api_token.clone()];
            match bearer {
                Bearer::Token(token) => secrets.push(token.clone()),
                Bearer::Client { id, secret } => {
                    secrets.extend([secret.clone(), basic(id, secret)]);
                }
            }
            secrets
        }
        Credentials::Avionte { api_key, client_id, client_secret, .. } => {
            vec![api_key.clone(), client_secret.clone(), basic(client_id, client_secret)]
        }
        Credentials::Channex { api_key, .. } => vec![api_key.clone()],
    }
}

/// What HTTP Basic makes of both. Without its padding it is found with it as well.
fn basic(id: &str, secret: &Secret) -> Secret {
    let pair = [id.as_bytes(), b":", secret.expose()].concat();
    Secret::new(STANDARD_NO_PAD.encode(pair))
}

#[cfg(test)]
mod tests;
