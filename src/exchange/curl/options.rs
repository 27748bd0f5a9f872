//! The options of curl: which take a value, and what they mean for the request.

use crate::domain::http::Version;
use crate::exchange::imported::ImportError;
use crate::exchange::shell::Word;

/// An option with its value, or an address, which needs no option.
#[derive(Clone, Copy, Debug)]
pub(in crate::exchange) struct Given<'a> {
    pub(in crate::exchange) meaning: Meaning,
    /// As it stands in the table.
    pub(in crate::exchange) name: &'static str,
    /// Empty for one that takes none.
    pub(in crate::exchange) value: &'a [u8],
    pub(in crate::exchange) line: usize,
}

/// What an option means for the request.
#[derive(Clone, Copy, Debug)]
pub(in crate::exchange) enum Meaning {
    Url,
    Method,
    Header,
    /// Data that may name a file, whose line ends are left out.
    Data,
    /// Data that may name a file.
    BinaryData,
    /// Data as it is.
    RawData,
    UrlEncoded,
    Json,
    InQuery,
    Head,
    User,
    Bearer,
    Agent,
    Referer,
    Cookie,
    Version(Version),
    Refused(&'static str),
    /// Nothing for the request; it takes a value.
    Ignored,
    /// Nothing for the request; it takes no value.
    Nothing,
    /// Nothing that anybody would miss; it takes no value.
    Silent,
}

impl Meaning {
    fn takes_value(self) -> bool {
        match self {
            Self::Url
            | Self::Method
            | Self::Header
            | Self::Data
            | Self::BinaryData
            | Self::RawData
            | Self::UrlEncoded
            | Self::Json
            | Self::User
            | Self::Bearer
            | Self::Agent
            | Self::Referer
            | Self::Cookie
            | Self::Refused(_)
            | Self::Ignored => true,
            Self::InQuery | Self::Head | Self::Version(_) | Self::Nothing | Self::Silent => false,
        }
    }
}

const NO_FORM: &str =
    "parts of a form are not put together here; save the request as HAR or raw HTTP";
const NO_FILE: &str = "a file is not read; write the body out with --data-raw";

/// Long name, letter, meaning.
const OPTIONS: &[(&str, char, Meaning)] = &[
    ("--url", '\0', Meaning::Url),
    ("--request", 'X', Meaning::Method),
    ("--header", 'H', Meaning::Header),
    ("--data", 'd', Meaning::Data),
    ("--data-ascii", '\0', Meaning::Data),
    ("--data-binary", '\0', Meaning::BinaryData),
    ("--data-raw", '\0', Meaning::RawData),
    ("--data-urlencode", '\0', Meaning::UrlEncoded),
    ("--json", '\0', Meaning::Json),
    ("--get", 'G', Meaning::InQuery),
    ("--head", 'I', Meaning::Head),
    ("--user", 'u', Meaning::User),
    ("--oauth2-bearer", '\0', Meaning::Bearer),
    ("--user-agent", 'A', Meaning::Agent),
    ("--referer", 'e', Meaning::Referer),
    ("--cookie", 'b', Meaning::Cookie),
    ("--http1.0", '0', Meaning::Version(Version::Http10)),
    ("--http1.1", '\0', Meaning::Version(Version::Http11)),
    ("--http2", '\0', Meaning::Version(Version::Http2)),
    ("--http2-prior-knowledge", '\0', Meaning::Version(Version::Http2)),
    ("--form", 'F', Meaning::Refused(NO_FORM)),
    ("--form-string", '\0', Meaning::Refused(NO_FORM)),
    ("--upload-file", 'T', Meaning::Refused(NO_FILE)),
    ("--config", 'K', Meaning::Refused("a file of options is not read; write them out")),
    ("--aws-sigv4", '\0', Meaning::Refused("curl makes this signature; it is not made here")),
    ("--silent", 's', Meaning::Silent),
    ("--show-error", 'S', Meaning::Silent),
    ("--verbose", 'v', Meaning::Silent),
    ("--include", 'i', Meaning::Silent),
    ("--fail", 'f', Meaning::Silent),
    ("--fail-with-body", '\0', Meaning::Silent),
    ("--globoff", 'g', Meaning::Silent),
    ("--path-as-is", '\0', Meaning::Silent),
    ("--progress-bar", '#', Meaning::Silent),
    ("--no-buffer", 'N', Meaning::Silent),
    ("--no-progress-meter", '\0', Meaning::Silent),
    ("--basic", '\0', Meaning::Silent),
    ("--compressed", '\0', Meaning::Nothing),
    ("--insecure", 'k', Meaning::Nothing),
    ("--location", 'L', Meaning::Nothing),
    ("--remote-name", 'O', Meaning::Nothing),
    ("--digest", '\0', Meaning::Nothing),
    ("--ntlm", '\0', Meaning::Nothing),
    ("--ipv4", '4', Meaning::Nothing),
    ("--ipv6", '6', Meaning::Nothing),
    ("--tlsv1.2", '\0', Meaning::Nothing),
    ("--tlsv1.3", '\0', Meaning::Nothing),
    ("--output", 'o', Meaning::Ignored),
    ("--write-out", 'w', Meaning::Ignored),
    ("--dump-header", 'D', Meaning::Ignored),
    ("--cookie-jar", 'c', Meaning::Ignored),
    ("--max-time", 'm', Meaning::Ignored),
    ("--connect-timeout", '\0', Meaning::Ignored),
    ("--retry", '\0', Meaning::Ignored),
    ("--retry-delay", '\0', Meaning::Ignored),
    ("--max-redirs", '\0', Meaning::Ignored),
    ("--limit-rate", '\0', Meaning::Ignored),
    ("--proxy", 'x', Meaning::Ignored),
    ("--resolve", '\0', Meaning::Ignored),
    ("--connect-to", '\0', Meaning::Ignored),
    ("--interface", '\0', Meaning::Ignored),
    ("--unix-socket", '\0', Meaning::Ignored),
    ("--cacert", '\0', Meaning::Ignored),
    ("--capath", '\0', Meaning::Ignored),
    ("--cert", 'E', Meaning::Ignored),
    ("--key", '\0', Meaning::Ignored),
    ("--ciphers", '\0', Meaning::Ignored),
    ("--trace", '\0', Meaning::Ignored),
    ("--trace-ascii", '\0', Meaning::Ignored),
];

type Known = (&'static str, char, Meaning);

/// The options of a command line, in order. Words that are none are addresses.
pub(in crate::exchange) fn read(words: &[Word]) -> Result<Vec<Given<'_>>, ImportError> {
    let mut given = Vec::new();
    let mut words = words.iter();
    let mut only_addresses = false;
    while let Some(word) = words.next() {
        let bytes = &word.bytes[..];
        let address = Given { meaning: Meaning::Url, name: "--url", value: bytes, line: word.line };
        if only_addresses || bytes == b"-" || !bytes.starts_with(b"-") {
            given.push(address);
        } else if bytes == b"--" {
            only_addresses = true;
        } else if bytes.starts_with(b"--") {
            let known = OPTIONS.iter().find(|(name, ..)| name.as_bytes() == bytes);
            let option = known.ok_or_else(|| unknown(word, &String::from_utf8_lossy(bytes)))?;
            given.push(with_value(option, None, word, &mut words)?);
        } else {
            letters(word, &mut words, &mut given)?;
        }
    }
    Ok(given)
}

/// Letters in one word: the first that takes a value has the rest of it, or else the next word.
fn letters<'a>(
    word: &'a Word,
    words: &mut std::slice::Iter<'a, Word>,
    given: &mut Vec<Given<'a>>,
) -> Result<(), ImportError> {
    let mut rest = &word.bytes[1..];
    while let Some((letter, behind)) = rest.split_first() {
        let letter = char::from(*letter);
        let known = OPTIONS.iter().find(|(_, own, _)| *own == letter && letter != '\0');
        let option = known.ok_or_else(|| unknown(word, &format!("-{letter}")))?;
        if option.2.takes_value() {
            let attached = Some(behind).filter(|value| !value.is_empty());
            given.push(with_value(option, attached, word, words)?);
            return Ok(());
        }
        given.push(with_value(option, None, word, words)?);
        rest = behind;
    }
    Ok(())
}

fn with_value<'a>(
    &(name, _, meaning): &Known,
    attached: Option<&'a [u8]>,
    word: &Word,
    words: &mut std::slice::Iter<'a, Word>,
) -> Result<Given<'a>, ImportError> {
    let value = match attached {
        _ if !meaning.takes_value() => &b""[..],
        Some(value) => value,
        None => match words.next() {
            Some(next) => &next.bytes,
            None => return Err(ImportError::at(word.line, format!("{name} has no value"))),
        },
    };
    Ok(Given { meaning, name, value, line: word.line })
}

fn unknown(word: &Word, name: &str) -> ImportError {
    let message = format!("the option {name} of curl is not known here; leave it out");
    ImportError::at(word.line, message)
}
