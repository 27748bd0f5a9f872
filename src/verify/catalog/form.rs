//! The form of a recipe in TOML: which keys there are, and what cannot work.

use std::time::Duration;

use super::nearest::suggestion;
use super::table::Table;
use super::value::{At, Mistake};
use crate::verify::clock::{TimeFormat, Window};
use crate::verify::encoding::Encoding;
use crate::verify::hash::Hash;
use crate::verify::key::KeyForm;
use crate::verify::place::{HeaderPattern, HeaderPlace};
use crate::verify::recipe::{Layout, Recipe, SignatureRule, TimestampRule, TimestampSource};
use crate::verify::template::{Part, Template, TemplateError};

const ENCODINGS: &[(&str, Encoding)] = &[("hex", Encoding::Hex), ("base64", Encoding::Base64)];

const KEY_ENCODINGS: &[(&str, Option<Encoding>)] =
    &[("utf8", None), ("hex", Some(Encoding::Hex)), ("base64", Some(Encoding::Base64))];

const HASHES: &[(&str, Hash)] =
    &[("sha1", Hash::Sha1), ("sha256", Hash::Sha256), ("sha512", Hash::Sha512)];

const TIME_FORMATS: &[(&str, TimeFormat)] = &[
    ("unix", TimeFormat::Unix),
    ("unix-ms", TimeFormat::UnixMillis),
    ("rfc3339", TimeFormat::Rfc3339),
    ("http-date", TimeFormat::HttpDate),
];

const KINDS: &[(&str, ())] = &[("mac", ())];

/// Reads a recipe whose `like` is already resolved.
pub(in crate::verify) fn recipe(mut table: Table<'_>) -> Result<Recipe, Mistake> {
    // The catalog has followed it; here it is only known.
    table.text("like")?;
    if choice(&mut table, "kind", KINDS)?.is_none() {
        return Err(table.mistake("kind is missing; say kind = \"mac\", or like = \"…\""));
    }
    let hash = choice(&mut table, "hash", HASHES)?.unwrap_or(Hash::Sha256);
    let key = table.table("key")?.map(key_form).transpose()?.unwrap_or_default();
    let signature = match table.table("signature")? {
        Some(signature) => signature_rule(signature)?,
        None => return Err(table.mistake("signature is missing: where does it stand?")),
    };
    let timestamp = match table.table("timestamp")? {
        Some(timestamp) => Some(timestamp_rule(timestamp, &signature.layout)?),
        None => None,
    };
    let id = table.table("id")?.map(id_place).transpose()?;
    let message = match table.text("message")? {
        Some(text) => {
            let at = text.at.clone();
            let message = text.read(template)?;
            check_gaps(&message, timestamp.is_some(), id.is_some())
                .map_err(|problem| Mistake::new(at, problem))?;
            message
        }
        None if timestamp.is_some() || id.is_some() => {
            return Err(table.mistake("message is missing: how do time and id enter it?"));
        }
        None => Template::body(),
    };
    check_coverage(&mut table, &message)?;
    let dedupe = match table.text("dedupe")? {
        Some(text) => Some(text.read(|text| dedupe_place(text, id.as_ref()))?),
        None => None,
    };
    table.finish()?;
    Ok(Recipe { hash, key, signature, timestamp, id, message, dedupe })
}

fn key_form(mut table: Table<'_>) -> Result<KeyForm, Mistake> {
    let strip = table.text("strip")?.map(|text| text.value.to_owned());
    let encoding = choice(&mut table, "encoding", KEY_ENCODINGS)?.flatten();
    table.finish()?;
    Ok(KeyForm { strip, encoding })
}

fn signature_rule(mut table: Table<'_>) -> Result<SignatureRule, Mistake> {
    let place = header_place(&mut table)?;
    let place = place.ok_or_else(|| table.mistake("signature has no header"))?;
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

fn timestamp_rule(mut table: Table<'_>, layout: &Layout) -> Result<TimestampRule, Mistake> {
    let place = exact_place(&mut table)?;
    let name = table.text("field")?;
    let source = match (place, name, layout) {
        (Some(place), None, _) => TimestampSource::Header(place),
        (None, Some(name), Layout::Pairs { separator, .. }) => {
            TimestampSource::Pair { separator: *separator, name: name.read(pair_name)? }
        }
        (None, Some(name), _) => {
            return Err(Mistake::new(name.at, "field needs a signature with pairs"));
        }
        (Some(_), Some(name), _) => {
            return Err(Mistake::new(name.at, "header and field exclude each other"));
        }
        (None, None, _) => return Err(table.mistake("timestamp has neither header nor field")),
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

fn id_place(mut table: Table<'_>) -> Result<HeaderPlace, Mistake> {
    let place = exact_place(&mut table)?.ok_or_else(|| table.mistake("id has no header"))?;
    table.finish()?;
    Ok(place)
}

/// A place that names each header, as what is sent once needs it.
fn exact_place(table: &mut Table<'_>) -> Result<Option<HeaderPlace>, Mistake> {
    let place = header_place(table)?;
    let exact = |place: &HeaderPlace| {
        place.0.iter().all(|pattern| matches!(pattern, HeaderPattern::Name(_)))
    };
    if place.as_ref().is_none_or(exact) {
        return Ok(place);
    }
    Err(table.mistake("only the headers of a signature may be named with *"))
}

fn header_place(table: &mut Table<'_>) -> Result<Option<HeaderPlace>, Mistake> {
    let Some(names) = table.texts("header")? else { return Ok(None) };
    if names.is_empty() {
        return Err(table.mistake("header is an empty list"));
    }
    let patterns = names.into_iter().map(|name| name.read(header_pattern));
    Ok(Some(HeaderPlace(patterns.collect::<Result<_, _>>()?)))
}

fn header_pattern(name: &str) -> Result<HeaderPattern, String> {
    let valid = |name: &str| http::HeaderName::from_bytes(name.as_bytes()).is_ok();
    match name.split_once('*') {
        None if valid(name) => Ok(HeaderPattern::Name(name.to_owned())),
        // A star is a character of header names too, so that it has to be looked for.
        Some((before, after)) if valid(before) && !after.contains('*') && valid(name) => {
            Ok(HeaderPattern::Glob { before: before.to_owned(), after: after.to_owned() })
        }
        _ => Err(format!("{name:?} is not the name of a header")),
    }
}

fn separator(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'=' => Ok(*byte),
        _ => Err("a separator is one ASCII character, neither letter nor digit nor =".to_owned()),
    }
}

fn pair_name(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains('=') {
        return Err("the name of a pair is neither empty nor has it a =".to_owned());
    }
    Ok(text.to_owned())
}

fn template(text: &str) -> Result<Template, String> {
    Template::parse(text).map_err(|error| match error {
        TemplateError::Empty => "message is empty".to_owned(),
        TemplateError::LoneBrace => "message has a brace without its partner".to_owned(),
        TemplateError::UnknownGap(gap) => {
            let known = Template::gaps().collect::<Vec<_>>();
            let suggestion = suggestion(&gap, known.iter().copied());
            let known = known.join(", ");
            format!("message has {{{gap}}}{suggestion} (known: {known})")
        }
    })
}

/// What the message signs has to be sent; and a time or id that is sent but not signed would prove
/// nothing.
fn check_gaps(message: &Template, timestamp: bool, id: bool) -> Result<(), String> {
    for (name, part, sent) in [("timestamp", Part::Timestamp, timestamp), ("id", Part::Id, id)] {
        match (message.has(&part), sent) {
            (true, false) => {
                return Err(format!("message has {{{name}}}, but there is no {name} = {{ … }}"));
            }
            (false, true) => {
                return Err(format!("message lacks {{{name}}}: what is not signed proves nothing"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// A recipe that leaves the body out has to say so.
fn check_coverage(table: &mut Table<'_>, message: &Template) -> Result<(), Mistake> {
    let covers = message.has(&Part::Body);
    match table.truth("covers_body")? {
        Some(At { at, value }) if value != covers => {
            let message =
                if covers { "message has {body}: leave this out" } else { "message lacks {body}" };
            Err(Mistake::new(at, message))
        }
        None if !covers => {
            Err(table.mistake("message lacks {body}; if that is meant, say covers_body = false"))
        }
        _ => Ok(()),
    }
}

fn dedupe_place(text: &str, id: Option<&HeaderPlace>) -> Result<HeaderPlace, String> {
    if text == "id" {
        return id.cloned().ok_or_else(|| "there is no id = { … }".to_owned());
    }
    let name = text.strip_prefix("header:").ok_or("dedupe has to be id or header:NAME")?;
    match header_pattern(name)? {
        pattern @ HeaderPattern::Name(_) => Ok(HeaderPlace(vec![pattern])),
        HeaderPattern::Glob { .. } => Err("dedupe names one header, without *".to_owned()),
    }
}

/// The value of a key that takes one of a few words.
fn choice<T: Copy>(
    table: &mut Table<'_>,
    key: &'static str,
    words: &[(&str, T)],
) -> Result<Option<T>, Mistake> {
    let Some(text) = table.text(key)? else { return Ok(None) };
    text.read(|typed| {
        let found = words.iter().find(|(word, _)| *word == typed).map(|(_, value)| *value);
        found.ok_or_else(|| {
            let known = words.iter().map(|(word, _)| *word).collect::<Vec<_>>();
            let suggestion = suggestion(typed, known.iter().copied());
            format!("{key} {typed:?} is not known{suggestion} (known: {})", known.join(", "))
        })
    })
    .map(Some)
}

#[cfg(test)]
mod tests;
