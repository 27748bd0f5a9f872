use bytes::Bytes;

use super::command;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};

fn request(headers: &[(&str, &str)], body: &[u8]) -> Request {
    Request {
        method: http::Method::POST,
        target: "/x".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs(headers.iter().copied()),
        body: Bytes::copy_from_slice(body),
    }
}

#[test]
fn headers_keep_their_order_and_what_curl_makes_itself_is_left_out() {
    let request = request(
        &[
            ("Host", "a"),
            ("X-B", "2"),
            ("X-A", "1"),
            ("Content-Length", "2"),
            ("X-Empty", ""),
            ("Content-Type", "text/plain"),
        ],
        b"hi",
    );
    assert_eq!(
        command(&request, "http://127.0.0.1:4000/x?a=1&b=2", false),
        "curl -X POST 'http://127.0.0.1:4000/x?a=1&b=2' \\\n  -H 'X-B: 2' \\\n  -H 'X-A: 1' \\\n  -H 'X-Empty;' \\\n  -H 'Content-Type: text/plain' \\\n  --data-raw hi"
    );
}

#[test]
fn an_address_is_not_to_be_read_as_a_pattern_or_shortened() {
    for (url, options) in [
        ("http://h/a?b=1", ""),
        ("http://h/a?b[]={1}", "--globoff "),
        ("http://h/a/../b", "--path-as-is "),
        ("http://[::1]/./b", "--globoff --path-as-is "),
    ] {
        let line = command(&request(&[], b""), url, false);
        assert!(line.starts_with(&format!("curl -X POST {options}")), "{line}");
    }
}

#[test]
fn credentials_are_masked_until_revealed() {
    let request = request(&[("Authorization", "Bearer s3cret")], b"");
    assert!(!command(&request, "/", false).contains("s3cret"));
    assert!(command(&request, "/", true).contains("Bearer s3cret"));
}

#[test]
fn a_shell_gets_the_body_byte_for_byte() {
    for body in [
        &b"it's $HOME `id` \\ \"x\"\n"[..],
        b"@/etc/passwd",
        b"\x00\xff\n'",
        "é \u{1f600}".as_bytes(),
        b"%s%d",
    ] {
        let line = command(&request(&[("Content-Type", "x/y")], body), "http://h/", false);
        // The command is run with a stand-in for curl that prints what it would send.
        let script = format!(
            "curl() {{ while [ $# -gt 1 ]; do shift; done; if [ \"$1\" = @- ]; then cat; else printf '%s' \"$1\"; fi; }}\n{line}"
        );
        let output = std::process::Command::new("sh").arg("-c").arg(script).output().unwrap();
        assert_eq!(output.stdout, body, "{line}");
    }
}
