//! The form of a recipe in TOML: which keys there are, and what cannot work.
//!
//! Reading order: [`definition`] here, `words` and `places` (what all kinds are written with), then
//! a file per kind, and `challenge`.

mod words;
mod places;
mod message;
mod signature;
mod token;
mod jwt;
mod challenge;

use std::sync::Arc;

use super::builtin;
use super::definition::{Definition, Hint, Kind};
use super::table::Table;
use super::value::Mistake;
use crate::verify::handshake::HandshakeRules;
use message::ProofKind;
use words::choices;

/// The kinds that are read by their own keys.
#[derive(Clone, Copy)]
enum Reader {
    Signature(ProofKind),
    Token,
    Jwt,
}

const READERS: &[(&str, Reader)] = &[
    ("mac", Reader::Signature(ProofKind::Mac)),
    ("digest", Reader::Signature(ProofKind::Digest)),
    ("signature", Reader::Signature(ProofKind::Signature)),
    ("token", Reader::Token),
    ("jwt", Reader::Jwt),
];

/// Reads a recipe whose `like` is already resolved.
pub(in crate::verify) fn definition(mut table: Table<'_>) -> Result<Definition, Mistake> {
    // The catalog has followed it; here it is only known.
    table.text("like")?;
    let kind = kind(&mut table)?;
    let unconfirmed = table.truth("unconfirmed")?.is_some_and(|truth| truth.value);
    let hints = choices(&mut table, "hints", Hint::ALL)?.unwrap_or_default();
    let challenges = table.tables("challenge")?.into_iter().map(challenge::challenge);
    let challenges = challenges.collect::<Result<_, _>>()?;
    let routine = table.table("reply")?.map(challenge::routine).transpose()?;
    table.finish()?;
    let handshakes = Arc::new(HandshakeRules { challenges, routine });
    Ok(Definition { kind, unconfirmed, hints, handshakes })
}

fn kind(table: &mut Table<'_>) -> Result<Kind, Mistake> {
    let Some(named) = table.text("kind")? else {
        return Err(table.mistake("kind is missing; say kind = \"mac\", or like = \"…\""));
    };
    if let Some(code) = builtin::KINDS.iter().find(|code| code.kind == named.value) {
        return Ok(Kind::Code(code));
    }
    let codes = builtin::KINDS.iter().map(|code| code.kind);
    let known = READERS.iter().map(|(name, _)| *name).chain(codes).collect::<Vec<_>>();
    let found = READERS.iter().find(|(name, _)| *name == named.value);
    let (_, reader) =
        named.read(|typed| found.ok_or_else(|| words::unknown("kind", typed, &known)))?;
    Ok(match reader {
        Reader::Signature(proof) => Kind::Signature(Arc::new(signature::recipe(table, *proof)?)),
        Reader::Token => Kind::Token(Arc::new(token::recipe(table)?)),
        Reader::Jwt => Kind::Jwt(Arc::new(jwt::recipe(table)?)),
    })
}

#[cfg(test)]
mod tests;
