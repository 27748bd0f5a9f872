//! The same proof by another algorithm, written in another encoding, or standing in another place.

use crate::verify::carried;
use crate::verify::credentials::Token;
use crate::verify::encoding::Encoding;
use crate::verify::hash::Hash;
use crate::verify::jwt::Jwt;
use crate::verify::jwt::recipe::Algorithm as JwtAlgorithm;
use crate::verify::oauth1::OAuth1;
use crate::verify::oauth1::algorithm::{Algorithm, Proof as Method};
use crate::verify::place::{HeaderPattern, Place, Source};
use crate::verify::recipe::{Layout, Proof, Recipe, SignatureRule, TimestampSource};
use crate::verify::scheme::Scheme;
use crate::verify::signature::Signature;
use crate::verify::template::Template;

use super::reshape::with_recipe;
use super::search::{Case, Probe, Probes};

const HASHES: [(Hash, &str); 4] = [
    (Hash::Sha256, "sha256="),
    (Hash::Sha1, "sha1="),
    (Hash::Sha512, "sha512="),
    (Hash::Sha384, "sha384="),
];

/// Prefixes that stand, or should stand, in front of a signature.
const PREFIXES: &[&str] = &["", "sha256=", "sha1=", "v1=", "v0=", "v1,", "HMAC ", "hmac-sha256="];

/// Headers that are looked at for a credential, at most.
const MOST_HEADERS: usize = 64;

/// By another algorithm.
pub(super) fn algorithms<'a>(case: &'a Case<'a>) -> Probes<'a> {
    let probe = |how: String, scheme| Probe::new("algorithm", how).with_scheme(scheme);
    match case.scheme {
        Scheme::Signature(signature) => Box::new(hashed(signature)),
        Scheme::OAuth1(oauth1) => {
            let can = |method: &&Algorithm| match method.proof() {
                Method::Hmac(_) => !oauth1.secrets.is_empty(),
                Method::Rsa(_) => oauth1.public_key.is_some(),
                Method::Secrets => false,
            };
            let algorithms = Algorithm::ALL.iter().filter(can).copied().collect();
            let scheme = Scheme::OAuth1(Box::new(OAuth1 { algorithms, ..(**oauth1).clone() }));
            let message = "signed with a method that is not allowed here: add it to algorithms of the \
                           auth table, or choose another at the sender";
            Box::new([probe(message.to_owned(), scheme)].into_iter())
        }
        Scheme::Jwt(jwt) => {
            let can = |algorithm: &JwtAlgorithm| match algorithm {
                JwtAlgorithm::Hs(_) => !jwt.secrets.is_empty(),
                JwtAlgorithm::Public(algorithm) => {
                    jwt.public_key.as_ref().is_some_and(|key| key.fits(*algorithm))
                }
            };
            let algorithms = JwtAlgorithm::ALL.map(|(_, algorithm)| algorithm);
            let algorithms = algorithms.into_iter().filter(can).collect();
            let scheme = Scheme::Jwt(Box::new(Jwt { algorithms, ..(**jwt).clone() }));
            let message = "signed by an algorithm that is not allowed here: add it to algorithms of the \
                           auth table, or choose another at the sender";
            Box::new([probe(message.to_owned(), scheme)].into_iter())
        }
        _ => Box::new(std::iter::empty()),
    }
}

/// With other hashes, each with its own prefix where the recipe has one, and as a plain digest.
fn hashed(signature: &Signature) -> impl Iterator<Item = Probe> {
    let recipe = &*signature.recipe;
    let named = HASHES.iter().any(|(_, prefix)| recipe.signature.prefix == *prefix);
    let is_shared = matches!(recipe.proof, Proof::Mac(_) | Proof::Digest(_));
    let proofs = HASHES
        .iter()
        .filter(move |_| is_shared)
        .flat_map(|(hash, prefix)| [(Proof::Mac(*hash), prefix), (Proof::Digest(*hash), prefix)]);
    let alone = Template::body();
    let templates = ["{secret}{body}", "{body}{secret}"].map(|text| Template::parse(text, None));
    let templates = templates.into_iter().flatten().collect::<Vec<_>>();
    proofs.flat_map(move |(proof, prefix)| {
        let own = recipe.signature.prefix.as_str();
        let prefixes = if named && *prefix != own { vec![own, prefix] } else { vec![own] };
        let messages = match proof {
            Proof::Digest(_) if recipe.message == alone => templates.clone(),
            Proof::Mac(_) if proof != recipe.proof && matches!(recipe.proof, Proof::Digest(_)) => {
                vec![recipe.message.clone(), alone.clone()]
            }
            _ => vec![recipe.message.clone()],
        };
        let mut found = Vec::new();
        for message in messages {
            for prefix in &prefixes {
                let rule =
                    SignatureRule { prefix: (*prefix).to_owned(), ..recipe.signature.clone() };
                let changed =
                    Recipe { proof, message: message.clone(), signature: rule, ..recipe.clone() };
                if changed != *recipe {
                    found.push(with_recipe(signature, changed));
                }
            }
        }
        let says = format!(
            "signed with {proof} and not {}: choose that at the sender, or write a recipe with \
             kind and hash of what it does",
            recipe.proof
        );
        found
            .into_iter()
            .map(move |scheme| Probe::new("algorithm", says.clone()).with_scheme(scheme))
    })
}

/// Written in another way.
pub(super) fn encodings<'a>(case: &'a Case<'a>) -> Probes<'a> {
    let Scheme::Signature(signature) = case.scheme else { return Box::new(std::iter::empty()) };
    let recipe = &*signature.recipe;
    let rule = &recipe.signature;
    let own = std::iter::once(rule.prefix.as_str());
    let prefixes = own.chain(PREFIXES.iter().copied().filter(|prefix| *prefix != rule.prefix));
    let written = prefixes.flat_map(move |prefix| {
        [Encoding::Hex, Encoding::Base64, Encoding::Base64Url].into_iter().filter_map(move |encoding| {
            let is_same = (encoding == rule.encoding, prefix == rule.prefix);
            let how = match is_same {
                (false, true) => format!("in {encoding} and not in {}", rule.encoding),
                (true, false) => format!("with {prefix:?} in front and not {:?}", rule.prefix),
                (false, false) if prefix.is_empty() => {
                    format!("in {encoding} and without {:?} in front", rule.prefix)
                }
                (true, true) | (false, false) => return None,
            };
            let message = format!(
                "the signature is written {how}: have the sender write it in the other way, or use a \
                 recipe that says so"
            );
            let rule = SignatureRule { prefix: prefix.to_owned(), encoding, ..rule.clone() };
            let scheme = with_recipe(signature, Recipe { signature: rule, ..recipe.clone() });
            Some(Probe::new("signature_encoding", message).with_scheme(scheme))
        })
    });
    Box::new(written.chain(rewritten(case, rule)))
}

/// The value of the signature's place, written as it should be.
fn rewritten<'a>(case: &'a Case<'a>, rule: &'a SignatureRule) -> impl Iterator<Item = Probe> {
    type Rewriting = fn(&[u8]) -> Vec<u8>;
    let rewritings: [(&str, Rewriting); 3] = [
        ("in the alphabet of base64url", |value| {
            let standard = |byte: &u8| match byte {
                b'-' => b'+',
                b'_' => b'/',
                other => *other,
            };
            value.iter().map(standard).collect()
        }),
        ("with white space within", |value| {
            value.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect()
        }),
        ("in quotes", |value| {
            value.iter().copied().filter(|byte| !matches!(byte, b'"' | b'\'')).collect()
        }),
    ];
    let value = rule.place.find(case.request).ok().flatten();
    let value = value.map(std::borrow::Cow::into_owned);
    let hexed = value.as_ref().filter(|_| rule.layout == Layout::Whole).and_then(|value| {
        let text = value.strip_prefix(rule.prefix.as_bytes())?;
        let inner = Encoding::Base64.decode(text)?;
        let inner = Encoding::Hex.decode(&inner)?;
        Some((
            "as base64 of its hex digits",
            [&rule.prefix, &*rule.encoding.encode(&inner)].concat().into_bytes(),
        ))
    });
    let rewritten = value.into_iter().flat_map(move |value| {
        rewritings
            .map(|(how, rewrite)| (how, rewrite(&value)))
            .into_iter()
            .filter(move |(_, made)| *made != value)
    });
    rewritten.chain(hexed).filter_map(|(how, value)| {
        let mut request = case.request.clone();
        carried::put(&rule.place, &mut request, &value).ok()?;
        let message = format!("the signature is written {how}: have the sender write it plainly");
        Some(Probe::new("signature_encoding", message).with_request(request))
    })
}

/// With the credential in another header, or with two headers for each other.
pub(super) fn headers<'a>(case: &'a Case<'a>) -> Probes<'a> {
    match case.scheme {
        Scheme::Signature(signature) => {
            let places = places(&signature.recipe);
            let swaps = swaps(case, &places);
            let moved = places.into_iter().flat_map(|place| moved(case, place));
            Box::new(swaps.into_iter().chain(moved))
        }
        Scheme::Token(token) => Box::new(tokens(case, token)),
        _ => Box::new(std::iter::empty()),
    }
}

/// The places whose values are texts of their own.
fn places(recipe: &Recipe) -> Vec<&Place> {
    let timestamp = recipe.timestamp.as_ref().and_then(|rule| match &rule.source {
        TimestampSource::Place(place) => Some(place),
        TimestampSource::Pair { .. } => None,
    });
    let all = [Some(&recipe.signature.place), timestamp, recipe.id.as_ref()];
    all.into_iter().flatten().filter(|place| name(place).is_some()).collect()
}

fn name(place: &Place) -> Option<String> {
    match &place.0[..] {
        [Source::Header(headers), ..] => Some(headers.name()),
        _ => None,
    }
}

fn is_at(place: &Place, field: &str) -> bool {
    place.0.iter().any(|source| match source {
        Source::Header(headers) => headers.0.iter().any(|pattern| match pattern {
            HeaderPattern::Name(name) => name.eq_ignore_ascii_case(field),
            HeaderPattern::Glob { .. } => false,
        }),
        _ => false,
    })
}

fn swaps(case: &Case<'_>, places: &[&Place]) -> Vec<Probe> {
    let mut found = Vec::new();
    for (index, one) in places.iter().enumerate() {
        for other in &places[index + 1..] {
            let (Ok(Some(first)), Ok(Some(second))) =
                (one.find(case.request), other.find(case.request))
            else {
                continue;
            };
            let mut request = case.request.clone();
            let put = carried::put(one, &mut request, &second)
                .and_then(|()| carried::put(other, &mut request, &first));
            if put.is_ok() {
                let message =
                    format!("{one} and {other} have each other's value: swap them at the sender");
                found.push(Probe::new("header_swapped", message).with_request(request));
            }
        }
    }
    found
}

/// With the value of each other header in this place.
fn moved<'a>(case: &'a Case<'a>, place: &'a Place) -> impl Iterator<Item = Probe> + 'a {
    let fields = case.request.headers.iter().take(MOST_HEADERS);
    fields.filter_map(move |field| {
        let from = std::str::from_utf8(&field.name).ok()?;
        if is_at(place, from) {
            return None;
        }
        let mut request = case.request.clone();
        carried::put(place, &mut request, &field.value).ok()?;
        let message = format!(
            "what belongs into {place} stands in the header {from}: send it there, or use a recipe that \
             reads it here"
        );
        Some(Probe::new("header_swapped", message).with_request(request))
    })
}

/// With what each header holds, behind its scheme word if it has one, in place of the token.
fn tokens<'a>(case: &'a Case<'a>, token: &'a Token) -> impl Iterator<Item = Probe> + 'a {
    let fields = case.request.headers.iter().take(MOST_HEADERS);
    fields.flat_map(move |field| {
        let from = String::from_utf8_lossy(&field.name).into_owned();
        let value = &field.value[..];
        let behind = value.iter().position(|byte| *byte == b' ').map(|at| &value[at + 1..]);
        [("", Some(value)), (" behind a scheme word", behind)].into_iter().filter_map(move |(how, value)| {
            let request = token.place.write(case.request, value?).ok()?;
            let place = &token.place;
            let message = format!(
                "{place} stands in the header {from}{how}: send it as configured, or use the scheme that \
                 reads it here"
            );
            (request != *case.request)
                .then(|| Probe::new("header_swapped", message).with_request(request))
        })
    })
}
