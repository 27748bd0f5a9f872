//! Signatures over a message: which keys they take, and how these are read.

use std::sync::Arc;

use crate::domain::secret::Secret;
use crate::verify::catalog::auth::{Auth, SchemeError};
use crate::verify::clock::Window;
use crate::verify::key::{Key, KeyForm};
use crate::verify::proof::Keys;
use crate::verify::public_key::{PublicKey, SignatureAlgorithm};
use crate::verify::recipe::{Proof, Recipe};
use crate::verify::scheme::Scheme;
use crate::verify::settings::Setting;
use crate::verify::signature::Signature;
use crate::verify::signing_key::SigningKey;

/// The keys of an `auth` table that the recipe has use for.
pub(in crate::verify) fn keys(recipe: &Recipe) -> Vec<&'static str> {
    let mut keys = match recipe.proof {
        Proof::Signature(_) if recipe.certificate.is_some() => vec!["certificates"],
        Proof::Signature(SignatureAlgorithm::Ed25519) => vec!["public_key", "secret"],
        Proof::Signature(_) => vec!["public_key"],
        Proof::Mac(_) | Proof::Digest(_) => vec!["secret"],
    };
    keys.extend(recipe.settings().map(Setting::key));
    if recipe.timestamp.is_some() {
        keys.extend(["tolerance", "future"]);
    }
    if recipe.signs_url() {
        keys.extend(["url", "trust_forwarded"]);
    }
    keys
}

/// The scheme of this recipe with the secrets of this table.
pub(in crate::verify) fn scheme(auth: &Auth, recipe: &Arc<Recipe>) -> Result<Scheme, SchemeError> {
    for setting in recipe.message_settings() {
        if auth.settings().value(setting).is_none_or(<[u8]>::is_empty) {
            return Err(SchemeError::Missing { scheme: auth.scheme.clone(), key: setting.key() });
        }
    }
    let keys = match recipe.proof {
        Proof::Mac(hash) | Proof::Digest(hash) if !auth.secrets.is_empty() => {
            let key = |secret| {
                let secret = auth.not_empty("secret", secret)?;
                Key::read(&recipe.key, hash, secret).ok_or_else(|| not_a_key(auth, &recipe.key))
            };
            Keys::Shared(auth.secrets.iter().map(key).collect::<Result<_, _>>()?)
        }
        Proof::Signature(_) if !auth.certificates.is_empty() => certificates(auth, recipe)?,
        Proof::Signature(algorithm) => match public(auth, &recipe.key, algorithm)? {
            Some(keys) => keys,
            None => return Ok(Scheme::Keyless(auth.name())),
        },
        Proof::Mac(_) | Proof::Digest(_) => return Ok(Scheme::Keyless(auth.name())),
    };
    let window = recipe.timestamp.as_ref().map(|rule| rule.window).unwrap_or_default();
    let window =
        Window { back: auth.tolerance.or(window.back), ahead: auth.future.or(window.ahead) };
    let (name, recipe) = (auth.name(), Arc::clone(recipe));
    let (origin, settings) = (auth.origin(), auth.settings());
    Ok(Scheme::Signature(Box::new(Signature { name, recipe, keys, window, origin, settings })))
}

fn not_a_key(auth: &Auth, form: &KeyForm) -> SchemeError {
    let encoding = form.encoding.map(|encoding| format!(" in {encoding}")).unwrap_or_default();
    auth.unusable("secret", format!("is not a key{encoding}; does it have white space or quotes?"))
}

/// The public key, or the private one that it belongs to.
fn public(
    auth: &Auth,
    form: &KeyForm,
    algorithm: SignatureAlgorithm,
) -> Result<Option<Keys>, SchemeError> {
    let public = auth.public_key.as_ref();
    let public = public.map(|text| public_key(auth, "public_key", text, form, algorithm));
    let public = public.transpose()?;
    let private = match &auth.secrets[..] {
        [] => return Ok(public.map(Keys::Public)),
        [secret] => signing_key(auth, secret, form)?,
        _ => return Err(auth.unusable("secret", "is one private key, not several")),
    };
    let own = private.public_key();
    if public.is_some_and(|public| public != own) {
        return Err(auth.unusable("secret", "does not belong to the public_key"));
    }
    Ok(Some(Keys::Private(Arc::new(private), own)))
}

fn certificates(auth: &Auth, recipe: &Recipe) -> Result<Keys, SchemeError> {
    let Proof::Signature(algorithm) = recipe.proof else {
        return Err(auth.unusable("certificates", "are for signatures"));
    };
    let key = |(url, text): (&String, &Secret)| {
        let key = public_key(auth, "certificates", text, &recipe.key, algorithm)?;
        Ok((url.clone(), key))
    };
    auth.certificates.iter().map(key).collect::<Result<_, _>>().map(Keys::Certificates)
}

fn public_key(
    auth: &Auth,
    key: &'static str,
    text: &Secret,
    form: &KeyForm,
    algorithm: SignatureAlgorithm,
) -> Result<PublicKey, SchemeError> {
    let public = PublicKey::parse(form.stripped(text));
    let public = public.map_err(|error| auth.unusable(key, error.to_string()))?;
    if !public.fits(algorithm) {
        return Err(auth.unusable(key, format!("is not a key for {algorithm}")));
    }
    Ok(public)
}

fn signing_key(auth: &Auth, secret: &Secret, form: &KeyForm) -> Result<SigningKey, SchemeError> {
    let secret = Secret::new(form.stripped(secret));
    SigningKey::parse(&secret).map_err(|error| auth.unusable("secret", error.to_string()))
}
