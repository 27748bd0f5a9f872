use crate::domain::http::{Request, Version};
use crate::exchange::curl_file;
use crate::exchange::imported::Imported;
use crate::exchange::sample::request;

fn read(command: &str) -> Result<Imported, String> {
    let file = bytes::Bytes::copy_from_slice(command.as_bytes());
    let mut found = curl_file::read(&file).map_err(|error| error.to_string())?;
    assert_eq!(found.len(), 1, "{command}");
    found.remove(0).map_err(|error| error.to_string())
}

/// Every command with the request that curl would send, as far as it is asked to.
fn check(cases: &[(&str, Request)]) {
    for (command, expected) in cases {
        let found = read(command).unwrap_or_else(|error| panic!("{command}: {error}"));
        assert_eq!(found.request, *expected, "{command}");
    }
}

#[test]
fn a_command_line_means_what_curl_sends() {
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let json = ("Content-Type", "application/json");
    check(&[
        ("curl h", request("GET /", &[("Host", "h")], b"")),
        ("curl 'https://h:1/a?b=[c]#d'", request("GET /a?b=[c]", &[("Host", "h:1")], b"")),
        ("curl --url h/x -X DELETE", request("DELETE /x", &[("Host", "h")], b"")),
        ("curl -XPUT h -I", request("PUT /", &[("Host", "h")], b"")),
        ("curl -I h", request("HEAD /", &[("Host", "h")], b"")),
        (
            "curl h -d a=1 --data b=2",
            request("POST /", &[("Host", "h"), form, ("Content-Length", "7")], b"a=1&b=2"),
        ),
        (
            "curl h -da --data-urlencode 'x y=a b&' --data-urlencode '=c d' --data-urlencode 'e f'",
            request(
                "POST /",
                &[("Host", "h"), form, ("Content-Length", "26")],
                b"a&x y=a%20b%26&c%20d&e%20f",
            ),
        ),
        ("curl -G 'h?a=1' -d b=2", request("GET /?a=1&b=2", &[("Host", "h")], b"")),
        ("curl -G h --data-urlencode 'q=a b'", request("GET /?q=a%20b", &[("Host", "h")], b"")),
        (
            "curl --json '{\"a\":1}' h",
            request(
                "POST /",
                &[("Host", "h"), json, ("Accept", "application/json"), ("Content-Length", "7")],
                b"{\"a\":1}",
            ),
        ),
        (
            "curl h -H 'Content-Type: a/b' -H 'X-E;' -H 'Accept:' -H 'host: x' --data-raw @a",
            request(
                "POST /",
                &[("Content-Type", "a/b"), ("X-E", ""), ("host", "x"), ("Content-Length", "2")],
                b"@a",
            ),
        ),
        (
            "curl h -H Content-Type: --data-binary a",
            request("POST /", &[("Host", "h"), ("Content-Length", "1")], b"a"),
        ),
    ]);
}

#[test]
fn options_that_stand_for_headers_or_a_body_from_elsewhere_are_followed() {
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    check(&[
        (
            "curl u:p@h -A me -e http://r -b 'a=1; b=2'",
            request(
                "GET /",
                &[
                    ("Host", "h"),
                    ("User-Agent", "me"),
                    ("Referer", "http://r"),
                    ("Cookie", "a=1; b=2"),
                    ("Authorization", "Basic dTpw"),
                ],
                b"",
            ),
        ),
        (
            "curl h -u u:p --oauth2-bearer t",
            request("GET /", &[("Host", "h"), ("Authorization", "Basic dTpw")], b""),
        ),
        (
            "printf 'a\\nb\\377%%\\\\' | curl h --data-binary @-",
            request("POST /", &[("Host", "h"), form, ("Content-Length", "6")], b"a\nb\xff%\\"),
        ),
        (
            "printf 'a\\nb' | curl h -d @-",
            request("POST /", &[("Host", "h"), form, ("Content-Length", "2")], b"ab"),
        ),
        (
            "$ curl -sSfLvk --compressed -o /dev/null -m 3 -- h",
            request("GET /", &[("Host", "h")], b""),
        ),
    ]);
    let http = read("curl --http1.0 h").unwrap().request;
    assert_eq!(
        http,
        Request { version: Version::Http10, ..request("GET /", &[("Host", "h")], b"") }
    );
}

#[test]
fn what_is_left_out_is_told() {
    let found = read("curl -sL h --max-time 3 --compressed").unwrap();
    assert_eq!(found.notes, ["not taken over: --location, --max-time, --compressed"]);
}

#[test]
fn what_cannot_be_known_is_refused() {
    for (command, part) in [
        ("curl", "line 1: the command names no address"),
        ("curl a b", "there are two addresses"),
        ("curl a -d @body.json", "the body is in the file body.json"),
        ("curl a -d @-", "the body is on standard input"),
        ("curl a --data-urlencode x@f", "the data is in a file"),
        ("curl a -H @f", "the headers are in a file"),
        ("curl a -H nothing", "\"nothing\" is no header"),
        ("curl a -H 'a b: c'", "is no name of a header"),
        ("curl a -b jar.txt", "--cookie names a file"),
        ("curl a -F x=y", "--form: parts of a form"),
        ("curl a -T f", "--upload-file: a file is not read"),
        ("curl a -K f", "--config: a file of options"),
        ("curl a --next b", "the option --next of curl is not known"),
        ("curl a -sJ", "the option -J of curl is not known"),
        ("curl a -X", "--request has no value"),
        ("curl ftp://a", "ftp://a is no address of http or https"),
        ("curl 'a/b c'", "is no request target"),
        ("curl a -X 'A B'", "is no method"),
        ("printf '%s' | curl a -d @-", "nothing to put in for the %"),
        ("printf a b | curl a -d @-", "a printf is understood with one text"),
        ("cat f | curl a -d @-", "no curl command line"),
        ("wget a", "no curl command line"),
    ] {
        let error = read(command).unwrap_err();
        assert!(error.contains(part), "{command}: {error}");
    }
}
