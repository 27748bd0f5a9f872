//! Text to terms, with an error that helps at the first mistake.

use jiff::Timestamp;

use super::error::FilterError;
use super::pointer::Pointer;
use super::qualifier;
use super::scan::{Piece, Scanner};
use super::term::{Term, Test};
use super::word::Word;

/// Reads all terms of a filter.
pub(super) fn terms(text: &str, now: Timestamp) -> Result<Vec<Term>, FilterError> {
    let mut scanner = Scanner::new(text);
    let mut terms = Vec::new();
    loop {
        scanner.skip_space();
        if scanner.rest().is_empty() {
            return Ok(terms);
        }
        terms.push(term(&mut scanner, now)?);
        if !scanner.at_boundary() {
            return Err(FilterError::new(scanner.at(), "a space is missing after the quote"));
        }
    }
}

fn term(scanner: &mut Scanner<'_>, now: Timestamp) -> Result<Term, FilterError> {
    let mut ahead = scanner.rest().chars().skip(1);
    let negated = ahead.next().is_some_and(|c| !c.is_whitespace()) && scanner.eat(&['-', '!']);
    let test = match scanner.rest().chars().next() {
        Some('"') => text(&scanner.value(None)?)?,
        Some('/') => pointer_or_text(scanner)?,
        _ => qualifier_or_text(scanner, now)?,
    };
    Ok(Term { negated, test })
}

fn text(piece: &Piece) -> Result<Test, FilterError> {
    if piece.text.is_empty() {
        return Err(FilterError::new(piece.at, "there is no text to search for"));
    }
    Ok(Test::Text(Word::new(&piece.text)))
}

/// `/a/b=value` is a pointer; `/a/b` alone is text, most likely a path.
fn pointer_or_text(scanner: &mut Scanner<'_>) -> Result<Test, FilterError> {
    let path = scanner.bare(Some('='));
    if !scanner.eat(&['=']) {
        return text(&path);
    }
    let value = scanner.value(None)?;
    if value.text.is_empty() && !value.quoted {
        return Err(FilterError::new(value.at, "a value is missing; write \"\" for an empty one"));
    }
    let pointer = Pointer::new(&path.text, &value.text, value.quoted);
    pointer.map(Test::Pointer).ok_or_else(|| {
        FilterError::new(path.at, "in a JSON pointer ~ is written ~0, and / within a name ~1")
    })
}

/// Letters before a colon are a qualifier, unless it is the `://` of a URL.
fn qualifier_or_text(scanner: &mut Scanner<'_>, now: Timestamp) -> Result<Test, FilterError> {
    let mut word = scanner.bare(Some(':'));
    let is_name = !word.text.is_empty() && word.text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_name && !scanner.rest().starts_with("://") && scanner.eat(&[':']) {
        return qualifier::read(&word, &values(scanner)?, now);
    }
    word.text.push_str(&scanner.bare(None).text);
    text(&word)
}

fn values(scanner: &mut Scanner<'_>) -> Result<Vec<Piece>, FilterError> {
    let mut values = vec![scanner.value(Some(','))?];
    while scanner.eat(&[',']) {
        values.push(scanner.value(Some(','))?);
    }
    Ok(values)
}
