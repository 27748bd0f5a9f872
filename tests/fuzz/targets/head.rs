//! The heads of captured requests: what is kept of each belongs to the request that hyper hands out,
//! and of a connection's first request it is exactly what was sent.

#![no_main]

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::Response;
use http_body_util::Empty;
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use libfuzzer_sys::fuzz_target;

use hookscope::domain::headers::Fidelity;
use hookscope_fuzz::{Pieces, run};

use hookscope::capture::limits;
use hookscope::domain;

#[path = "../../../src/capture/read.rs"]
mod read;
#[path = "../../../src/capture/tap.rs"]
mod tap;

const LIMIT: usize = 8 * 1024;

fuzz_target!(|input: (u8, &[u8])| {
    let (size, bytes) = input;
    let (tap, heads) = tap::Tap::new(Pieces::new(bytes, size), LIMIT);
    let count = Arc::new(Mutex::new(0));
    let service = service_fn(|request: http::Request<Incoming>| {
        let (heads, count) = (heads.clone(), Arc::clone(&count));
        async move {
            let (parts, body) = request.into_parts();
            let kept = heads.take(body.size_hint().exact());
            *count.lock().unwrap() += 1;
            belongs_together(&parts, kept.as_ref());
            if *count.lock().unwrap() == 1 {
                is_what_was_sent(bytes, kept.as_ref());
            }
            let limits = limits::Limits { body: 4 * 1024, ..limits::Limits::default() };
            if let Ok(body) = read::body(body, &limits).await {
                assert!(body.len() <= 4 * 1024);
                heads.body_ended();
            }
            heads.answered();
            Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new()))
        }
    });
    let mut builder = http1::Builder::new();
    builder.half_close(true).header_read_timeout(None).max_header_size(LIMIT);
    let _ = run(builder.serve_connection(TokioIo::new(tap), service));
});

fn belongs_together(parts: &http::request::Parts, kept: Option<&Bytes>) {
    let Ok(request) = read::head(parts, kept) else { return };
    assert_eq!(request.method, parts.method);
    assert_eq!(request.target.parse::<http::Uri>().unwrap(), parts.uri);
    if request.headers.fidelity() == Fidelity::Exact {
        assert_eq!(request.headers.len(), parts.headers.len());
        for field in request.headers.iter() {
            let name = std::str::from_utf8(&field.name).unwrap();
            assert!(parts.headers.get_all(name).iter().any(|value| value == &field.value[..]));
        }
    }
}

fn is_what_was_sent(bytes: &[u8], kept: Option<&Bytes>) {
    let kept = kept.expect("hyper takes no head that is longer than the limit");
    assert!(bytes.starts_with(kept));
    let mut fields = [httparse::EMPTY_HEADER; limits::Limits::MOST_FIELDS];
    let length = httparse::Request::new(&mut fields).parse(kept).unwrap();
    assert_eq!(length, httparse::Status::Complete(kept.len()));
}
