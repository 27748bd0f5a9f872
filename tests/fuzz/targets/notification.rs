//! What providers send, as deliveries and as answers of their APIs: any bytes are inspected, and
//! every record is masked.

#![no_main]

use bytes::Bytes;
use http::StatusCode;
use libfuzzer_sys::fuzz_target;

use hookscope::domain::attempt::Response;
use hookscope::domain::event::ProviderId;
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::providers::accounts::Accounts;
use hookscope::providers::{about, api, inspect};
use hookscope_fuzz::{NOW, open_route, record};

fuzz_target!(|input: (u8, u16, &[u8])| {
    let (provider, status, body) = input;
    let request = Request {
        method: http::Method::POST,
        target: "/".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([("webhook-id", "msg_1")]),
        body: Bytes::copy_from_slice(body),
    };
    let mut route = open_route();
    let ids = ProviderId::ALL;
    let chosen = ids[usize::from(provider) % ids.len()];
    route.endpoint.provider = (provider < 128).then_some(chosen);
    let accounts = Accounts::default();
    let inspection = inspect(&request, NOW, &route, &accounts);
    assert_eq!(inspection.event.kind.is_some(), inspection.event.candidates.len() == 1);
    assert_eq!(inspection, inspect(&request, NOW, &route, &accounts));
    let _ = about(&record(request), Some(&route), &accounts);
    let status = StatusCode::from_u16(status % 500 + 100).expect("a status of HTTP");
    let headers = Headers::from_pairs([("Content-Type", "application/json")]);
    let response = Response { status, headers, body: Bytes::copy_from_slice(body) };
    let _ = api(chosen).token(&response);
    if let Some(subscriptions) = api(chosen).subscriptions() {
        if let Ok(listing) = subscriptions.listing(&response) {
            for subscription in &listing.subscriptions {
                let _ = subscriptions.further(subscription);
            }
        }
        let masked = subscriptions.masked_body(body);
        assert_eq!(subscriptions.masked_body(&masked), masked);
    }
});
