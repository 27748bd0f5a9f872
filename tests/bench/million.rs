//! A store with a million deliveries of 500 B, as the figures of search and capture ask for.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use hookscope::domain::delivery::Delivery;
use hookscope::domain::event::{Event, ProviderId, Resource};
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::domain::inspection::Inspection;
use hookscope::domain::verdict::{Reason, Unchecked, Verdict};
use hookscope::storage::{Captured, Durability, Location, Options, Store};
use http::{Method, StatusCode};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// How many deliveries are in it.
pub(crate) const DELIVERIES: u64 = 1_000_000;

/// Bytes of each body.
const BODY: usize = 500;

/// Names the file to keep the store in, and to take it from in the next run.
const KEPT: &str = "HOOKSCOPE_BENCH_STORE";

/// Inserts on their way at once: batches as large as the store makes them.
const AT_ONCE: usize = 4_000;

/// The file of the store, and the folder that goes with it if it is not kept.
pub(crate) struct Million {
    pub(crate) file: PathBuf,
    _folder: Option<tempfile::TempDir>,
}

impl Million {
    /// The one of a run before, else a new one.
    pub(crate) fn make() -> Self {
        if let Some(file) = std::env::var_os(KEPT).map(PathBuf::from) {
            if !file.exists() {
                fill(&file);
            }
            return Self { file, _folder: None };
        }
        let folder = folder();
        let file = folder.path().join("million.db");
        fill(&file);
        Self { file, _folder: Some(folder) }
    }

    /// A copy to write to, on the disk.
    pub(crate) fn copy(&self, to: &Path) {
        fs::copy(&self.file, to).expect("there is room for a copy");
        let copy = File::open(to).expect("it was made");
        copy.sync_all().expect("the disk takes it");
    }
}

/// A folder that is gone at the end of the run.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("the target folder is writable")
}

fn fill(file: &Path) {
    println!("making a store with {DELIVERIES} deliveries of {BODY} B");
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    let now = Timestamp::now();
    runtime.block_on(async {
        let options = Options {
            location: Location::File(file.to_owned()),
            durability: Durability::Relaxed,
            holder: "a benchmark".to_owned(),
        };
        let store = Store::open(&options).expect("the store opens");
        let numbers = stream::iter(1..=DELIVERIES);
        numbers
            .for_each_concurrent(AT_ONCE, |number| {
                let inserted = store.insert(Box::new(captured(number, now)));
                async { drop(inserted.await.expect("it is stored")) }
            })
            .await;
        while listed(file) + 2_000 < DELIVERIES.cast_signed() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        store.close().await;
    });
}

/// How far the store has come with listing its deliveries, which it does while none arrives.
fn listed(file: &Path) -> i64 {
    let connection = rusqlite::Connection::open(file).expect("the store opens");
    let sql = "SELECT value FROM counters WHERE name = 'listed_up_to'";
    connection.query_row(sql, [], |row| row.get(0)).expect("it tells")
}

/// The n-th delivery: ten a second up to now. One in ten thousand is what a rare filter asks for.
fn captured(number: u64, now: Timestamp) -> Captured {
    const KINDS: [&str; 6] =
        ["trip.created", "trip.changed", "booking_new", "booking_changed", "lead", "message"];
    let is_rare = number.is_multiple_of(10_000);
    let kind = KINDS[usize::try_from(number % 6).expect("it is small")];
    let before = SignedDuration::from_millis((DELIVERIES - number).cast_signed() * 100);
    let received_at = now.checked_sub(before).expect("it is a day or so");
    let verdict = match number % 100 {
        _ if is_rare => Verdict::Refuted {
            scheme: "github".into(),
            reason: Reason::SignatureMismatch,
            message: "the signature is not over these bytes".to_owned(),
            clues: Vec::new(),
        },
        0..10 => Verdict::Unchecked { why: Unchecked::NoSecret },
        _ => Verdict::Verified { scheme: "github".into(), notes: Vec::new() },
    };
    let event = Event {
        kind: Some(kind.to_owned()),
        candidates: vec![kind.to_owned()],
        resource: Some(Resource {
            kind: Some("trips".to_owned()),
            id: Some(format!("trip-{number}")),
            href: None,
        }),
        key: Some(format!("key-{number}")),
        occurred_at: None,
    };
    let provider = ProviderId::ALL[usize::try_from(number % 3).expect("it is small")];
    let account = if is_rare { "rare" } else { ["acme", "nord"][usize::from(number % 7 < 3)] };
    let status = if is_rare { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    Captured {
        delivery: Delivery {
            uid: Uuid::now_v7(),
            received_at,
            reading: Duration::from_micros(40),
            peer: SocketAddr::from(([127, 0, 0, 1], 50_412)),
            endpoint: ["shop", "desk"][usize::from(number.is_multiple_of(5))].into(),
            request: request(number, kind),
        },
        inspection: Inspection {
            provider: Some(provider),
            account: Some(account.into()),
            event,
            verdict,
        },
        status,
        nonce: None,
        handshake: None,
    }
}

fn request(number: u64, kind: &str) -> Request {
    let word = match number {
        1 => "in-the-oldest",
        _ if number > DELIVERIES / 10 * 9 && number.is_multiple_of(1_000) => "in-the-newest-tenth",
        _ => "in-most",
    };
    let mut body = format!(r#"{{"event":"{kind}","id":{number},"word":"{word}","text":""#);
    let fill = BODY - body.len() - 2;
    body.extend("Lorem ipsum dolor sit amet ".chars().cycle().take(fill));
    body.push_str("\"}");
    Request {
        method: Method::POST,
        target: "/hooks/shop".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([
            ("Host", "127.0.0.1:4000"),
            ("User-Agent", "bench/1.0"),
            ("Content-Type", "application/json"),
            ("X-Request-Id", "0192-8c5e"),
        ]),
        body: Bytes::from(body),
    }
}
