//! The files of the cases.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use hookscope::domain::attempt::{Call, Response};
use hookscope::domain::event::ProviderId;
use hookscope::domain::headers::Headers;
use hookscope::domain::subscription::Subscription;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What is asked for, as `NAME.expected.json` has it.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Operation {
    /// A token, with the credentials of a client.
    Token {},
    /// What can be read about a notification with this body; the link of that place is read.
    Fetch {
        body: Value,
        link: usize,
    },
    List {
        page: u32,
    },
    Create(DraftOnFile),
    Update {
        of: SubscriptionOnFile,
        draft: DraftOnFile,
    },
    SetActive {
        of: SubscriptionOnFile,
        active: bool,
    },
    Retarget {
        of: SubscriptionOnFile,
        target: String,
    },
    Delete {
        id: String,
    },
    Test(DraftOnFile),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SubscriptionOnFile {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) target: String,
    pub(super) active: bool,
    pub(super) events: Vec<String>,
    pub(super) raw: Map<String, Value>,
}

/// Further fields are given by their key; a secret by its value.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DraftOnFile {
    pub(super) name: String,
    pub(super) target: String,
    pub(super) active: bool,
    pub(super) events: Vec<String>,
    #[serde(default)]
    pub(super) further: BTreeMap<String, Value>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    pub(super) operation: Value,
    #[serde(default)]
    pub(super) reading: Value,
}

/// The provider, the files without their endings, the operation.
pub(super) struct Case {
    pub(super) provider: ProviderId,
    pub(super) stem: PathBuf,
    pub(super) expected: Expected,
    pub(super) operation: Operation,
}

impl SubscriptionOnFile {
    pub(super) fn known(&self) -> Box<Subscription> {
        Box::new(Subscription {
            id: self.id.clone(),
            name: self.name.clone(),
            target: self.target.clone(),
            active: self.active,
            events: self.events.clone(),
            raw: self.raw.clone(),
        })
    }
}

impl From<Subscription> for SubscriptionOnFile {
    fn from(of: Subscription) -> Self {
        let Subscription { id, name, target, active, events, raw } = of;
        Self { id, name, target, active, events, raw }
    }
}

/// The call as it stands in a file.
pub(super) fn written(call: &Call) -> String {
    let Call { url, request, .. } = call;
    let head = String::from_utf8(request.headers.to_block()).unwrap().replace("\r\n", "\n");
    let body = std::str::from_utf8(&request.body).unwrap();
    let text = format!("{} {url} {}\n{head}\n{body}", request.method, request.version);
    text.trim_end().to_owned() + "\n"
}

/// Reads an answer; the line end behind the body is not its own.
pub(super) fn response_of(text: &str) -> Response {
    let (head, body) = text.split_once("\n\n").unwrap_or_else(|| (text.trim_end(), ""));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let fields = lines.map(|line| line.split_once(": ").expect("a field has a name and a value"));
    Response {
        status: status.and_then(|status| status.parse().ok()).expect("an answer has a status"),
        headers: Headers::from_pairs(fields),
        body: Bytes::copy_from_slice(body.trim_end_matches('\n').as_bytes()),
    }
}

pub(super) fn file(stem: &Path, ending: &str) -> PathBuf {
    stem.with_extension(ending)
}

pub(super) fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/api");
    let below = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("the folder is part of the repository");
        let mut paths = entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
        paths.sort();
        paths
    };
    let files = below(&root).into_iter().flat_map(|folder| below(&folder));
    files.filter_map(|path| case_of(&path)).collect()
}

fn case_of(path: &Path) -> Option<Case> {
    let name = path.file_name()?.to_str()?.strip_suffix(".expected.json")?;
    let folder = path.parent()?;
    let provider = ProviderId::from_name(folder.file_name()?.to_str()?);
    let read = |text: String| -> serde_json::Result<(Expected, Operation)> {
        let expected = serde_json::from_str::<Expected>(&text)?;
        let operation = serde_json::from_value(expected.operation.clone())?;
        Ok((expected, operation))
    };
    let (expected, operation) = read(fs::read_to_string(path).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(Case {
        provider: provider.expect("a folder is named like its provider"),
        stem: folder.join(name),
        expected,
        operation,
    })
}

#[test]
fn an_answer_on_file_is_read_with_and_without_a_body() {
    let response = response_of("HTTP/1.1 404 Not Found\nA: 1\nB: x: y\n\n{\n\n}\n");
    assert_eq!(response.status, StatusCode::NOT_FOUND);
    assert_eq!(response.headers, Headers::from_pairs([("A", "1"), ("B", "x: y")]));
    assert_eq!(response.body, "{\n\n}");
    assert!(response_of("HTTP/1.1 204 No Content\n").body.is_empty());
}
