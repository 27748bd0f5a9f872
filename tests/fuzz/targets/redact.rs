//! Redaction: a secret that is known stands nowhere in what is shared.

#![no_main]

use libfuzzer_sys::fuzz_target;

use hookscope::domain::secret::Secret;
use hookscope::exchange::redact::Redactor;
use hookscope_fuzz::{open_route, record, request};

/// One that is a word, and one with what parts an address.
const SECRETS: [&str; 2] = ["hunter2hunter2", "hu+n/t=e&r?2"];

fuzz_target!(|bytes: &[u8]| {
    let Some(request) = request(bytes) else { return };
    let mut redactor = Redactor::new(SECRETS.map(Secret::new).to_vec());
    let redacted = redactor.redacted(&record(request), &open_route(), None);
    let request = &redacted.record.delivery.request;
    for secret in SECRETS {
        let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(secret);
        assert!(!request.target.contains(secret), "{}", request.target);
        assert!(!holds(&request.body), "{}", String::from_utf8_lossy(&request.body));
        for field in request.headers.iter() {
            assert!(!holds(&field.value), "{}", String::from_utf8_lossy(&field.value));
        }
    }
});
