//! Places in a request, as recipes name them.

use super::words::{ENCODINGS, HASHES, choice, template};
use crate::domain::verdict::Reason;
use crate::verify::catalog::table::Table;
use crate::verify::catalog::value::{At, Mistake};
use crate::verify::encoding::Encoding;
use crate::verify::hash::Hash;
use crate::verify::json::Pointer;
use crate::verify::place::{HeaderPattern, HeaderPlace, Place, Source};
use crate::verify::recipe::{DigestRule, DigestSource};

/// The place that a table names by `header`, `json`, `form` or `query`; none if it names none.
pub(super) fn place(
    table: &mut Table<'_>,
    base: Option<&Pointer>,
) -> Result<Option<Place>, Mistake> {
    let mut sources = Vec::new();
    if let Some(names) = table.texts("header")? {
        if names.is_empty() {
            return Err(table.mistake("header is an empty list"));
        }
        let patterns = names.into_iter().map(|name| name.read(header_pattern));
        sources.push(Source::Header(HeaderPlace(patterns.collect::<Result<_, _>>()?)));
    }
    if let Some(text) = table.text("json")? {
        sources.push(Source::Json(text.read(|text| pointer(text, base))?));
    }
    if let Some(text) = table.text("form")? {
        sources.push(Source::Form(text.read(not_empty)?));
    }
    if let Some(text) = table.text("query")? {
        sources.push(Source::Query(text.read(not_empty)?));
    }
    Ok((!sources.is_empty()).then_some(Place(sources)))
}

/// A place that names each header, as what is sent once needs it.
pub(super) fn exact_place(
    table: &mut Table<'_>,
    base: Option<&Pointer>,
) -> Result<Option<Place>, Mistake> {
    let place = place(table, base)?;
    let is_pattern = |pattern: &HeaderPattern| matches!(pattern, HeaderPattern::Glob { .. });
    let has_pattern = |source: &Source| match source {
        Source::Header(headers) => headers.0.iter().any(is_pattern),
        _ => false,
    };
    if place.as_ref().is_some_and(|place| place.0.iter().any(has_pattern)) {
        return Err(table.mistake("only the headers of a signature may be named with *"));
    }
    Ok(place)
}

/// An [`exact_place`] that has to be there.
pub(super) fn needed_place(
    table: &mut Table<'_>,
    what: &str,
    base: Option<&Pointer>,
) -> Result<Place, Mistake> {
    exact_place(table, base)?.ok_or_else(|| table.mistake(nowhere(what)))
}

/// The complaint about a table that names no place.
pub(super) fn nowhere(what: &str) -> String {
    format!("{what} says not where: header, json, form or query")
}

/// A place in one text: `header:NAME`, `json:/POINTER`, `form:NAME`, `query:NAME` or `claim:NAME`.
pub(super) fn written_place(key: &str, text: &str) -> Result<DigestSource, String> {
    let source = match text.split_once(':') {
        Some(("header", name)) => match header_pattern(name)? {
            pattern @ HeaderPattern::Name(_) => Source::Header(HeaderPlace(vec![pattern])),
            HeaderPattern::Glob { .. } => return Err(format!("{key} names one header, without *")),
        },
        Some(("json", text)) => Source::Json(pointer(text, None)?),
        Some(("form", name)) => Source::Form(not_empty(name)?),
        Some(("query", name)) => Source::Query(not_empty(name)?),
        Some(("claim", name)) => return Ok(DigestSource::Claim(Pointer::member(name))),
        _ => {
            return Err(format!("{key} has to be a place such as header:NAME or json:/POINTER"));
        }
    };
    Ok(DigestSource::Place(Place(vec![source])))
}

/// The digests of a recipe; claims are there only for tokens.
pub(super) fn digests(
    table: &mut Table<'_>,
    has_claims: bool,
    base: Option<&Pointer>,
) -> Result<Vec<DigestRule>, Mistake> {
    table.tables("digest")?.into_iter().map(|table| digest(table, has_claims, base)).collect()
}

fn digest(
    mut table: Table<'_>,
    has_claims: bool,
    base: Option<&Pointer>,
) -> Result<DigestRule, Mistake> {
    let Some(from) = table.text("from")? else { return Err(table.mistake("digest lacks from")) };
    let from = from.read(|text| match written_place("from", text)? {
        DigestSource::Claim(_) if !has_claims => Err("only a token has claims".to_owned()),
        source => Ok(source),
    })?;
    let Some(of) = table.text("of")? else { return Err(table.mistake("digest lacks of")) };
    let of = of.read(|text| template("of", text, base))?;
    let hash = choice(&mut table, "hash", HASHES)?.unwrap_or(Hash::Sha256);
    let encoding = choice(&mut table, "encoding", ENCODINGS)?.unwrap_or(Encoding::Hex);
    let mut truth = |key| Ok(table.truth(key)?.is_some_and(|truth| truth.value));
    let (optional, absent_if_empty) = (truth("optional")?, truth("absent_if_empty")?);
    let reason = reason(&mut table)?.unwrap_or(Reason::DigestMismatch);
    table.finish()?;
    Ok(DigestRule { from, of, hash, encoding, optional, absent_if_empty, reason })
}

/// The value of `reason`: a word of the closed list.
pub(super) fn reason(table: &mut Table<'_>) -> Result<Option<Reason>, Mistake> {
    let words = Reason::ALL.iter().map(|reason| (reason.as_str(), *reason)).collect::<Vec<_>>();
    choice(table, "reason", &words)
}

pub(super) fn pointer(text: &str, base: Option<&Pointer>) -> Result<Pointer, String> {
    Pointer::parse(text, base).ok_or_else(|| {
        format!("{text:?} is not a JSON pointer such as /data/id; ./ leads on from base")
    })
}

/// What stands between two parts of a value.
pub(super) fn separator(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'=' => Ok(*byte),
        _ => Err("a separator is one ASCII character, neither letter nor digit nor =".to_owned()),
    }
}

pub(super) fn pair_name(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains('=') {
        return Err("the name of a pair is neither empty nor has it a =".to_owned());
    }
    Ok(text.to_owned())
}

/// The name of a header, or what the names of several have in common.
pub(super) fn header_pattern(name: &str) -> Result<HeaderPattern, String> {
    // A dollar could be part of a name too, but it stands for what the user tells.
    let valid = |name: &str| {
        http::HeaderName::from_bytes(name.as_bytes()).is_ok() && !name.starts_with('$')
    };
    match name.split_once('*') {
        None if valid(name) => Ok(HeaderPattern::Name(name.to_owned())),
        // A star is a character of header names too, so that it has to be looked for.
        Some((before, after)) if valid(before) && !after.contains('*') && valid(name) => {
            Ok(HeaderPattern::Glob { before: before.to_owned(), after: after.to_owned() })
        }
        _ => Err(format!("{name:?} is not the name of a header")),
    }
}

/// A text that says something.
pub(super) fn not_empty(text: &str) -> Result<String, String> {
    if text.is_empty() { Err("a name is not empty".to_owned()) } else { Ok(text.to_owned()) }
}

/// A recipe that leaves the body out has to say so, and only such a one.
pub(super) fn check_coverage(table: &mut Table<'_>, covers: bool) -> Result<(), Mistake> {
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
