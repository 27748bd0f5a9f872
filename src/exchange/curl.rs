//! The request that a curl command line sends. No file that it names is opened.
//!
//! `Host`, `Content-Length` and the content type of a body without one are added, as curl does. What
//! it says of itself (`User-Agent`, `Accept`) is not: nobody asked for it.

mod options;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use super::address::Address;
use super::imported::{self, ImportError, Imported};
use super::shell::Word;
use crate::domain::headers::{Fidelity, Field, Headers};
use crate::domain::http::{Request, Version};
use options::{Given, Meaning};

/// What curl leaves as it is in `--data-urlencode`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The request of a command line whose first word is `curl`. `input` is what the command before it
/// prints.
///
/// # Errors
/// When an option is not known, or a file would have to be read.
pub fn request(words: &[Word], input: Option<Vec<u8>>) -> Result<Imported, ImportError> {
    let line = words.first().map_or(1, |word| word.line);
    let mut command = Command { input, ..Command::default() };
    for given in options::read(&words[1..])? {
        let line = given.line;
        command.take(given).map_err(|message| ImportError::at(line, message))?;
    }
    command.finish().map_err(|message| ImportError::at(line, message))
}

#[derive(Debug, Default)]
struct Command {
    input: Option<Vec<u8>>,
    url: Option<String>,
    method: Option<String>,
    fields: Vec<Field>,
    /// Headers that curl would add of itself and is told not to.
    unwanted: Vec<Vec<u8>>,
    /// Headers that curl adds unless they are given.
    implied: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
    in_query: bool,
    is_head: bool,
    version: Version,
    ignored: Vec<String>,
}

impl Command {
    fn take(&mut self, given: Given<'_>) -> Result<(), String> {
        let text = || {
            let text = std::str::from_utf8(given.value).map(str::to_owned);
            text.map_err(|_not_text| format!("the value of {} is no text", given.name))
        };
        match given.meaning {
            Meaning::Url if self.url.is_some() => {
                return Err("there are two addresses; write a command for each".to_owned());
            }
            Meaning::Url => self.url = Some(text()?),
            Meaning::Method => self.method = Some(text()?),
            Meaning::Header => self.header(given.value)?,
            Meaning::Data => self.data(given.value, is_line_end)?,
            Meaning::BinaryData => self.data(given.value, |_| false)?,
            Meaning::RawData => self.add(given.value),
            Meaning::UrlEncoded => self.url_encoded(given.value)?,
            Meaning::Json => {
                let data = self.given_or_piped(given.value)?;
                self.body.get_or_insert_default().extend(data);
                self.implied.push(("Content-Type", "application/json".to_owned()));
                self.implied.push(("Accept", "application/json".to_owned()));
            }
            Meaning::InQuery => self.in_query = true,
            Meaning::Head => self.is_head = true,
            Meaning::User => self.implied.push(("Authorization", basic(given.value))),
            Meaning::Bearer => self.implied.push(("Authorization", format!("Bearer {}", text()?))),
            Meaning::Agent => self.implied.push(("User-Agent", text()?)),
            Meaning::Referer => self.implied.push(("Referer", text()?)),
            Meaning::Cookie if !given.value.contains(&b'=') => {
                return Err(format!("{} names a file, which is not read", given.name));
            }
            Meaning::Cookie => self.implied.push(("Cookie", text()?)),
            Meaning::Version(version) => self.version = version,
            Meaning::Refused(why) => return Err(format!("{}: {why}", given.name)),
            Meaning::Nothing | Meaning::Ignored => self.ignored.push(given.name.to_owned()),
            Meaning::Silent => {}
        }
        Ok(())
    }

    fn header(&mut self, text: &[u8]) -> Result<(), String> {
        if text.starts_with(b"@") {
            return Err("the headers are in a file, which is not read; write them out".to_owned());
        }
        let shown = || String::from_utf8_lossy(text).into_owned();
        let at = text.iter().position(|byte| b":;".contains(byte));
        let at = at.ok_or_else(|| format!("{:?} is no header such as `Name: value`", shown()))?;
        let (name, value) = (&text[..at], text[at + 1..].trim_ascii());
        match (text[at], value.is_empty()) {
            (b':', true) => self.unwanted.push(name.to_ascii_lowercase()),
            (b';', false) => {
                return Err(format!("{:?} is no header such as `Name: value`", shown()));
            }
            _ => self.fields.push(imported::field(name, value)?),
        }
        Ok(())
    }

    /// Data that may be in a file, or, as `@-`, come from the command before.
    fn given_or_piped(&mut self, value: &[u8]) -> Result<Vec<u8>, String> {
        match value.strip_prefix(b"@") {
            None => Ok(value.to_vec()),
            Some(b"-") => self.input.take().ok_or_else(|| {
                "the body is on standard input, which the file does not have; write it out"
                    .to_owned()
            }),
            Some(file) => {
                let file = String::from_utf8_lossy(file);
                Err(format!("the body is in the file {file}, which is not read; write it out"))
            }
        }
    }

    /// `left_out` says which bytes are lost on the way from standard input.
    fn data(&mut self, value: &[u8], left_out: fn(u8) -> bool) -> Result<(), String> {
        let is_input = value.starts_with(b"@");
        let mut data = self.given_or_piped(value)?;
        data.retain(|byte| !is_input || !left_out(*byte));
        self.add(&data);
        Ok(())
    }

    fn add(&mut self, data: &[u8]) {
        match &mut self.body {
            Some(body) => {
                body.push(b'&');
                body.extend_from_slice(data);
            }
            none => *none = Some(data.to_vec()),
        }
    }

    /// `content`, `=content` or `name=content`; with `@`, a file.
    fn url_encoded(&mut self, value: &[u8]) -> Result<(), String> {
        let mark = value.iter().position(|byte| b"=@".contains(byte));
        let (name, content) = match mark {
            Some(at) if value[at] == b'@' => {
                return Err("the data is in a file, which is not read; write it out".to_owned());
            }
            Some(at) => (&value[..at], &value[at + 1..]),
            None => (&b""[..], value),
        };
        let content = percent_encode(content, ENCODED).to_string();
        let equals: &[u8] = if name.is_empty() { b"" } else { b"=" };
        self.add(&[name, equals, content.as_bytes()].concat());
        Ok(())
    }

    fn finish(mut self) -> Result<Imported, String> {
        let url = self.url.take().ok_or("the command names no address")?;
        let has_scheme = url.contains("://");
        let parse = if has_scheme { Address::parse } else { Address::behind_scheme };
        let address = parse(&url);
        let address = address.ok_or_else(|| format!("{url} is no address of http or https"))?;
        if let Some(user) = address.user {
            self.implied.push(("Authorization", basic(user.as_bytes())));
        }
        let mut target = imported::target(&address.target())?;
        let mut body = self.body.take();
        if self.in_query
            && let Some(data) = body.take()
        {
            let data = String::from_utf8(data).map_err(|_not_text| "the query is no text")?;
            let mark = if target.contains('?') { '&' } else { '?' };
            target = imported::target(&format!("{target}{mark}{data}"))?;
        }
        if body.is_some() {
            let form = "application/x-www-form-urlencoded".to_owned();
            self.implied.push(("Content-Type", form));
        }
        let usual = match (&body, self.is_head) {
            (_, true) => "HEAD",
            (Some(_), _) => "POST",
            (None, _) => "GET",
        };
        let method = imported::method(self.method.as_deref().unwrap_or(usual))?;
        let body = body.unwrap_or_default();
        let headers = imported::completed(&self.headers()?, address.host, &body);
        let request = Request { method, target, version: self.version, headers, body: body.into() };
        let mut delivery = Imported::new(request);
        if !self.ignored.is_empty() {
            delivery.notes.push(format!("not taken over: {}", self.ignored.join(", ")));
        }
        Ok(delivery)
    }

    /// The fields that are given, and behind them those that curl adds for other options.
    fn headers(&self) -> Result<Headers, String> {
        let mut fields = self.fields.clone();
        for (name, value) in &self.implied {
            let is_unwanted =
                self.unwanted.iter().any(|other| other.eq_ignore_ascii_case(name.as_bytes()));
            if !is_unwanted && !fields.iter().any(|field| field.is(name)) {
                fields.push(imported::field(name.as_bytes(), value.as_bytes())?);
            }
        }
        Ok(Headers::new(fields, Fidelity::Exact))
    }
}

fn is_line_end(byte: u8) -> bool {
    b"\r\n\0".contains(&byte)
}

fn basic(user: &[u8]) -> String {
    format!("Basic {}", STANDARD.encode(user))
}

#[cfg(test)]
mod tests;
