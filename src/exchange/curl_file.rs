//! Files of curl command lines: what browsers copy, what people keep, and what we export.

use bytes::Bytes;

use super::curl;
use super::fixture::Fixture;
use super::imported::{ImportError, Imported};
use super::shell::{self, Word};
use crate::domain::curl as command;
use crate::domain::record::Record;

/// A delivery as a command line that sends it to `url`, under a comment. Credentials are masked
/// unless `reveal`.
#[must_use]
pub fn entry(record: &Record, url: &str, reveal: bool, fixture: Option<&Fixture>) -> Vec<u8> {
    let one_line = |text: String| text.replace(|c: char| c.is_control(), " ");
    let label = record.inspection.event.label().unwrap_or_default();
    let title = format!("# {} {} {label}", record.id, record.delivery.endpoint);
    let fixture = fixture.map(|fixture| format!("# {}\n", one_line(fixture.note())));
    let command = command::command(&record.delivery.request, url, reveal);
    let title = one_line(title.trim_end().to_owned());
    format!("{title}\n{}{command}\n\n", fixture.unwrap_or_default()).into_bytes()
}

/// Whether the line begins a command that we understand.
pub(super) fn begins(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"$ ").unwrap_or(line).trim_ascii_start();
    let word = line.split(|byte| b" \t\\'".contains(byte)).next().unwrap_or_default();
    [&b"curl"[..], b"printf"].contains(&word)
}

/// The requests of a script that has nothing but curl command lines.
///
/// # Errors
/// When a command is another one, or does what only the shell or the file system could tell.
pub fn read(file: &Bytes) -> Result<Vec<Result<Imported, ImportError>>, ImportError> {
    let script = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let pipelines = shell::pipelines(script)?;
    Ok(pipelines.iter().map(|pipeline| imported(pipeline)).collect())
}

fn imported(pipeline: &[Vec<Word>]) -> Result<Imported, ImportError> {
    let pipeline = pipeline.iter().map(|words| without_prompt(words)).collect::<Vec<_>>();
    match &pipeline[..] {
        [words] if is(words, "curl") => curl::request(words, None),
        [input, words] if is(input, "printf") && is(words, "curl") => {
            curl::request(words, Some(printed(input)?))
        }
        commands => {
            let first = commands.iter().find_map(|words| words.first());
            let message = "this is no curl command line, alone or behind `printf '…' |`";
            Err(ImportError { line: first.map(|word| word.line), message: message.to_owned() })
        }
    }
}

fn without_prompt(words: &[Word]) -> &[Word] {
    match words {
        [prompt, rest @ ..] if prompt.bytes == b"$" => rest,
        words => words,
    }
}

fn is(words: &[Word], name: &str) -> bool {
    words.first().is_some_and(|word| word.bytes == name.as_bytes())
}

/// What a `printf` with a text alone prints.
fn printed(words: &[Word]) -> Result<Vec<u8>, ImportError> {
    let [_, format] = words else {
        let line = words.first().map(|word| word.line);
        let message = "a printf is understood with one text and nothing to put into it".to_owned();
        return Err(ImportError { line, message });
    };
    let (mut bytes, mut rest) = (Vec::new(), &format.bytes[..]);
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match byte {
            b'\\' => rest = &rest[shell::escape(rest, &mut bytes)..],
            b'%' if rest.first() == Some(&b'%') => {
                bytes.push(b'%');
                rest = &rest[1..];
            }
            b'%' => {
                let message = "there is nothing to put in for the % of this printf";
                return Err(ImportError::at(format.line, message));
            }
            byte => bytes.push(*byte),
        }
    }
    Ok(bytes)
}
