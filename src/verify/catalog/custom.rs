//! What the senders with code of their own take of an `auth` table.

use std::collections::BTreeMap;
use std::time::Duration;

use super::auth::{Auth, SchemeError};
use crate::domain::name::SchemeName;
use crate::verify::address;
use crate::verify::clock::Window;
use crate::verify::custom::Custom;
use crate::verify::custom::contentful::Contentful;
use crate::verify::custom::dropbox_sign::DropboxSign;
use crate::verify::custom::plivo::Plivo;
use crate::verify::custom::sns::{Sns, is_of_sns};
use crate::verify::hash::Hash;
use crate::verify::key::{Key, KeyForm};
use crate::verify::public_key::PublicKey;
use crate::verify::scheme::Scheme;

/// How old a request of Contentful may be, which is what its toolkit allows; it looks back only.
const CONTENTFUL_TOLERANCE: Duration = Duration::from_secs(30);

/// Amazon SNS, which tries again for weeks, so that age is judged only where the user says so.
pub(in crate::verify) fn aws_sns(auth: &Auth) -> Result<Scheme, SchemeError> {
    let name = SchemeName::from(auth.scheme.as_str());
    let mut certificates = BTreeMap::new();
    for (address, text) in &auth.certificates {
        let mistake =
            |problem: &str| auth.unusable("certificates", format!("has {address:?}, {problem}"));
        if !is_of_sns(address) {
            return Err(mistake("which is not an address of Amazon SNS"));
        }
        let key = PublicKey::parse(text.expose());
        let key = key.map_err(|error| mistake(&format!("whose text {error}")))?;
        certificates.insert(address.clone(), key);
    }
    if certificates.is_empty() {
        return Ok(Scheme::Keyless(name));
    }
    let window = Window { back: auth.tolerance, ahead: auth.future };
    let topic_arn = auth.topic_arn.clone();
    Ok(Scheme::Custom(Box::new(Custom::Sns(Sns { name, certificates, topic_arn, window }))))
}

/// Contentful.
pub(in crate::verify) fn contentful(auth: &Auth) -> Result<Scheme, SchemeError> {
    let back = auth.tolerance.unwrap_or(CONTENTFUL_TOLERANCE);
    let window = Window { back: Some(back), ahead: auth.future };
    keyed(auth, |name, keys| Custom::Contentful(Contentful { name, keys, window }))
}

/// Plivo.
pub(in crate::verify) fn plivo(auth: &Auth) -> Result<Scheme, SchemeError> {
    if auth.url.as_deref().is_some_and(|url| address::base_uri(url).is_none()) {
        return Err(auth.unusable("url", "is not a url with a host"));
    }
    let origin = auth.origin();
    keyed(auth, |name, keys| Custom::Plivo(Plivo { name, keys, origin }))
}

/// Dropbox Sign, which tries again for days.
pub(in crate::verify) fn dropbox_sign(auth: &Auth) -> Result<Scheme, SchemeError> {
    let window = Window { back: auth.tolerance, ahead: auth.future };
    keyed(auth, |name, keys| Custom::DropboxSign(DropboxSign { name, keys, window }))
}

/// The scheme with the secrets as keys of HMAC-SHA-256.
fn keyed(
    auth: &Auth,
    make: impl FnOnce(SchemeName, Vec<Key>) -> Custom,
) -> Result<Scheme, SchemeError> {
    let name = SchemeName::from(auth.scheme.as_str());
    let key = |secret| {
        let key = Key::read(&KeyForm::default(), Hash::Sha256, secret);
        key.ok_or_else(|| auth.unusable("secret", "is empty, so that anybody could pass"))
    };
    let keys = auth.secrets.iter().map(key).collect::<Result<Vec<_>, _>>()?;
    if keys.is_empty() {
        return Ok(Scheme::Keyless(name));
    }
    Ok(Scheme::Custom(Box::new(make(name, keys))))
}

#[cfg(test)]
mod tests;
