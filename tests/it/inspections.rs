//! What is concluded from whole requests: `tests/data/requests/NAME.http` beside what is expected
//! of it in `NAME.toml`.
//!
//! An `.http` file has one or more raw requests, each after a line `### title`; lines may end in
//! CRLF or LF. To add a case, add a request or a pair of files, run with `UPDATE=1` and read what it
//! wrote.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::domain::inspection::Inspection;
use hookscope::providers::accounts::Accounts;
use hookscope::providers::route::Route;
use hookscope::providers::{PROVIDERS, inspect};
use hookscope::verify::scheme::Scheme;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An inspection as it stands in a file: what is not told is left out.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    provider: Option<String>,
    kind: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<String>,
    resource: Option<String>,
    id: Option<String>,
    href: Option<String>,
    key: Option<String>,
    occurred_at: Option<String>,
}

impl From<Inspection> for Finding {
    fn from(Inspection { provider, event, .. }: Inspection) -> Self {
        let resource = event.resource.unwrap_or_default();
        Self {
            provider: provider.map(|id| id.to_string()),
            kind: event.kind,
            candidates: event.candidates,
            resource: resource.kind,
            id: resource.id,
            href: resource.href,
            key: event.key,
            occurred_at: event.occurred_at.map(|at| at.to_string()),
        }
    }
}

#[test]
fn every_recorded_request_is_understood_as_its_file_expects() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for file in request_files() {
        let found = cases(&fs::read_to_string(&file).unwrap())
            .into_iter()
            .map(|(title, request)| (title, finding(&request)))
            .collect::<Vec<_>>();
        let expectation = file.with_extension("toml");
        if update {
            fs::write(&expectation, written(&found)).unwrap();
        }
        wrong.extend(differences(&expectation, found));
    }
    assert!(wrong.is_empty(), "{}\nUPDATE=1 rewrites what is expected", wrong.join("\n"));
}

#[test]
fn every_documented_event_has_a_recorded_request() {
    let texts = request_files().iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>();
    let requests = cases(&texts.unwrap().join("\n"));
    let found = requests.iter().map(|(_, request)| finding(request)).collect::<Vec<_>>();
    for provider in PROVIDERS {
        let own = Some(provider.id().to_string());
        for event in provider.events() {
            let is_shown = found.iter().any(|finding| {
                finding.provider == own && finding.candidates.iter().any(|name| name == event.name)
            });
            assert!(is_shown, "{} {}", provider.id(), event.name);
        }
    }
}

#[test]
fn a_request_file_may_have_either_line_end() {
    let text = "### one\nPOST / HTTP/1.1\nA: 1\n\n{\"a\":\n1}\n\n### two\nGET /x HTTP/1.0\n";
    let of = |text: &str| cases(text).into_iter().map(|(_, request)| request).collect::<Vec<_>>();
    let [one, two] = &of(text)[..] else { panic!("there are two requests") };
    assert_eq!((&one.headers.text("a"), &one.body[..]), (&Some("1"), &b"{\"a\":\n1}"[..]));
    assert_eq!((two.target.as_str(), two.version, two.body.len()), ("/x", Version::Http10, 0));
    let crlf = of(&text.replace('\n', "\r\n"));
    assert_eq!(crlf[0].headers, one.headers);
    assert_eq!(crlf[0].body, "{\"a\":\r\n1}");
    assert_eq!(crlf[1], *two);
}

fn finding(request: &Request) -> Finding {
    let route = Route { endpoint: Endpoint::any_path(None), scheme: Scheme::Open };
    inspect(request, Timestamp::UNIX_EPOCH, &route, &Accounts::default()).into()
}

fn request_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/requests");
    let mut files = fs::read_dir(folder)
        .expect("the folder is part of the repository")
        .map(|entry| entry.expect("its entries can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "http"))
        .collect::<Vec<_>>();
    files.sort();
    files
}

/// The requests of a file with their titles.
fn cases(text: &str) -> Vec<(String, Request)> {
    let text = format!("\n{text}");
    let parts = text.split("\n### ").skip(1);
    parts
        .map(|part| {
            let (title, request) = part.split_once('\n').expect("a request follows its title");
            (title.trim().to_owned(), parse(request))
        })
        .collect()
}

/// Reads a raw request; the line end and the empty line before the next title are not its body.
fn parse(text: &str) -> Request {
    let mut rest = text;
    let mut line = || {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = after;
        line.trim_end_matches('\r')
    };
    let request_line = line();
    let mut words = request_line.splitn(3, ' ');
    let mut word = || words.next().expect("a request line has three words");
    let (method, target, version) = (word(), word(), word());
    let fields = std::iter::from_fn(|| Some(line()).filter(|line| !line.is_empty()))
        .map(|line| line.split_once(':').expect("a header line has a colon"))
        .map(|(name, value)| (name, value.trim()))
        .collect::<Vec<_>>();
    Request {
        method: method.parse().expect("the first word is a method"),
        target: target.to_owned(),
        version: Version::from_name(version),
        headers: Headers::from_pairs(fields),
        body: Bytes::copy_from_slice(rest.trim_end_matches(['\r', '\n']).as_bytes()),
    }
}

fn expected(file: &Path) -> BTreeMap<String, Finding> {
    let text = fs::read_to_string(file).unwrap_or_default();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The findings as a file, in the order of the requests.
fn written(found: &[(String, Finding)]) -> String {
    let tables = found.iter().map(|(title, finding)| {
        toml::to_string(&BTreeMap::from([(title, finding)])).expect("a finding is a table of texts")
    });
    tables.collect::<Vec<_>>().join("\n")
}

fn differences(file: &Path, found: Vec<(String, Finding)>) -> Vec<String> {
    let mut expected = expected(file);
    let mut differences = Vec::new();
    for (title, found) in found {
        match expected.remove(&title) {
            Some(expected) if expected == found => {}
            Some(expected) => {
                differences
                    .push(format!("[{title}]\n  expected {expected:?}\n  found    {found:?}"));
            }
            None => differences.push(format!("[{title}] is not expected, or has two requests")),
        }
    }
    differences.extend(expected.into_keys().map(|title| format!("[{title}] has no request")));
    differences.iter().map(|difference| format!("{} {difference}", file.display())).collect()
}
