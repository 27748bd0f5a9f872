//! The body as it may have been before something on the way, or within the sender, changed it.

use std::io::Read;

use bytes::Bytes;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::search::{Case, Probe, Probes};
use crate::domain::http::Request;

/// The most that is unpacked, in bytes.
const MOST_UNPACKED: u64 = 8 << 20;

/// With other ends of lines.
pub(super) fn newlines<'a>(case: &'a Case<'a>) -> Probes<'a> {
    let body = &case.request.body;
    let trimmed = body.trim_ascii_end();
    let chomped = body.strip_suffix(b"\n").unwrap_or(body);
    let chomped = chomped.strip_suffix(b"\r").unwrap_or(chomped);
    let without_cr = replaced(body, b"\r\n", b"\n");
    let add = "something on the way cut off the newline at the end, or the sender signs one that it \
               does not send";
    let drop = "something on the way added it, or the sender signs without it";
    let convert = "something on the way converts line ends; let the bytes through untouched";
    let made = [
        ("with a newline (LF) behind it", add, [body, &b"\n"[..]].concat()),
        ("with a line end (CR LF) behind it", add, [body, &b"\r\n"[..]].concat()),
        ("without the newline at its end", drop, chomped.to_vec()),
        ("without the white space at its end", drop, trimmed.to_vec()),
        ("with CR LF for every LF", convert, replaced(&without_cr, b"\n", b"\r\n")),
        ("with LF for every CR LF", convert, without_cr),
    ];
    Box::new(made.into_iter().map(|(how, why, made)| {
        let message = format!("signed over the body {how}: {why}");
        Probe::new("body_newline", message).with_body(case.request, made)
    }))
}

/// In another character encoding.
pub(super) fn charsets<'a>(case: &'a Case<'a>) -> Probes<'a> {
    const BOM: &[u8] = b"\xef\xbb\xbf";
    let body = &case.request.body;
    let why = "something decodes and encodes it on the way; let the bytes through untouched, or say \
               charset in the content type";
    let text = std::str::from_utf8(body).ok();
    let without_mark = body.strip_prefix(BOM).map(<[u8]>::to_vec);
    let made = [
        ("in Latin-1", text.and_then(to_latin1)),
        ("in UTF-8, taken for Latin-1 before", (!body.is_ascii()).then(|| from_latin1(body))),
        (
            "with U+FFFD for what is not UTF-8",
            text.is_none().then(|| String::from_utf8_lossy(body).into_owned().into_bytes()),
        ),
        ("without the byte order mark", without_mark),
        ("with a byte order mark", Some([BOM, body].concat())),
    ];
    Box::new(made.into_iter().filter_map(move |(how, made)| {
        let message = format!("signed over the body {how}: {why}");
        Some(Probe::new("body_charset", message).with_body(case.request, made?))
    }))
}

/// Unpacked, where it is compressed.
pub(super) fn decompressed<'a>(case: &'a Case<'a>) -> Probes<'a> {
    Box::new(unpacked(case.request).into_iter().map(|(coding, body)| {
        let message = format!(
            "signed over the body before it was compressed ({coding}): the sender or a proxy compresses \
             what was signed; turn that off, or check after unpacking"
        );
        Probe::new("body_decompressed", message).with_body(case.request, body)
    }))
}

fn unpacked(request: &Request) -> Vec<(&'static str, Bytes)> {
    let body = &request.body[..];
    let says = |coding: &str| {
        let value = request.headers.text("content-encoding").unwrap_or_default();
        value.to_ascii_lowercase().contains(coding)
    };
    let mut found = Vec::new();
    if body.starts_with(b"\x1f\x8b") {
        found.extend(read(MultiGzDecoder::new(body)).map(|body| ("gzip", body)));
    }
    if says("deflate") {
        found.extend(read(ZlibDecoder::new(body)).map(|body| ("deflate", body)));
        found.extend(read(DeflateDecoder::new(body)).map(|body| ("deflate", body)));
    }
    found
}

/// Everything that comes out, unless it is broken or too much.
fn read(decoder: impl Read) -> Option<Bytes> {
    let mut body = Vec::new();
    let length = decoder.take(MOST_UNPACKED + 1).read_to_end(&mut body).ok()?;
    (length as u64 <= MOST_UNPACKED).then(|| body.into())
}

fn to_latin1(text: &str) -> Option<Vec<u8>> {
    let bytes = text.chars().map(|character| u8::try_from(u32::from(character)).ok());
    if text.is_ascii() { None } else { bytes.collect() }
}

fn from_latin1(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().map(char::from).collect::<String>().into_bytes()
}

fn replaced(text: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(text.len() + text.len() / 16);
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix(old) {
            made.extend_from_slice(new);
            rest = behind;
        } else {
            made.push(rest[0]);
            rest = &rest[1..];
        }
    }
    made
}
