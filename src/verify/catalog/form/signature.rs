//! Recipes of the kinds `mac`, `digest` and `signature`.

use std::time::Duration;

use super::message::{self, ProofKind};
use super::places::{
    check_coverage, digests, exact_place, needed_place, not_empty, nowhere, pair_name, place,
    pointer, reason, separator, written_place,
};
use super::words::{ENCODINGS, HASHES, choice, choices, expected};
use crate::domain::verdict::Reason;
use crate::verify::address::UrlForm;
use crate::verify::catalog::table::Table;
use crate::verify::catalog::value::Mistake;
use crate::verify::clock::{TimeFormat, Window};
use crate::verify::encoding::Encoding;
use crate::verify::hash::Hash;
use crate::verify::json::Pointer;
use crate::verify::key::KeyForm;
use crate::verify::place::Place;
use crate::verify::public_key::SignatureAlgorithm;
use crate::verify::recipe::{
    BodyForm, CertificateRule, DigestSource, Layout, Proof, Recipe, Requirement, SignatureRule,
    TimestampRule, TimestampSource,
};
use crate::verify::template::Part;

const KEY_ENCODINGS: &[(&str, Option<Encoding>)] =
    &[("utf8", None), ("hex", Some(Encoding::Hex)), ("base64", Some(Encoding::Base64))];

const PUBLIC_KEY_ENCODINGS: &[(&str, Option<Encoding>)] = &[
    ("hex", Some(Encoding::Hex)),
    ("base64", Some(Encoding::Base64)),
    ("spki-base64", Some(Encoding::Base64)),
    ("pem", None),
];

const ALGORITHMS: &[(&str, SignatureAlgorithm)] = &[
    ("ed25519", SignatureAlgorithm::Ed25519),
    ("ecdsa-p256-sha256-der", SignatureAlgorithm::EcdsaP256Sha256Der),
    ("rsa-pkcs1-sha256", SignatureAlgorithm::RsaPkcs1Sha256),
    ("rsa-pkcs1-sha1", SignatureAlgorithm::RsaPkcs1Sha1),
];

const TIME_FORMATS: &[(&str, TimeFormat)] = &[
    ("unix", TimeFormat::Unix),
    ("unix-ms", TimeFormat::UnixMillis),
    ("rfc3339", TimeFormat::Rfc3339),
    ("http-date", TimeFormat::HttpDate),
];

const URL_FORMS: &[(&str, UrlForm)] = &[
    ("as-is", UrlForm::AsIs),
    ("add-default-port", UrlForm::AddDefaultPort),
    ("drop-port", UrlForm::DropPort),
    ("decode-reserved", UrlForm::DecodeReserved),
];

const BODY_FORMS: &[(&str, BodyForm)] =
    &[("as-is", BodyForm::AsIs), ("ascii-escaped", BodyForm::AsciiEscaped)];

const NORMAL_FORMS: &[(&str, ())] = &[("nfkd", ())];

/// Reads the keys of these kinds.
pub(super) fn recipe(table: &mut Table<'_>, kind: ProofKind) -> Result<Recipe, Mistake> {
    let base = table.text("base")?.map(|text| text.read(|text| pointer(text, None))).transpose()?;
    let base = base.as_ref();
    let proof = proof(table, kind)?;
    let (key, certificate) = match table.table("key")? {
        Some(key) => key_form(key, kind)?,
        None => (KeyForm::default(), None),
    };
    let signature = match table.table("signature")? {
        Some(signature) => signature_rule(signature, base)?,
        None => return Err(table.mistake("signature is missing: where does it stand?")),
    };
    let timestamp = match table.table("timestamp")? {
        Some(timestamp) => Some(timestamp_rule(timestamp, &signature.layout, base)?),
        None => None,
    };
    let id = table.table("id")?.map(|table| id_place(table, base)).transpose()?;
    let requires = table.tables("require")?.into_iter().map(|table| requirement(table, base));
    let requires = requires.collect::<Result<_, _>>()?;
    let digests = digests(table, false, base)?;
    let message = message::message(table, kind, timestamp.as_ref(), id.as_ref(), base)?;
    check_coverage(table, message::covers(&message, &digests))?;
    let urls = tries(table, "url", URL_FORMS, message.has(&Part::Url), UrlForm::AsIs)?;
    let bodies = tries(table, "body", BODY_FORMS, message.has(&Part::Body), BodyForm::AsIs)?;
    let dedupe = mark(table, "dedupe", id.as_ref())?;
    let nonce = mark(table, "nonce", id.as_ref())?;
    Ok(Recipe {
        proof,
        key,
        certificate,
        signature,
        timestamp,
        id,
        requires,
        message,
        urls,
        bodies,
        digests,
        dedupe,
        nonce,
    })
}

fn proof(table: &mut Table<'_>, kind: ProofKind) -> Result<Proof, Mistake> {
    if kind == ProofKind::Signature {
        let algorithm = choice(table, "algorithm", ALGORITHMS)?;
        let missing = || table.mistake("algorithm is missing, such as algorithm = \"ed25519\"");
        return algorithm.map(Proof::Signature).ok_or_else(missing);
    }
    let hash = choice(table, "hash", HASHES)?.unwrap_or(Hash::Sha256);
    Ok(if kind == ProofKind::Mac { Proof::Mac(hash) } else { Proof::Digest(hash) })
}

fn key_form(
    mut table: Table<'_>,
    kind: ProofKind,
) -> Result<(KeyForm, Option<CertificateRule>), Mistake> {
    let strip = table.texts("strip")?.unwrap_or_default();
    let strip = strip.into_iter().map(|text| text.read(not_empty)).collect::<Result<_, _>>()?;
    let encodings = if kind == ProofKind::Signature { PUBLIC_KEY_ENCODINGS } else { KEY_ENCODINGS };
    let encoding = choice(&mut table, "encoding", encodings)?.flatten();
    let nfkd = choice(&mut table, "normalize", NORMAL_FORMS)?.is_some();
    if nfkd && encoding.is_some() {
        return Err(table.mistake("only a key that is text can be normalized"));
    }
    let certificate = if kind == ProofKind::Signature { certificate(&mut table)? } else { None };
    table.finish()?;
    Ok((KeyForm { strip, nfkd, encoding }, certificate))
}

fn certificate(table: &mut Table<'_>) -> Result<Option<CertificateRule>, Mistake> {
    let place = table.text("certificate")?;
    let hosts = table.texts("hosts")?.unwrap_or_default();
    let Some(place) = place else {
        let lone = hosts.first().map(|host| host.at.clone());
        let complaint =
            |at| Err(Mistake::new(at, "hosts needs certificate, where the address stands"));
        return lone.map_or(Ok(None), complaint);
    };
    if hosts.is_empty() {
        return Err(Mistake::new(
            place.at,
            "certificate needs hosts, which addresses are believed",
        ));
    }
    let place = place.read(|text| marked_place("certificate", text))?;
    let hosts = hosts.into_iter().map(|host| host.value.to_ascii_lowercase()).collect();
    Ok(Some(CertificateRule { place, hosts }))
}

fn signature_rule(mut table: Table<'_>, base: Option<&Pointer>) -> Result<SignatureRule, Mistake> {
    let place = place(&mut table, base)?.ok_or_else(|| table.mistake(nowhere("signature")))?;
    let prefix = table.text("prefix")?.map(|text| text.value.to_owned()).unwrap_or_default();
    let split = table.text("split")?;
    let pairs = table.text("pairs")?;
    let name = table.text("field")?;
    let layout = match (split, pairs, name) {
        (None, None, None) => Layout::Whole,
        (Some(split), None, None) => Layout::List { separator: split.read(separator)? },
        (None, Some(pairs), Some(name)) => {
            Layout::Pairs { separator: pairs.read(separator)?, name: name.read(pair_name)? }
        }
        (Some(split), Some(_), _) => {
            return Err(Mistake::new(split.at, "split and pairs exclude each other"));
        }
        (None, Some(pairs), None) => {
            return Err(Mistake::new(
                pairs.at,
                "pairs needs field, the name of the signature's pair",
            ));
        }
        (_, None, Some(name)) => {
            return Err(Mistake::new(name.at, "field needs pairs, what stands between two pairs"));
        }
    };
    let encoding = choice(&mut table, "encoding", ENCODINGS)?.unwrap_or(Encoding::Hex);
    table.finish()?;
    Ok(SignatureRule { place, layout, prefix, encoding })
}

fn timestamp_rule(
    mut table: Table<'_>,
    layout: &Layout,
    base: Option<&Pointer>,
) -> Result<TimestampRule, Mistake> {
    let place = exact_place(&mut table, base)?;
    let name = table.text("field")?;
    let source = match (place, name, layout) {
        (Some(place), None, _) => TimestampSource::Place(place),
        (None, Some(name), Layout::Pairs { separator, .. }) => {
            TimestampSource::Pair { separator: *separator, name: name.read(pair_name)? }
        }
        (None, Some(name), _) => {
            return Err(Mistake::new(name.at, "field needs a signature with pairs"));
        }
        (Some(_), Some(name), _) => {
            return Err(Mistake::new(name.at, "field and a place of its own exclude each other"));
        }
        (None, None, _) => {
            return Err(
                table.mistake("timestamp says not where: header, json, form, query or field")
            );
        }
    };
    let format = choice(&mut table, "format", TIME_FORMATS)?.unwrap_or(TimeFormat::Unix);
    let mut seconds = |key| {
        let number = table.number(key)?;
        Ok(number.map(|number| Duration::from_secs(number.value.into())))
    };
    let window = Window { back: seconds("tolerance")?, ahead: seconds("future")? };
    table.finish()?;
    Ok(TimestampRule { source, format, window })
}

fn id_place(mut table: Table<'_>, base: Option<&Pointer>) -> Result<Place, Mistake> {
    let place = needed_place(&mut table, "id", base)?;
    table.finish()?;
    Ok(place)
}

fn requirement(mut table: Table<'_>, base: Option<&Pointer>) -> Result<Requirement, Mistake> {
    let place = needed_place(&mut table, "require", base)?;
    let equals = expected(&mut table)?.ok_or_else(|| table.mistake("require lacks equals"))?;
    let reason = reason(&mut table)?.unwrap_or(Reason::UnsupportedAlgorithm);
    table.finish()?;
    Ok(Requirement { place, equals, reason })
}

/// The readings to try of something that the message signs.
fn tries<T: Copy>(
    table: &mut Table<'_>,
    key: &'static str,
    forms: &[(&str, T)],
    is_signed: bool,
    plain: T,
) -> Result<Vec<T>, Mistake> {
    let Some(mut inner) = table.table(key)? else { return Ok(vec![plain]) };
    if !is_signed {
        return Err(
            inner.mistake(format!("message lacks {{{key}}}, so that there is nothing to try"))
        );
    }
    let forms = choices(&mut inner, "try", forms)?.filter(|forms| !forms.is_empty());
    let forms =
        forms.ok_or_else(|| inner.mistake(format!("{key} lacks try, a list of readings")))?;
    inner.finish()?;
    Ok(forms)
}

fn mark(
    table: &mut Table<'_>,
    key: &'static str,
    id: Option<&Place>,
) -> Result<Option<Place>, Mistake> {
    let Some(text) = table.text(key)? else { return Ok(None) };
    let place = text.read(|text| match (text, id) {
        ("id", Some(id)) => Ok(id.clone()),
        ("id", None) => Err("there is no id = { … }".to_owned()),
        (text, _) if text.contains(':') => marked_place(key, text),
        _ => Err(format!("{key} has to be id, or a place such as header:NAME or json:/POINTER")),
    })?;
    Ok(Some(place))
}

fn marked_place(key: &str, text: &str) -> Result<Place, String> {
    match written_place(key, text)? {
        DigestSource::Place(place) => Ok(place),
        DigestSource::Claim(_) => Err("only a token has claims".to_owned()),
    }
}
