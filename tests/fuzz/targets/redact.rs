//! Redaction: a secret that is known stands nowhere in what is shared.

#![no_main]

use libfuzzer_sys::fuzz_target;

use hookscope::domain::secret::Secret;
use hookscope::exchange::redact::Redactor;
use hookscope_fuzz::{open_route, record, request};

const SECRET: &str = "hunter2hunter2";

fuzz_target!(|bytes: &[u8]| {
    let Some(request) = request(bytes) else { return };
    let mut redactor = Redactor::new(vec![Secret::new(SECRET)]);
    let redacted = redactor.redacted(&record(request), &open_route(), None);
    let request = &redacted.record.delivery.request;
    let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(SECRET);
    assert!(!request.target.contains(SECRET), "{}", request.target);
    assert!(!holds(&request.body), "{}", String::from_utf8_lossy(&request.body));
    for field in request.headers.iter() {
        assert!(!holds(&field.value), "{}", String::from_utf8_lossy(&field.value));
    }
});
