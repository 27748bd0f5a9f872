//! Deliveries as files: what one developer hands to another, and what other tools wrote.
//!
//! [`read`] takes HAR, our own NDJSON, raw HTTP requests and curl command lines, and tells them
//! apart by what is in them; [`har`], [`http_file`] and [`curl_file`] write. [`redact`] puts
//! stand-ins in place of secrets and personal data, and [`fixture`] signs what came of it with a
//! secret that may be known, so that a shared file still verifies.
//!
//! Pure: files come in as bytes, nothing of a command line is run and no file that it names is
//! opened. What does not fit is an [`imported::ImportError`] with its line. The line of NDJSON is
//! written by `runtime`, which speaks the outer contract.
//!
//! Reading order: [`imported`] (what comes of a file), [`request_file`] (one raw request),
//! [`origin`] (what a form tells beside the request), then the forms [`http_file`], [`har`],
//! [`ndjson`], [`shell`] with [`curl`] and [`curl_file`]; then [`fixture`] and [`redact`].

pub mod imported;
pub mod request_file;
mod address;
pub mod origin;
pub mod http_file;
pub mod har;
pub mod ndjson;
pub mod shell;
pub mod curl;
pub mod curl_file;
pub mod fixture;
pub mod redact;

use bytes::Bytes;

use crate::domain::export::Form;
use imported::{ImportError, Imported, LONGEST_FILE, MOST_DELIVERIES};

/// The deliveries of a file, in its order, or what is wrong with one.
pub type Deliveries<'a> = Box<dyn Iterator<Item = Result<Imported, ImportError>> + 'a>;

/// Reads a file in whatever form it has. It ends after the first mistake.
///
/// # Errors
/// When it has none of the forms, or is longer than [`LONGEST_FILE`].
pub fn read(file: &Bytes) -> Result<Deliveries<'_>, ImportError> {
    if file.len() > LONGEST_FILE {
        let message = format!("the file is longer than {} MiB; split it", LONGEST_FILE >> 20);
        return Err(ImportError { line: None, message });
    }
    let deliveries: Deliveries<'_> = match form(file) {
        Some(Form::Ndjson) => Box::new(ndjson::read(file)),
        Some(Form::Har) => Box::new(har::read(file)?),
        Some(Form::Curl) => Box::new(curl_file::read(file)?.into_iter()),
        Some(Form::Http) => Box::new(http_file::read(file)),
        None => return Err(ImportError { line: None, message: "the file is empty".to_owned() }),
    };
    let mut broken = false;
    let until_mistake = deliveries.take_while(move |read| {
        let goes_on = !broken;
        broken = read.is_err();
        goes_on
    });
    let bounded = until_mistake.enumerate().map(|(nth, read)| match read {
        Ok(_) if nth >= MOST_DELIVERIES => {
            let message = format!("there are more than {MOST_DELIVERIES} deliveries; split it");
            Err(ImportError { line: None, message })
        }
        read => read,
    });
    Ok(Box::new(bounded.take(MOST_DELIVERIES + 1)))
}

/// Tells the form by the first line that says something; none if there is no such line.
fn form(file: &[u8]) -> Option<Form> {
    let mut lines = file.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let is_telling =
        |line: &&[u8]| !line.is_empty() && (!line.starts_with(b"#") || http_file::is_origin(line));
    let first = lines.find(is_telling)?;
    let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    Some(match first.first() {
        Some(b'{' | b'[') if ndjson::is_line(first) => Form::Ndjson,
        Some(b'{' | b'[') => Form::Har,
        _ if curl_file::begins(first) => Form::Curl,
        _ => Form::Http,
    })
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
