//! Which known sender a request looks like, by the headers and fields that its recipe reads.

use super::carried::Carried;
use super::catalog::Catalog;
use super::catalog::definition::{Definition, Kind};
use super::clock::Window;
use super::credentials::TokenRule;
use super::place::{Place, Source};
use super::recipe::{Layout, Recipe, TimestampSource};
use super::settings::Expected;
use crate::domain::http::Request;
use crate::domain::name::SchemeName;

/// The known sender that a request looks like. Nothing is proven by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// The scheme that fits best.
    pub scheme: SchemeName,
    /// Others that fit as well: senders that sign alike.
    pub also: Vec<SchemeName>,
    /// What to give to the endpoint to have it checked, a line of TOML.
    pub auth: String,
}

/// What schemes that are code are known by: the kind, the header, and the word it begins with.
const CODES: &[(&str, &str, &str)] = &[
    ("basic", "Authorization", "Basic "),
    ("oauth1", "Authorization", "OAuth "),
    ("httpsig", "Signature-Input", ""),
    ("aws_sns", "x-amz-sns-message-type", ""),
    ("contentful", "x-contentful-signature", ""),
    ("plivo_v3", "X-Plivo-Signature-V3", ""),
];

impl Likeness {
    /// What it looks like and what to do, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { scheme, also, auth } = self;
        let names = also.iter().map(SchemeName::as_str).collect::<Vec<_>>().join(", ");
        let or = if names.is_empty() { String::new() } else { format!(" (or {names})") };
        format!("looks like {scheme}{or}: add {auth}")
    }
}

/// The scheme of the catalog that this request would fit, if any. The more it has of what the recipe
/// reads, the better; of recipes that read the same, the one whose name the headers mention.
#[must_use]
pub fn looks_like(request: &Request, catalog: &Catalog) -> Option<Likeness> {
    let words = words(request);
    let scored = catalog.definitions().filter_map(|(name, definition)| {
        let score = fit(request, definition)?;
        let sender = name.split('_').next().unwrap_or(name);
        Some(((score, words.contains(sender)), name))
    });
    let scored = scored.collect::<Vec<_>>();
    let (best, _) = scored.iter().max_by_key(|(score, _)| *score)?;
    let mut best = scored.iter().filter(|(score, _)| score == best);
    let (_, name) = best.next()?;
    let also = best.map(|(_, name)| SchemeName::from(*name)).collect();
    let listing = catalog.listings().find(|listing| listing.name == *name)?;
    Some(Likeness { scheme: SchemeName::from(*name), also, auth: auth(name, &listing.keys) })
}

/// How much of what the recipe reads is there; none unless all of it is, and in its form.
fn fit(request: &Request, definition: &Definition) -> Option<usize> {
    match &definition.kind {
        Kind::Signature(recipe) => signature(request, recipe),
        Kind::Token(rule) => token(request, rule),
        Kind::Jwt(recipe) => token(request, &recipe.token),
        Kind::Code(code) => {
            let (_, header, word) = CODES.iter().find(|(kind, ..)| code.kind.ends_with(kind))?;
            let value = request.headers.text(header)?;
            let start = value.get(..word.len())?;
            start.eq_ignore_ascii_case(word).then_some(2)
        }
    }
}

fn signature(request: &Request, recipe: &Recipe) -> Option<usize> {
    let carried = Carried::read(recipe, Window::default(), request).ok()?;
    let has_size = |size| carried.signatures.iter().any(|signature| signature.len() == size);
    if recipe.proof.size().is_some_and(|size| !has_size(size)) {
        return None;
    }
    let mut score = 2 + usize::from(recipe.id.is_some());
    score += usize::from(!recipe.signature.prefix.is_empty());
    score += usize::from(recipe.signature.layout != Layout::Whole);
    if let Some(rule) = &recipe.timestamp {
        rule.format.read(&carried.timestamp)?;
        score += 1 + usize::from(matches!(rule.source, TimestampSource::Pair { .. }));
    }
    for rule in &recipe.requires {
        let sent = rule.place.find(request).ok()??;
        if let Expected::Text(expected) = &rule.equals
            && *sent != *expected.as_bytes()
        {
            return None;
        }
        score += 1;
    }
    Some(score)
}

/// A header of the sender's own; one that everybody uses tells nothing.
fn token(request: &Request, rule: &TokenRule) -> Option<usize> {
    match (&rule.word, &rule.place) {
        (Some(word), _) => {
            let value = request.headers.text("Authorization")?;
            value.get(..word.len())?.eq_ignore_ascii_case(word).then_some(1)
        }
        (None, Some(place)) if !is_common(place) => place.find(request).ok().flatten().map(|_| 2),
        _ => None,
    }
}

fn is_common(place: &Place) -> bool {
    let mut names = place.0.iter().flat_map(Source::names);
    names.any(|name| name.eq_ignore_ascii_case("Authorization"))
}

/// The names of the headers and what the sender calls itself, in lower case.
fn words(request: &Request) -> String {
    let names = request.headers.iter().map(|field| String::from_utf8_lossy(&field.name));
    let agent = request.headers.text("User-Agent").unwrap_or_default().into();
    names.chain([agent]).collect::<Vec<_>>().join("\n").to_ascii_lowercase()
}

/// A line of TOML with the keys that the scheme needs.
fn auth(name: &str, keys: &[&str]) -> String {
    let variable = |what: &str| format!("{{ env = \"{}_{what}\" }}", name.to_ascii_uppercase());
    let known = ["username", "key", "public_key", "certificates", "token", "keys", "secret"];
    let keys = match keys.iter().find(|key| known.contains(key)) {
        Some(&"username") => format!("username = \"…\", password = {}", variable("PASSWORD")),
        Some(&"key") => format!("key = \"…\", secret = {}", variable("SECRET")),
        Some(&"public_key") => format!("public_key = {}", variable("PUBLIC_KEY")),
        Some(&"certificates") => "certificates = { \"https://…\" = { file = \"…\" } }".to_owned(),
        Some(&"token") => format!("token = {}", variable("TOKEN")),
        Some(&"keys") => {
            let secret = variable("SECRET");
            format!("keys = {{ \"…\" = {{ algorithm = \"hmac-sha256\", secret = {secret} }} }}")
        }
        _ => format!("secret = {}", variable("SECRET")),
    };
    format!("auth = {{ scheme = \"{name}\", {keys} }}")
}

#[cfg(test)]
mod tests;
