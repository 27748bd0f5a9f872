//! Values that are one of a few words, and texts with gaps.

use crate::domain::nearest::suggestion;
use crate::verify::catalog::table::Table;
use crate::verify::catalog::value::{At, Mistake, Value};
use crate::verify::encoding::Encoding;
use crate::verify::hash::Hash;
use crate::verify::json::Pointer;
use crate::verify::settings::{Expected, Setting};
use crate::verify::template::{Filter, Part, Template, TemplateError};

pub(super) const ENCODINGS: &[(&str, Encoding)] =
    &[("hex", Encoding::Hex), ("base64", Encoding::Base64), ("base64url", Encoding::Base64Url)];

pub(super) const HASHES: &[(&str, Hash)] = &[
    ("sha1", Hash::Sha1),
    ("sha256", Hash::Sha256),
    ("sha384", Hash::Sha384),
    ("sha512", Hash::Sha512),
];

/// The value of a key that takes one of a few words.
pub(super) fn choice<T: Copy>(
    table: &mut Table<'_>,
    key: &'static str,
    words: &[(&str, T)],
) -> Result<Option<T>, Mistake> {
    table.text(key)?.map(|text| text.read(|typed| chosen(key, typed, words))).transpose()
}

/// The values of a key that takes several of a few words, or one.
pub(super) fn choices<T: Copy>(
    table: &mut Table<'_>,
    key: &'static str,
    words: &[(&str, T)],
) -> Result<Option<Vec<T>>, Mistake> {
    let Some(texts) = table.texts(key)? else { return Ok(None) };
    let chosen = texts.into_iter().map(|text| text.read(|typed| chosen(key, typed, words)));
    chosen.collect::<Result<Vec<_>, _>>().map(Some)
}

fn chosen<T: Copy>(key: &str, typed: &str, words: &[(&str, T)]) -> Result<T, String> {
    let found = words.iter().find(|(word, _)| *word == typed).map(|(_, value)| *value);
    let known = || words.iter().map(|(word, _)| *word).collect::<Vec<_>>();
    found.ok_or_else(|| unknown(key, typed, &known()))
}

/// The complaint about a word that is none of the known ones.
pub(super) fn unknown(key: &str, typed: &str, known: &[&str]) -> String {
    let suggestion = suggestion(typed, known.iter().copied());
    format!("{key} {typed:?} is not known{suggestion} (known: {})", known.join(", "))
}

/// A text with gaps.
pub(super) fn template(key: &str, text: &str, base: Option<&Pointer>) -> Result<Template, String> {
    Template::parse(text, base).map_err(|error| match error {
        TemplateError::Empty => format!("{key} is empty"),
        TemplateError::LoneBrace => format!("{key} has a brace without its partner"),
        TemplateError::UnknownGap(gap) => {
            let known = Part::known().collect::<Vec<_>>();
            format!("{key} has {{{gap}}}{}", meant(&gap, &known))
        }
        TemplateError::UnknownFilter(filter) => {
            let known = Filter::known().collect::<Vec<_>>();
            format!("{key} has |{filter}{}", meant(&filter, &known))
        }
    })
}

fn meant(typed: &str, known: &[&str]) -> String {
    format!("{} (known: {})", suggestion(typed, known.iter().copied()), known.join(", "))
}

/// What a value has to equal: text, a number, true or false, or with a dollar what the user says.
pub(super) fn expected(table: &mut Table<'_>) -> Result<Option<Expected>, Mistake> {
    let Some(At { at, value }) = table.any("equals") else { return Ok(None) };
    let text = match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Truth(truth) => truth.to_string(),
        _ => {
            return Err(Mistake::new(at.clone(), "equals has to be text, a number, true or false"));
        }
    };
    let Some(key) = text.strip_prefix('$') else { return Ok(Some(Expected::Text(text))) };
    let setting = Setting::from_key(key).ok_or_else(|| {
        let known = Setting::ALL.map(Setting::key);
        Mistake::new(at.clone(), format!("equals has ${key}{}", meant(key, &known)))
    })?;
    Ok(Some(Expected::Setting(setting)))
}
