use std::time::Duration;

use proptest::prelude::*;

use super::{address, duration, public_url, size};

#[test]
fn durations_are_a_number_and_a_unit() {
    for (text, millis) in [
        ("250ms", 250),
        ("30s", 30_000),
        ("5m", 300_000),
        ("2h", 7_200_000),
        ("90d", 7_776_000_000),
        ("0ms", 0),
    ] {
        assert_eq!(duration(text), Ok(Duration::from_millis(millis)), "{text}");
    }
    for text in ["", "5", "s", "-5s", "5 s", "1.5s", "5S", "5sec", "99999999999999999999s"] {
        let message = duration(text).unwrap_err();
        assert!(message.contains("not a duration such as 250ms"), "{text}: {message}");
    }
}

#[test]
fn sizes_are_a_number_and_a_binary_unit() {
    for (text, bytes) in [("512B", 512), ("64KiB", 65_536), ("10MiB", 10_485_760)] {
        assert_eq!(size(text), Ok(bytes), "{text}");
    }
    for text in ["", "10", "10MB", "10 MiB", "KiB", "18446744073709551615GiB"] {
        let message = size(text).unwrap_err();
        assert!(message.contains("not a size such as 512B"), "{text}: {message}");
    }
}

#[test]
fn addresses_are_printed_as_they_are_read() {
    for text in ["127.0.0.1:4000", "localhost:0", "[::1]:4000", "0.0.0.0:65535"] {
        assert_eq!(address(text).unwrap().to_string(), text);
    }
    assert_eq!(address("[::1]:80").unwrap().host, "::1");
    for text in ["", "4000", ":4000", "::1:4000", "localhost", "localhost:65536", "localhost:http"]
    {
        assert!(address(text).is_err(), "{text}");
    }
}

#[test]
fn a_public_url_has_a_scheme_and_a_host_and_no_final_slash() {
    for (text, kept) in [
        ("https://hooks.example.test", "https://hooks.example.test"),
        ("https://hooks.example.test/", "https://hooks.example.test"),
        ("http://localhost:8080/behind/", "http://localhost:8080/behind"),
    ] {
        assert_eq!(public_url(text).as_deref(), Ok(kept));
    }
    for text in ["", "hooks.example.test", "ftp://a.test", "https://", "https://a.test/?x=1", "/x"]
    {
        assert!(public_url(text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_a_panic(text in "\\PC*") {
        let _ = (address(&text), duration(&text), size(&text), public_url(&text));
    }
}
