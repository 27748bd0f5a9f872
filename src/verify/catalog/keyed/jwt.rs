//! JSON web tokens: which keys they take, and which algorithms go with these.

use std::sync::Arc;
use std::time::Duration;

use super::token;
use crate::domain::nearest::suggestion;
use crate::verify::catalog::auth::{Auth, SchemeError};
use crate::verify::jwt::Jwt;
use crate::verify::jwt::recipe::{Algorithm, JwtRecipe};
use crate::verify::public_key::PublicKey;
use crate::verify::scheme::Scheme;

/// How far the times of a JSON web token may be off, unless the user says otherwise.
const LEEWAY: Duration = Duration::from_secs(60);

/// The keys of an `auth` table that the recipe has use for.
pub(in crate::verify) fn keys(recipe: &JwtRecipe) -> Vec<&'static str> {
    let has = |wanted: fn(&Algorithm) -> bool| {
        recipe.algorithms.is_empty() || recipe.algorithms.iter().any(wanted)
    };
    let mut keys = Vec::new();
    if has(|algorithm| matches!(algorithm, Algorithm::Hs(_))) {
        keys.push("secret");
    }
    if has(|algorithm| matches!(algorithm, Algorithm::Public(_))) {
        keys.push("public_key");
    }
    keys.extend(recipe.token.place.is_none().then_some("header"));
    keys.extend(["algorithms", "issuer", "audience", "leeway"]);
    if recipe.signs_url() {
        keys.extend(["url", "trust_forwarded"]);
    }
    keys
}

/// The scheme of this recipe with the secrets of this table.
pub(in crate::verify) fn scheme(
    auth: &Auth,
    recipe: &Arc<JwtRecipe>,
) -> Result<Scheme, SchemeError> {
    let place = token::place(auth, &recipe.token)?;
    for secret in &auth.secrets {
        let secret = auth.not_empty("secret", secret)?.expose();
        if secret.trim_ascii_start().starts_with(b"-----BEGIN ") {
            let problem = "is a key in PEM, which anybody may know; give it as public_key";
            return Err(auth.unusable("secret", problem));
        }
    }
    let public_key = auth.public_key.as_ref().map(|text| PublicKey::parse(text.expose()));
    let public_key = public_key.transpose();
    let public_key = public_key.map_err(|error| auth.unusable("public_key", error.to_string()))?;
    if auth.secrets.is_empty() && public_key.is_none() {
        return Ok(Scheme::Keyless(auth.name()));
    }
    let algorithms = algorithms(auth, recipe, public_key.as_ref())?;
    Ok(Scheme::Jwt(Box::new(Jwt {
        name: auth.name(),
        recipe: Arc::clone(recipe),
        place,
        algorithms,
        secrets: auth.secrets.clone(),
        public_key,
        issuer: auth.issuer.clone().or_else(|| recipe.issuer.clone()),
        audience: auth.audience.clone(),
        leeway: auth.leeway.unwrap_or(LEEWAY),
        origin: auth.origin(),
        settings: auth.settings(),
    })))
}

/// The algorithms that are allowed: those that the user names, else those of the recipe, else all
/// for which there is a key.
fn algorithms(
    auth: &Auth,
    recipe: &JwtRecipe,
    public_key: Option<&PublicKey>,
) -> Result<Vec<Algorithm>, SchemeError> {
    let has_key = |algorithm: &Algorithm| match algorithm {
        Algorithm::Hs(_) => !auth.secrets.is_empty(),
        Algorithm::Public(algorithm) => public_key.is_some_and(|key| key.fits(*algorithm)),
    };
    let all = Algorithm::ALL.map(|(_, algorithm)| algorithm);
    let own = if recipe.algorithms.is_empty() { &all[..] } else { &recipe.algorithms[..] };
    let Some(names) = &auth.algorithms else {
        let usable = own.iter().copied().filter(has_key).collect::<Vec<_>>();
        if usable.is_empty() {
            return Err(auth.unusable("public_key", "is not a key for any algorithm of the scheme"));
        }
        return Ok(usable);
    };
    if names.is_empty() {
        return Err(auth.unusable("algorithms", "is empty, so that nothing could pass"));
    }
    let known = |name: &String| {
        let found = Algorithm::from_name(name).filter(|algorithm| own.contains(algorithm));
        let algorithm = found.ok_or_else(|| {
            let suggestion = suggestion(name, own.iter().map(|algorithm| algorithm.as_str()));
            auth.unusable("algorithms", format!("has {name:?}, which is not known{suggestion}"))
        })?;
        if has_key(&algorithm) {
            return Ok(algorithm);
        }
        Err(auth.unusable("algorithms", format!("has {name}, for which there is no key")))
    };
    names.iter().map(known).collect()
}
