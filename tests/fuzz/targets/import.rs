//! Files of deliveries: read or refused, and what was read can be written and read again.

#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;

use hookscope::domain::http::Request;
use hookscope::exchange::{curl_file, har, http_file, read};
use hookscope_fuzz::record;

fuzz_target!(|bytes: &[u8]| {
    let file = Bytes::copy_from_slice(bytes);
    let Ok(deliveries) = read(&file) else { return };
    for delivery in deliveries.take(8) {
        let Ok(delivery) = delivery else { return };
        let record = record(delivery.request);
        let request = &record.delivery.request;
        let has_path = request.target.starts_with('/');
        let host = if has_path { "https://h.test" } else { "" };
        let url = format!("{host}{}", request.target);
        assert_eq!(only(&http_file::entry(&record, true, None).into()), *request);
        let har = [
            har::opening().into_bytes(),
            har::entry(&record, &url, true, None),
            har::closing().into(),
        ];
        assert_eq!(only(&har.concat().into()), *request);
        // Without a path there is no address that curl could send it to.
        if has_path {
            let command = Bytes::from(curl_file::entry(&record, &url, true, None));
            assert_eq!(only(&command).body, request.body);
        }
    }
});

fn only(file: &Bytes) -> Request {
    let mut deliveries = read(file).expect("it was written here");
    let delivery = deliveries.next().expect("one was written").expect("it was written here");
    assert!(deliveries.next().is_none());
    delivery.request
}
