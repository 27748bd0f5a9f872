//! Raw requests in an HTTP file, as editors send them: `###` stands in front of each, comments
//! begin with `#`, then the request as in [`super::request_file`].
//!
//! A body may hold anything, a line `###` too. So the comment that we write tells its length, and
//! where another tool wrote the file, `Content-Length` does if it leads to the end of the file or to
//! the next `###`. A method may begin with `#` (RFC 9110, section 5.6.2): the comment tells such a
//! one, so that its request line is not taken for a comment itself.

use bytes::Bytes;

use super::address::Address;
use super::fixture::Fixture;
use super::imported::{self, ImportError, Imported};
use super::origin::Origin;
use super::request_file::{self, Head, RequestFileError};
use crate::domain::http::Request;
use crate::domain::record::Record;

/// What stands in front of each request.
const MARK: &[u8] = b"###";

/// What the comment with the origin begins with, before its JSON object.
const ORIGIN: &str = "# hookscope ";

/// A delivery as part of an HTTP file. Credentials are masked unless `reveal`. The fixture is
/// explained in a comment.
#[must_use]
pub fn entry(record: &Record, reveal: bool, fixture: Option<&Fixture>) -> Vec<u8> {
    let request = &record.delivery.request;
    let method = request.method.as_str();
    let mut origin = Origin::of(record).with_fixture(fixture);
    origin.method = method.starts_with('#').then(|| method.to_owned());
    let origin = origin.json();
    let label = record.inspection.event.label().unwrap_or_default();
    let title = format!("### {} {} {label}", record.id, record.delivery.endpoint);
    let mut bytes = format!("{}\n{ORIGIN}{origin}\n", one_line(title.trim_end())).into_bytes();
    if let Some(fixture) = fixture {
        bytes.extend_from_slice(format!("# {}\n", one_line(&fixture.note())).as_bytes());
    }
    bytes.extend(request_file::written_head(request, reveal, "\n"));
    bytes.extend_from_slice(&request.body);
    bytes.extend_from_slice(b"\n\n");
    bytes
}

/// What senders name is no line end in a comment of ours.
fn one_line(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}

/// Whether the line is the comment that we write before a request.
pub(super) fn is_origin(line: &[u8]) -> bool {
    line.strip_prefix(ORIGIN.as_bytes()).is_some_and(|told| told.starts_with(b"{"))
}

/// The requests of a file. One that does not begin with `###` is a single request, whose body is all
/// the rest.
pub fn read(file: &Bytes) -> impl Iterator<Item = Result<Imported, ImportError>> {
    let mut reader = Reader { file: file.clone(), at: 0, line: 1 };
    std::iter::from_fn(move || reader.next().transpose())
}

struct Reader {
    file: Bytes,
    at: usize,
    /// The line that begins at `at`.
    line: usize,
}

impl Reader {
    fn next(&mut self) -> Result<Option<Imported>, ImportError> {
        let (is_marked, origin) = self.preface();
        if self.at == self.file.len() {
            return Ok(None);
        }
        let line = self.line;
        let rest = self.file.slice(self.at..);
        let Head { request, length } =
            request_file::head(&rest).map_err(|error| misread(&error, line))?;
        self.skip(length);
        let body = self.body(&request, origin.as_ref(), is_marked);
        let request = addressed(Request { body, ..request })
            .map_err(|message| ImportError::at(line, message))?;
        let origin = origin.unwrap_or_default();
        let request =
            origin.corrected(request).map_err(|message| ImportError::at(line, message))?;
        Ok(Some(origin.imported(request)))
    }

    /// Goes to the next request. Says whether `###` stood before it, and what a comment of ours told.
    fn preface(&mut self) -> (bool, Option<Origin>) {
        let (mut is_marked, mut origin) = (false, None);
        while self.at < self.file.len() {
            let rest = &self.file[self.at..];
            let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            let line = rest[..length].trim_ascii();
            let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
            if is_told(line, origin.as_ref()) {
                break;
            } else if line.starts_with(MARK) {
                (is_marked, origin) = (true, None);
            } else if let Some(told) = line.strip_prefix(ORIGIN.as_bytes()) {
                origin = serde_json::from_slice(told).ok();
            } else if !line.is_empty() && !line.starts_with(b"#") && !line.starts_with(b"//") {
                break;
            }
            self.skip(length);
        }
        (is_marked, origin)
    }

    fn body(&mut self, request: &Request, origin: Option<&Origin>, is_marked: bool) -> Bytes {
        let rest = self.file.slice(self.at..);
        let told = origin.and_then(|origin| origin.body_size).filter(|size| *size <= rest.len());
        let sent = request_file::content_length(request);
        let fits = |size: &usize| rest.get(*size..).is_some_and(ends_request);
        let (body, length) = match (told, sent.filter(fits)) {
            (Some(size), _) | (None, Some(size)) => (rest.slice(..size), size),
            (None, None) if is_marked => {
                let end = next_mark(&rest);
                let body = rest[..end].trim_ascii_end();
                (rest.slice_ref(body), end)
            }
            (None, None) => (rest.slice(..rest.len().min(sent.unwrap_or(usize::MAX))), rest.len()),
        };
        self.skip(length);
        body
    }

    fn skip(&mut self, length: usize) {
        let passed = &self.file[self.at..self.at + length];
        self.line += memchr::memchr_iter(b'\n', passed).count();
        self.at += length;
    }
}

/// Whether the line is a request line that would be a comment if our own did not tell its method.
fn is_told(line: &[u8], origin: Option<&Origin>) -> bool {
    origin.and_then(|origin| origin.method.as_ref()).is_some_and(|told| {
        let line = request_file::request_line(line);
        line.is_some_and(|(method, ..)| method.as_str() == told)
    })
}

/// Whether nothing more belongs to the request: white space, then the end or the next `###`.
fn ends_request(rest: &[u8]) -> bool {
    let next = rest.trim_ascii_start();
    let own_line = rest.len() - next.len() > 0;
    next.is_empty() || (own_line && next.starts_with(MARK))
}

/// Where the next line with `###` begins, else the end.
fn next_mark(text: &[u8]) -> usize {
    let mut at = 0;
    while !text[at..].starts_with(MARK) {
        match memchr::memchr(b'\n', &text[at..]) {
            Some(end) => at += end + 1,
            None => return text.len(),
        }
    }
    at
}

/// The request with its target as it is sent, where the file names the whole address.
fn addressed(request: Request) -> Result<Request, String> {
    let Some(address) = Address::parse(&request.target) else {
        let target = imported::target(&request.target)?;
        return Ok(Request { target, ..request });
    };
    let headers = imported::completed(&request.headers, address.host, b"");
    Ok(Request { target: imported::target(&address.target())?, headers, ..request })
}

fn misread(error: &RequestFileError, first: usize) -> ImportError {
    match error {
        RequestFileError::RequestLine => {
            ImportError::at(first, "this is no request line such as `POST /hook HTTP/1.1`")
        }
        RequestFileError::Header(line) => {
            let message = "this is no header such as `Name: value`; an empty line ends the headers";
            ImportError::at(first + line - 1, message)
        }
    }
}
