//! What HTTP message signatures take of an `auth` table.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::auth::{Auth, NamedKey, SchemeError};
use crate::domain::name::SchemeName;
use crate::domain::nearest::suggestion;
use crate::verify::address;
use crate::verify::clock::Window;
use crate::verify::encoding::Encoding;
use crate::verify::hash::Hash;
use crate::verify::httpsig::HttpSignatures;
use crate::verify::httpsig::component::Component;
use crate::verify::httpsig::coverage::Required;
use crate::verify::httpsig::key::{ALGORITHMS, Key, Material};
use crate::verify::key::KeyForm;
use crate::verify::public_key::{PublicKey, SignatureAlgorithm};
use crate::verify::scheme::Scheme;
use crate::verify::signing_key::SigningKey;

/// How old a signature may be, and how far ahead of the arrival, unless the user says otherwise.
const MAX_AGE: Duration = Duration::from_secs(5 * 60);

const SECRET_ENCODINGS: &[(&str, Option<Encoding>)] =
    &[("utf8", None), ("hex", Some(Encoding::Hex)), ("base64", Some(Encoding::Base64))];

/// The scheme of the table.
pub(in crate::verify) fn scheme(auth: &Auth) -> Result<Scheme, SchemeError> {
    let name = SchemeName::from(auth.scheme.as_str());
    if auth.url.as_deref().is_some_and(|url| address::base_uri(url).is_none()) {
        return Err(auth.unusable("url", "is not a url with a host"));
    }
    if !can_be_named(auth.tag.as_deref().unwrap_or_default()) {
        return Err(auth.unusable("tag", "has characters that no header can have"));
    }
    let required = match &auth.required {
        None => Required::usual(),
        Some(names) => Required::these(
            names.iter().map(|name| component(auth, name)).collect::<Result<_, _>>()?,
        ),
    };
    let keys = auth.keys.iter().map(|(id, key)| Ok((id.clone(), self::key(auth, id, key)?)));
    let keys = keys.collect::<Result<BTreeMap<_, _>, _>>()?;
    if keys.is_empty() {
        return Ok(Scheme::Keyless(name));
    }
    let max_age = auth.max_age.unwrap_or(MAX_AGE);
    Ok(Scheme::HttpSignatures(Box::new(HttpSignatures {
        name,
        keys,
        required,
        tag: auth.tag.clone(),
        window: Window { back: Some(max_age), ahead: Some(auth.future.unwrap_or(max_age)) },
        require_created: auth.max_age.is_some(),
        origin: auth.origin(),
    })))
}

fn component(auth: &Auth, name: &str) -> Result<Component, SchemeError> {
    Component::parse(name)
        .map_err(|problem| auth.unusable("required", format!("has {name:?}, which {problem}")))
}

fn key(auth: &Auth, id: &str, given: &NamedKey) -> Result<Key, SchemeError> {
    let mistake = |problem: &str| auth.unusable("keys", format!("has {id:?}, {problem}"));
    if !can_be_named(id) {
        return Err(mistake("which has characters that no header can have"));
    }
    let algorithm = given.algorithm.as_str();
    let Some((algorithm, kind)) = ALGORITHMS.iter().find(|(name, _)| *name == algorithm) else {
        let suggestion = suggestion(algorithm, ALGORITHMS.iter().map(|(name, _)| *name));
        return Err(mistake(&format!("whose algorithm {algorithm:?} is not known{suggestion}")));
    };
    let material = match kind {
        None => shared(given),
        Some(kind) => pair(*kind, given),
    };
    let material = material.map_err(|problem| mistake(&problem))?;
    Ok(Key { algorithm, material })
}

/// Whether the text can stand in a structured field.
fn can_be_named(text: &str) -> bool {
    sfv::StringRef::from_str(text).is_ok()
}

/// Else what is wrong, to follow the key's id and a comma.
fn shared(given: &NamedKey) -> Result<Material, String> {
    if given.public_key.is_some() || given.private_key.is_some() {
        return Err("whose algorithm has a secret, and no public or private key".to_owned());
    }
    let secret = given.secret.as_ref().ok_or("which needs a secret")?;
    let named = given.secret_encoding.as_deref().unwrap_or("utf8");
    let encoding = SECRET_ENCODINGS.iter().find(|(name, _)| *name == named);
    let (_, encoding) = encoding.ok_or_else(|| {
        let suggestion = suggestion(named, SECRET_ENCODINGS.iter().map(|(name, _)| *name));
        format!("whose secret_encoding {named:?} is not known{suggestion}")
    })?;
    let form = KeyForm { encoding: *encoding, ..KeyForm::default() };
    let key = form.decode(secret);
    let key = key.ok_or_else(|| format!("whose secret is empty or not a key in {named}"))?;
    Ok(Material::Shared(Hash::Sha256.hmac_key(&key)))
}

/// Else what is wrong, to follow the key's id and a comma.
fn pair(algorithm: SignatureAlgorithm, given: &NamedKey) -> Result<Material, String> {
    if given.secret.is_some() || given.secret_encoding.is_some() {
        return Err("whose algorithm has a public key, and no secret".to_owned());
    }
    let private = given.private_key.as_ref().map(SigningKey::parse).transpose();
    let private = private.map_err(|error| format!("whose private_key {error}"))?;
    let public = match (&given.public_key, &private) {
        (Some(text), _) => {
            let key = PublicKey::parse(text.expose());
            key.map_err(|error| format!("whose public_key {error}"))?
        }
        (None, Some(private)) => private.public_key(),
        (None, None) => return Err("which needs a public_key".to_owned()),
    };
    if !public.fits(algorithm) {
        return Err(format!("whose key is not one of {algorithm}"));
    }
    if private.as_ref().is_some_and(|private| private.public_key() != public) {
        return Err("whose private_key does not belong to its public_key".to_owned());
    }
    Ok(Material::Pair { algorithm, public, private: private.map(Arc::new) })
}

#[cfg(test)]
mod tests;
