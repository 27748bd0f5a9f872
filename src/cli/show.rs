//! `show`: one delivery whole, or a part of it.

use std::io::{self, IsTerminal as _, Write as _};

use serde_json::Value;

use super::arguments::{GlobalArguments, Part, ShowArguments, ShowFormat};
use super::exit::Exit;
use super::failure::Failure;
use super::reading::with_store;
use super::show_text::ShowText;
use crate::config::paths::Environment;
use crate::domain::delivery::DeliveryId;
use crate::domain::record::Record;
use crate::exchange::request_file;
use crate::runtime::ndjson;
use crate::runtime::text_lines::Style;
use crate::storage::Store;
use crate::ui::text;

/// Prints one delivery.
pub fn run(
    global: &GlobalArguments,
    arguments: &ShowArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let ShowArguments { id, part, format, reveal } = *arguments;
    with_store(global, environment, |store| async move {
        let record = store.load(id).await?.ok_or_else(|| Failure::no_delivery(id))?;
        if part == Part::Attempts && format != ShowFormat::Raw {
            print_attempts(&store, id, format, &global.style(environment), reveal).await?;
            return Ok(Exit::Done);
        }
        match format {
            ShowFormat::Text => {
                let text = ShowText { style: global.style(environment), reveal };
                io::stdout().write_all(text.of(&record, part).as_bytes())?;
            }
            ShowFormat::Json => print_json(&record, part, reveal)?,
            ShowFormat::Raw => print_raw(&record, part, reveal)?,
        }
        Ok(Exit::Done)
    })
}

/// A line for each attempt about the delivery, oldest first.
async fn print_attempts(
    store: &Store,
    id: DeliveryId,
    format: ShowFormat,
    style: &Style,
    reveal: bool,
) -> anyhow::Result<()> {
    for (id, attempt) in store.attempts(id).await? {
        if format == ShowFormat::Json {
            let line = ndjson::attempt::line(Some(id), &attempt, reveal);
            ndjson::write_line(&mut io::stdout().lock(), &line)?;
        } else {
            writeln!(io::stdout(), "{}", style.attempt(id, &attempt))?;
        }
    }
    Ok(())
}

/// The delivery's line with the members of this part alone.
fn print_json(record: &Record, part: Part, reveal: bool) -> anyhow::Result<()> {
    let out = &mut io::stdout().lock();
    let line = ndjson::delivery(record, reveal);
    let Some(members) = members(part) else { return Ok(ndjson::write_line(out, &line)?) };
    let mut line = serde_json::to_value(line)?;
    if let Value::Object(map) = &mut line {
        map.retain(|name, _| ["kind", "id", "uid"].iter().chain(members).any(|kept| kept == name));
    }
    Ok(ndjson::write_line(out, &line)?)
}

fn members(part: Part) -> Option<&'static [&'static str]> {
    match part {
        Part::All => None,
        Part::Head => Some(&["method", "target", "version", "headers", "headers_exact"]),
        Part::Body => Some(&["body_size", "body_sha256", "body"]),
        Part::Auth => Some(&["auth"]),
        Part::Answer => Some(&["answer"]),
        Part::Attempts => Some(&[]),
    }
}

/// The bytes of the request. Headers stand there as sent, but for masked credentials.
fn print_raw(record: &Record, part: Part, reveal: bool) -> anyhow::Result<()> {
    let request = &record.delivery.request;
    let mut bytes = match part {
        Part::All | Part::Head => {
            request_file::written_head(&record.delivery.request, reveal, "\r\n")
        }
        Part::Body => Vec::new(),
        Part::Auth | Part::Answer | Part::Attempts => {
            let message = "a verdict, an answer or an attempt has no bytes of its own";
            return Err(Failure::new(Exit::Wrong, "usage", message)
                .hint("use --format text or json, or --part all, head or body")
                .into());
        }
    };
    if part != Part::Head {
        bytes.extend_from_slice(&request.body);
    }
    let mut out = io::stdout();
    if out.is_terminal() && !is_harmless(&bytes) {
        let message = "these bytes would change the terminal";
        return Err(Failure::new(Exit::Wrong, "terminal", message)
            .hint("send them to a file or a pipe, or use --format text")
            .into());
    }
    out.write_all(&bytes)?;
    out.flush()?;
    Ok(())
}

fn is_harmless(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    lines.all(|line| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        line.split(|byte| *byte == b'\t').all(|piece| text::visible(piece).as_bytes() == piece)
    })
}

#[cfg(test)]
mod tests;
