//! Schemes as they would be if one thing about them were another.

use std::borrow::Cow;
use std::sync::Arc;

use crate::domain::http::Request;
use crate::domain::secret::Secret;
use crate::verify::jwt::recipe::JwtRecipe;
use crate::verify::key::{Key, KeyForm};
use crate::verify::proof::Keys;
use crate::verify::received::Received;
use crate::verify::recipe::{Proof, Recipe};
use crate::verify::scheme::Scheme;
use crate::verify::signature::Signature;
use crate::verify::template::Part;

/// The schemes that a scheme is made of, without handshakes around them.
pub(in crate::verify) fn leaves(scheme: &Scheme) -> Vec<&Scheme> {
    match scheme {
        Scheme::Any(schemes) => schemes.iter().flat_map(leaves).collect(),
        Scheme::Handshaking(_, scheme) => leaves(scheme),
        scheme => vec![scheme],
    }
}

/// The shared secrets of a scheme, as configured.
pub(super) fn secrets(scheme: &Scheme) -> Vec<&Secret> {
    match scheme {
        Scheme::Signature(signature) => match &signature.keys {
            Keys::Shared(keys) => keys.iter().map(|key| &key.secret).collect(),
            _ => Vec::new(),
        },
        Scheme::Jwt(jwt) => jwt.secrets.iter().collect(),
        Scheme::OAuth1(oauth1) => oauth1.secrets.iter().collect(),
        Scheme::Token(token) => token.values.iter().collect(),
        Scheme::Basic(basic) => vec![&basic.password],
        _ => Vec::new(),
    }
}

/// Whether these bytes are a key of the scheme as it is.
pub(super) fn is_key(scheme: &Scheme, bytes: &[u8]) -> bool {
    match scheme {
        Scheme::Signature(signature) => match &signature.keys {
            Keys::Shared(keys) => keys.iter().any(|key| key.bytes.expose() == bytes),
            _ => false,
        },
        Scheme::Jwt(_) => false,
        scheme => secrets(scheme).iter().any(|secret| secret.expose() == bytes),
    }
}

/// The scheme with this secret alone, as if it were configured.
pub(super) fn with_secret(scheme: &Scheme, secret: &Secret) -> Option<Scheme> {
    if let Scheme::Signature(signature) = scheme {
        return with_read_key(signature, &signature.recipe.key, secret);
    }
    with_plain_secret(scheme, secret)
}

/// The scheme with these very bytes as its only key.
pub(super) fn with_key(scheme: &Scheme, key: &Secret) -> Option<Scheme> {
    match scheme {
        Scheme::Signature(signature) => with_read_key(signature, &KeyForm::default(), key),
        Scheme::Jwt(jwt) => {
            let mut jwt = jwt.clone();
            jwt.recipe = Arc::new(JwtRecipe { key: KeyForm::default(), ..(*jwt.recipe).clone() });
            with_plain_secret(&Scheme::Jwt(jwt), key)
        }
        scheme => with_plain_secret(scheme, key),
    }
}

fn with_read_key(signature: &Signature, form: &KeyForm, secret: &Secret) -> Option<Scheme> {
    let (Keys::Shared(_), Proof::Mac(hash) | Proof::Digest(hash)) =
        (&signature.keys, signature.recipe.proof)
    else {
        return None;
    };
    let keys = Keys::Shared(vec![Key::read(form, hash, secret)?]);
    Some(Scheme::Signature(Box::new(Signature { keys, ..signature.clone() })))
}

fn with_plain_secret(scheme: &Scheme, secret: &Secret) -> Option<Scheme> {
    let mut scheme = scheme.clone();
    let secrets = match &mut scheme {
        Scheme::Jwt(jwt) => &mut jwt.secrets,
        Scheme::OAuth1(oauth1) => &mut oauth1.secrets,
        Scheme::Token(token) => &mut token.values,
        Scheme::Basic(basic) => {
            basic.password = secret.clone();
            return Some(scheme);
        }
        _ => return None,
    };
    if secrets.is_empty() {
        return None;
    }
    *secrets = vec![secret.clone()];
    Some(scheme)
}

/// The scheme with another recipe. Keys are made anew where the hash is another one.
pub(super) fn with_recipe(signature: &Signature, recipe: Recipe) -> Scheme {
    let mut signature = Signature { recipe: Arc::new(recipe), ..signature.clone() };
    if let (Keys::Shared(keys), Proof::Mac(hash) | Proof::Digest(hash)) =
        (&mut signature.keys, signature.recipe.proof)
    {
        for key in keys {
            key.hmac = hash.hmac_key(&key.bytes);
        }
    }
    Scheme::Signature(Box::new(signature))
}

/// Whether another body could make a difference.
pub(super) fn reads_body(scheme: &Scheme) -> bool {
    match scheme {
        Scheme::Open | Scheme::Keyless(_) | Scheme::Basic(_) | Scheme::Token(_) => false,
        Scheme::Signature(signature) => {
            let Recipe { message, digests, .. } = &*signature.recipe;
            let reads = |part: &Part| {
                matches!(part, Part::Body | Part::FormSorted | Part::FormSortedUnique)
            };
            !digests.is_empty() || message.parts().any(reads)
        }
        Scheme::Jwt(jwt) => !jwt.recipe.digests.is_empty(),
        _ => true,
    }
}

/// Whether the fields of a form count by themselves.
pub(super) fn reads_fields(scheme: &Scheme) -> bool {
    match scheme {
        Scheme::Signature(signature) => signature.recipe.message.covers_form(),
        Scheme::OAuth1(_) => true,
        _ => false,
    }
}

/// The URL that the scheme takes for the one that the sender called; none if it covers no URL.
pub(super) fn signed_url<'a>(
    scheme: &'a Scheme,
    request: &'a Request,
    received: &Received<'_>,
) -> Option<Cow<'a, str>> {
    match scheme {
        Scheme::Signature(signature) if signature.recipe.signs_url() => {
            signature.origin.url(request, received)
        }
        Scheme::Jwt(jwt) if jwt.recipe.signs_url() => jwt.origin.url(request, received),
        Scheme::OAuth1(oauth1) => oauth1.origin.url(request, received),
        Scheme::HttpSignatures(signatures) => signatures.origin.url(request, received),
        _ => None,
    }
}

/// The scheme without a URL of its own, so that the request's counts.
pub(super) fn without_typed_url(scheme: &Scheme) -> Scheme {
    let mut scheme = scheme.clone();
    match &mut scheme {
        Scheme::Signature(signature) => signature.origin.typed = None,
        Scheme::Jwt(jwt) => jwt.origin.typed = None,
        Scheme::OAuth1(oauth1) => oauth1.origin.typed = None,
        Scheme::HttpSignatures(signatures) => signatures.origin.typed = None,
        _ => {}
    }
    scheme
}
