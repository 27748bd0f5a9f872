//! Plivo, version 3 of its signatures: an HMAC over the URL with its query sorted, the sorted fields
//! of a form, and a nonce (plivo.com/docs, "Signature validation", and plivo-python).

use ring::hmac;

use crate::domain::http::Request;
use crate::domain::name::SchemeName;
use crate::domain::verdict::Reason;
use crate::verify::address::Origin;
use crate::verify::encoding::{Encoding, equal};
use crate::verify::key::{Key, matched};
use crate::verify::pairs::{Decoded, pairs};
use crate::verify::place::{self, HeaderPattern, HeaderPlace};
use crate::verify::received::Received;
use crate::verify::refutation::Refutation;
use crate::verify::signing::{CannotSign, Signing, field};

const SIGNATURE: &str = "X-Plivo-Signature-V3";
/// The same with the key of the main account, for requests of its subaccounts.
const MAIN_SIGNATURE: &str = "X-Plivo-Signature-Ma-V3";
const NONCE: &str = "X-Plivo-Signature-V3-Nonce";

/// More parameters than any sender has, and few enough to sort at once.
const MOST_PARAMETERS: usize = 10_000;

/// What an endpoint expects of Plivo.
#[derive(Clone, Debug)]
pub struct Plivo {
    pub(in crate::verify) name: SchemeName,
    /// The auth tokens, of which any may match; there is at least one.
    pub(in crate::verify) keys: Vec<Key>,
    /// Where the URL as Plivo knows it comes from.
    pub(in crate::verify) origin: Origin,
}

impl Plivo {
    /// The notes for a request whose signature holds.
    pub(in crate::verify) fn check(
        &self,
        request: &Request,
        received: &Received<'_>,
    ) -> Result<Vec<String>, Refutation> {
        let place = [SIGNATURE, MAIN_SIGNATURE].map(|name| HeaderPattern::Name(name.to_owned()));
        let values = HeaderPlace(place.to_vec()).all(&request.headers)?;
        let nonce = place::only(&request.headers, NONCE)?
            .ok_or_else(|| Refutation::missing(format!("the header {NONCE} is missing")))?;
        let signatures = values.iter().flat_map(|value| value.split(|byte| *byte == b','));
        let signatures = signatures.filter_map(|text| Encoding::Base64.decode(text.trim_ascii()));
        let signatures = signatures.filter(|signature| !signature.is_empty()).collect::<Vec<_>>();
        if signatures.is_empty() {
            let message = format!("no signature in {SIGNATURE} can be read as base64");
            return Err(Refutation::malformed(message));
        }
        let message = self.message(request, received, nonce)?;
        let holds = |key: &&Key| {
            let tag = hmac::sign(&key.hmac, &message);
            signatures.iter().any(|signature| equal(signature, tag.as_ref()))
        };
        let key = self.keys.iter().find(holds).ok_or_else(|| {
            let message = format!("{SIGNATURE} is not the HMAC-SHA-256 of url, fields and nonce");
            Refutation::new(Reason::SignatureMismatch, message)
        })?;
        let uncovered = (!request.is_form() && !request.body.is_empty())
            .then(|| "the signature does not cover the body, which is not a form".to_owned());
        Ok(matched(&key.secret, self.keys.len()).into_iter().chain(uncovered).collect())
    }

    /// The request with header fields that make it verify.
    pub(in crate::verify) fn sign(
        &self,
        request: &Request,
        signing: &Signing<'_>,
    ) -> Result<Request, CannotSign> {
        let received = Received { at: signing.at, public_url: signing.public_url };
        let message = self
            .message(request, &received, signing.nonce.as_bytes())
            .map_err(|refutation| CannotSign::Unreadable(refutation.message))?;
        let tag = hmac::sign(&self.keys[0].hmac, &message);
        let fields = vec![
            field(NONCE, signing.nonce)?,
            field(SIGNATURE, Encoding::Base64.encode(tag.as_ref()))?,
        ];
        Ok(Request { headers: request.headers.with(fields), ..request.clone() })
    }

    /// What is signed.
    fn message(
        &self,
        request: &Request,
        received: &Received<'_>,
        nonce: &[u8],
    ) -> Result<Vec<u8>, Refutation> {
        let url = self.origin.url(request, received).ok_or_else(|| {
            let message = "the url is signed, but there is neither a public url nor a Host header";
            Refutation::missing(message)
        })?;
        let (base, query) = url.split_once('?').unwrap_or((&url, ""));
        let query = sorted(query.as_bytes())?;
        let fields = if request.is_form() { sorted(&request.body)? } else { Vec::new() };

        let mut message = base.as_bytes().to_vec();
        if !query.is_empty() || !fields.is_empty() {
            message.push(b'?');
        }
        let pairs = query.iter().map(|(name, value)| [name, &b"="[..], value].concat());
        message.extend(pairs.collect::<Vec<_>>().join(&b"&"[..]));
        if !query.is_empty() && !fields.is_empty() {
            message.push(b'.');
        }
        for (name, value) in &fields {
            message.extend_from_slice(name);
            message.extend_from_slice(value);
        }
        message.push(b'.');
        message.extend_from_slice(nonce);
        Ok(message)
    }
}

/// The pairs of a query or form, sorted by name and then by value.
fn sorted(text: &[u8]) -> Result<Vec<(Decoded<'_>, Decoded<'_>)>, Refutation> {
    let mut pairs = pairs(text).take(MOST_PARAMETERS + 1).collect::<Vec<_>>();
    if pairs.len() > MOST_PARAMETERS {
        let message = format!("there are more than {MOST_PARAMETERS} parameters");
        return Err(Refutation::malformed(message));
    }
    pairs.sort_unstable();
    Ok(pairs)
}

#[cfg(test)]
mod tests;
