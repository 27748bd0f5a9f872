use proptest::prelude::*;

use super::part;

const TYPE: &str = "multipart/form-data; boundary=\"--x y\"";

fn body(parts: &[&str]) -> String {
    let parts = parts.iter().map(|part| format!("----x y\r\n{part}\r\n")).collect::<Vec<_>>();
    format!("{}----x y--\r\n", parts.concat())
}

#[test]
fn the_first_part_of_the_name_is_found() {
    let other = "Content-Disposition: form-data; name=\"other\"\r\n\r\nfirst";
    let json = "content-type: application/json\r\nCONTENT-DISPOSITION: form-data; filename=\"a\"; name=json\r\n\r\n{\"a\":\r\n\r\n1}\r\n";
    let second = "Content-Disposition: form-data; name=\"json\"\r\n\r\nsecond";
    let both = body(&[other, json, second]);
    assert_eq!(part(TYPE, both.as_bytes(), "json"), Some(&b"{\"a\":\r\n\r\n1}\r\n"[..]));
    let preamble = format!("to be ignored\r\n{both}and this");
    assert_eq!(part(TYPE, preamble.as_bytes(), "other"), Some(&b"first"[..]));
    let nested = "Content-Disposition: form-data; name=\"json\"\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\nContent-Disposition: form-data; name=\"deep\"\r\n\r\nx\r\n--in--";
    let nested = body(&[nested]);
    assert_eq!(part(TYPE, nested.as_bytes(), "deep"), None);
    assert!(part(TYPE, nested.as_bytes(), "json").unwrap().starts_with(b"--in\r\n"));
    let empty = body(&["Content-Disposition: form-data; name=\"json\"\r\n\r\n"]);
    assert_eq!(part(TYPE, empty.as_bytes(), "json"), Some(&b""[..]));
}

#[test]
fn what_is_no_such_part_is_none() {
    let json = "Content-Disposition: form-data; name=\"json\"\r\n\r\n{}";
    let good = body(&[json]);
    let long = format!("multipart/form-data; boundary={}", "x".repeat(71));
    for (content_type, text) in [
        ("", good.as_str()),
        ("multipart/form-data", &good),
        ("multipart/form-data; boundary=", &good),
        ("multipart/form-data; boundary=other", &good),
        ("multipart/mixed; boundary=\"--x y\"", &good),
        (&long, &good),
        (TYPE, ""),
        (TYPE, "----x y"),
        (TYPE, "----x y--"),
        (TYPE, "----x y\r\nContent-Disposition: form-data; name=\"json\"\r\n\r\n{}"),
        (TYPE, &body(&["Content-Disposition: form-data; name=\"jsons\"\r\n\r\n{}"])),
        (TYPE, &body(&["Content-Disposition: form-data; name=\"json\""])),
        (TYPE, &body(&["\r\nname=\"json\""])),
        (TYPE, &body(&["Content-Type: name=\"json\"\r\n\r\n{}"])),
    ] {
        assert_eq!(part(content_type, text.as_bytes(), "json"), None, "{content_type} {text}");
    }
    assert!(part(TYPE, good.as_bytes(), "json").is_some());
}

#[test]
fn ten_thousand_parts_are_gone_through() {
    let other = "Content-Disposition: form-data; name=\"other\"\r\n\r\n1";
    let mut parts = vec![other; 10_000];
    parts.push("Content-Disposition: form-data; name=\"json\"\r\n\r\n{}");
    assert_eq!(part(TYPE, body(&parts).as_bytes(), "json"), Some(&b"{}"[..]));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_not(head in "[ -~\r\n]{0,40}", bytes: Vec<u8>) {
        let text = [b"----x y\r\n", head.as_bytes(), b"\r\n\r\n", &bytes[..]].concat();
        prop_assert_eq!(part(TYPE, &text, "json"), None);
    }
}
