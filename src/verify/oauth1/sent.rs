//! The protocol parameters of one request, read and checked for form, not yet believed.

use super::algorithm::Algorithm;
use super::parameters::Parameters;
use crate::domain::http::Request;
use crate::verify::clock::TimeFormat;
use crate::verify::encoding::Encoding;
use crate::verify::refutation::{Refutation, excerpt};

/// The protocol parameters of one request.
#[derive(Debug)]
pub(in crate::verify) struct Sent<'a> {
    pub(in crate::verify) key: &'a [u8],
    /// Empty if there is none, which the protocol treats alike.
    pub(in crate::verify) token: &'a [u8],
    pub(in crate::verify) method: &'a [u8],
    pub(in crate::verify) signature: &'a [u8],
    /// Seconds since 1970; PLAINTEXT may do without.
    pub(in crate::verify) seconds: Option<i64>,
    /// Decoded.
    pub(in crate::verify) body_hash: Option<Vec<u8>>,
}

impl<'a> Sent<'a> {
    /// Reads the parameters that the protocol asks for.
    pub(in crate::verify) fn read(
        request: &Request,
        parameters: &'a Parameters<'_>,
    ) -> Result<Self, Refutation> {
        let key = parameters.needed("oauth_consumer_key")?;
        let method = parameters.needed("oauth_signature_method")?;
        let signature = parameters.needed("oauth_signature")?;
        let token = parameters.once("oauth_token")?.unwrap_or_default();
        if parameters.once("oauth_version")?.is_some_and(|version| version != b"1.0") {
            return Err(Refutation::malformed("oauth_version is not 1.0"));
        }
        let (timestamp, nonce) =
            (parameters.once("oauth_timestamp")?, parameters.once("oauth_nonce")?);
        if method != Algorithm::Plaintext.as_str().as_bytes() {
            let needed = [("oauth_timestamp", timestamp), ("oauth_nonce", nonce)];
            if let Some((name, _)) = needed.into_iter().find(|(_, value)| value.is_none()) {
                return Err(Refutation::malformed(format!("{name} is missing")));
            }
        }
        let seconds = timestamp.map(seconds).transpose()?;
        let body_hash = match parameters.once("oauth_body_hash")? {
            Some(_) if request.is_form() => {
                let message =
                    "oauth_body_hash must not be sent with a form, which is signed itself";
                return Err(Refutation::malformed(message));
            }
            Some(text) => Some(Encoding::Base64.decode(text).ok_or_else(|| {
                Refutation::malformed("oauth_body_hash cannot be read as base64")
            })?),
            None => None,
        };
        Ok(Self { key, token, method, signature, seconds, body_hash })
    }

    /// The bytes of the signature. A plus sign that the sender did not encode became a space in a
    /// query or form, and can only have been a plus sign.
    pub(in crate::verify) fn decoded_signature(&self) -> Result<Vec<u8>, Refutation> {
        let plus = |byte: &u8| if *byte == b' ' { b'+' } else { *byte };
        let text = self.signature.iter().map(plus).collect::<Vec<_>>();
        Encoding::Base64
            .decode(&text)
            .ok_or_else(|| Refutation::malformed("oauth_signature cannot be read as base64"))
    }
}

fn seconds(text: &[u8]) -> Result<i64, Refutation> {
    TimeFormat::Unix.read(text).filter(|seconds| *seconds > 0).ok_or_else(|| {
        let text = excerpt(text);
        Refutation::malformed(format!(
            "oauth_timestamp {text:?} is not a number of seconds since 1970"
        ))
    })
}
