//! What checking costs, and what explaining a failed check does.

use std::hint::black_box;
use std::time::Instant;

use bytes::Bytes;
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::domain::secret::Secret;
use hookscope::verify::catalog::{Auth, Catalog};
use hookscope::verify::explain::Limits;
use hookscope::verify::scheme::{Received, Scheme};
use hookscope::verify::signing::Signing;
use hookscope::verify::{explain, signed, verify};
use jiff::Timestamp;

/// How often each thing is done; the median is printed.
const ROUNDS: usize = 21;

/// Schemes whose search is large in another way: the body, the URL, the slowest hash, a time.
const SCHEMES: &[&str] = &["github", "square", "trello", "stripe"];

pub(crate) fn measure() {
    println!("milliseconds on one core");
    let verifying = request(10_000);
    for name in SCHEMES {
        let scheme = scheme(name, "the secret");
        let genuine = signed(&verifying, &signing(), &scheme).expect("a text can be signed");
        row(&format!("verifying a 10 kB body, {name}"), || verify(&genuine, &received(), &scheme));
    }
    let searched = request(100_000);
    for name in SCHEMES {
        let theirs = scheme(name, "another secret");
        let own = scheme(name, "the secret");
        let forged = signed(&searched, &signing(), &theirs).expect("a text can be signed");
        row(&format!("a complete probe search on 100 kB, {name}"), || {
            let clues = explain(&forged, &received(), &own, &[], Limits::default());
            assert!(clues.is_empty(), "the search ends only when everything was tried");
        });
    }
}

fn row<T>(name: &str, work: impl Fn() -> T) {
    let mut times = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect::<Vec<_>>();
    times.sort_unstable();
    println!("{name:<48} {:>9.4}", times[ROUNDS / 2].as_secs_f64() * 1e3);
}

fn received() -> Received<'static> {
    Received { at: Timestamp::UNIX_EPOCH, public_url: None }
}

fn signing() -> Signing<'static> {
    Signing { at: Timestamp::UNIX_EPOCH, nonce: "n", id: Some("id"), public_url: None }
}

fn scheme(name: &str, secret: &str) -> Scheme {
    let secrets = vec![Secret::new(secret)];
    let auth = Auth { scheme: name.to_owned(), secrets, ..Auth::default() };
    Catalog::builtin().scheme(&auth).expect("the scheme is in the catalog")
}

/// A JSON body of about that size, which every library would write in its own way.
fn request(size: usize) -> Request {
    let row = |id: usize| format!("{{\"id\": {id}, \"name\": \"Zoë\", \"url\": \"https://a/b\"}}");
    let rows = (0..size / 50).map(row).collect::<Vec<_>>().join(", ");
    Request {
        method: http::Method::POST,
        target: "/hooks/a%2Fb?x=1&y=2".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([
            ("Host", "127.0.0.1:4000"),
            ("Content-Type", "application/json"),
            ("X-Forwarded-Host", "hooks.example.test"),
        ]),
        body: Bytes::from(format!("{{\"rows\": [{rows}]}}")),
    }
}
