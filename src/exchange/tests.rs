use bytes::Bytes;
use proptest::prelude::*;

use super::sample::{any_request, record, request, whole};
use super::{Form, curl_file, form, har, http_file, read};
use crate::domain::annotation::{Annotation, Comment};
use crate::domain::headers::Fidelity;
use crate::domain::http::{Request, Version};
use crate::domain::record::Record;
use crate::exchange::imported::{ImportError, Imported};
use crate::runtime::ndjson;

fn all(file: &Bytes) -> Result<Vec<Imported>, ImportError> {
    read(file)?.collect()
}

fn har_of(records: &[Record]) -> Bytes {
    let entry = |record: &Record| {
        let url = format!("https://h.test{}", record.delivery.request.target);
        har::entry(record, &url, true, None)
    };
    let entries = records.iter().map(entry).collect::<Vec<_>>().join(&b",\n"[..]);
    [har::opening().as_bytes(), &entries, har::closing().as_bytes()].concat().into()
}

fn http_of(records: &[Record]) -> Bytes {
    records.iter().flat_map(|record| http_file::entry(record, true, None)).collect()
}

fn ndjson_of(records: &[Record]) -> Bytes {
    let mut out = Vec::new();
    for record in records {
        ndjson::write_line(&mut out, &ndjson::delivery(record, true)).unwrap();
    }
    out.into()
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let annotated = (any_request(), any::<bool>(), any::<String>(), "[a-z ]{0,9}").prop_map(
        |(request, marked, note, tags)| Record {
            annotation: Annotation { marked, comment: Comment::new(&note, [&*tags]) },
            ..record(request)
        },
    );
    prop::collection::vec(annotated, 1..4)
}

proptest! {
    #[test]
    fn a_har_and_an_http_file_lose_nothing(records in records()) {
        let expected = records.iter().map(whole).collect::<Vec<_>>();
        for file in [har_of(&records), http_of(&records)] {
            let found = all(&file).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(&found, &expected);
        }
    }

    #[test]
    fn a_line_loses_nothing_but_bytes_that_are_no_text_in_headers(records in records()) {
        let is_text = |record: &Record| {
            let mut fields = record.delivery.request.headers.iter();
            fields.all(|field| std::str::from_utf8(&field.value).is_ok())
        };
        let records = records.into_iter().filter(is_text).collect::<Vec<_>>();
        if records.is_empty() {
            return Ok(());
        }
        let found = all(&ndjson_of(&records)).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(found, records.iter().map(whole).collect::<Vec<_>>());
    }

    #[test]
    fn a_command_line_loses_nothing_that_curl_sends(records in records()) {
        let file = records.iter().flat_map(|record| {
            let url = format!("https://h.test{}", record.delivery.request.target);
            curl_file::entry(record, &url, true, None)
        });
        let found = all(&file.collect()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(found.len(), records.len());
        for (found, record) in found.into_iter().zip(&records) {
            let (found, sent) = (found.request, &record.delivery.request);
            prop_assert_eq!((&found.method, &found.target), (&sent.method, &sent.target));
            prop_assert_eq!(&found.body, &sent.body);
            let made_anew = ["host", "content-length", "connection", "transfer-encoding", "expect", "accept-encoding"];
            let kept = |request: &Request| {
                let fields = request.headers.iter().filter(|field| !made_anew.iter().any(|name| field.is(name)));
                fields.map(|field| String::from_utf8_lossy(&field.name).into_owned() + ": " + &String::from_utf8_lossy(&field.value)).collect::<Vec<_>>()
            };
            prop_assert_eq!(kept(&found), kept(sent));
        }
    }

    #[test]
    fn whatever_is_in_a_file_is_read_or_refused(bytes: Vec<u8>, text: String) {
        for start in ["", "{", "{\"kind\":", "{\"log\":{\"entries\":[", "curl ", "printf '", "### a\n", "GET / HTTP/1.1\n"] {
            for rest in [&bytes[..], text.as_bytes()] {
                let file = Bytes::from([start.as_bytes(), rest].concat());
                if let Ok(deliveries) = read(&file) {
                    prop_assert!(deliveries.count() < 10_000);
                }
            }
        }
    }

    #[test]
    fn a_file_that_was_cut_or_changed_is_read_or_refused(records in records(), at: usize, byte: u8) {
        for file in [har_of(&records), http_of(&records), ndjson_of(&records)] {
            let at = at % file.len();
            let _ = all(&file.slice(..at));
            let mut changed = file.to_vec();
            changed[at] = byte;
            let _ = all(&changed.into());
        }
    }
}

#[test]
fn the_form_is_told_by_the_first_line_that_says_something() {
    for (text, expected) in [
        ("", None),
        ("\n# only a comment\n", None),
        ("{\"kind\":\"delivery\"}", Some(Form::Ndjson)),
        ("\u{feff}{\"kind\":\"listening\"}\n", Some(Form::Ndjson)),
        ("{\"log\":{}}", Some(Form::Har)),
        ("\n{\n \"log\": {}}", Some(Form::Har)),
        ("curl http://h", Some(Form::Curl)),
        ("# a\n$ curl \\\n http://h", Some(Form::Curl)),
        ("printf 'a' | curl http://h", Some(Form::Curl)),
        ("POST / HTTP/1.1", Some(Form::Http)),
        ("### a\nGET / HTTP/1.1", Some(Form::Http)),
        ("### a\n# hookscope {}\ncurl / HTTP/1.1", Some(Form::Http)),
        ("# hookscope made these\ncurl http://h", Some(Form::Curl)),
        ("curling / HTTP/1.1", Some(Form::Http)),
    ] {
        assert_eq!(form(text.as_bytes()), expected, "{text:?}");
    }
}

#[test]
fn a_har_of_a_browser_is_understood() {
    let har = r#"{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[],"entries":[
      {"_initiator":{"type":"other"},"startedDateTime":"2026-11-21T11:00:00.5+01:00","time":1,
       "request":{"method":"POST","url":"https://a.test/x?y=1#z","httpVersion":"h2",
         "headers":[{"name":":authority","value":"a.test"},{"name":"content-type","value":"text/plain"}],
         "queryString":[],"cookies":[],"headersSize":-1,"bodySize":2,
         "postData":{"mimeType":"text/plain","text":"hi"}},
       "response":{"status":204},"cache":{},"timings":{}},
      {"request":{"method":"GET","url":"data:text/plain,x","headers":[]}},
      {"request":{"method":"POST","url":"http://b.test","headers":[],"postData":{"params":[{"name":"a b","value":"&"}]}},"response":{"status":0}},
      {"request":{"method":"POST","url":"http://b.test","headers":[],"bodySize":9}},
      {"request":{"method":"POST","url":"http://b.test","headers":[],"postData":{"mimeType":"multipart/form-data","params":[]}}},
      {"request":{"method":"PUT","url":"http://b.test","headers":[],"postData":{"text":"/wA=","encoding":"base64"}}}
    ]}}"#;
    let found = all(&Bytes::from(har)).unwrap();
    let [chrome, form, bodyless, parts, binary] = &found[..] else { panic!("{found:?}") };
    let headers = [("Host", "a.test"), ("content-type", "text/plain"), ("Content-Length", "2")];
    let expected = Request { version: Version::Http2, ..request("POST /x?y=1", &headers, b"hi") };
    assert_eq!(chrome.request, expected);
    assert_eq!(chrome.received_at.unwrap().to_string(), "2026-11-21T10:00:00.5Z");
    assert_eq!(chrome.status.unwrap(), 204);
    assert_eq!((&form.request.body[..], form.status), (&b"a%20b=%26"[..], None));
    assert_eq!(form.request.target, "/");
    for left_out in [bodyless, parts] {
        assert_eq!(left_out.notes, ["the file leaves the body out"]);
    }
    assert_eq!(&binary.request.body[..], b"\xff\x00");
}

#[test]
fn a_mistake_in_a_har_is_told_with_its_line() {
    for (har, line, part) in [
        ("{\"log\":{\"entries\":[\n{},\n1]}}", 2, "missing field `request`"),
        (
            "{\"log\":{\"entries\":[\n\n{\"request\":{\"method\":\"A B\",\"url\":\"http://h\"}}]}}",
            3,
            "\"A B\" is no method",
        ),
        (
            "{\"log\":{\"entries\":[{\"request\":{\"method\":\"A\",\"url\":\"http://h/a b\"}}]}}",
            1,
            "is no request target",
        ),
        (
            "{\"log\":{\"entries\":[{\"request\":{\"method\":\"A\",\"url\":\"http://h\",\"headers\":[{\"name\":\"a b\"}]}}]}}",
            1,
            "is no name of a header",
        ),
        ("{\"log\":\n", 2, "neither a HAR nor lines of deliveries"),
    ] {
        let error = all(&Bytes::from(har)).unwrap_err();
        assert_eq!(error.line, Some(line), "{error}");
        assert!(error.message.contains(part), "{error}");
    }
}

#[test]
fn an_http_file_of_an_editor_is_understood() {
    let text = "# a comment\n### one\n// another\nPOST https://a.test:81/x?y=1 HTTP/1.1\nA: 1\n\n{\"a\":\n1}\n\n###\n\
        GET /x\n\n### three\nPOST /y HTTP/1.1\r\nContent-Length: 7\r\n\r\na\n### b\n\n### four\nPUT /z\n\n";
    let found = all(&Bytes::from(text)).unwrap();
    let [one, two, three, four] = &found[..] else { panic!("{found:?}") };
    let headers = [("Host", "a.test:81"), ("A", "1")];
    assert_eq!(one.request, request("POST /x?y=1", &headers, b"{\"a\":\n1}"));
    assert_eq!(two.request, request("GET /x", &[], b""));
    assert_eq!(three.request.body, "a\n### b");
    assert_eq!(four.request.method, "PUT");
}

#[test]
fn a_method_that_looks_like_a_comment_or_a_command_is_read_back() {
    for method in ["#", "###", "####", "#POST", "curl", "printf"] {
        let sent = request(&format!("{method} /x"), &[], b"{}\ncurl http://h");
        let other = request("POST /y", &[], b"");
        let records = [record(sent), record(other)];
        assert_eq!(all(&http_of(&records)).unwrap(), records.each_ref().map(whole), "{method}");
    }
}

#[test]
fn a_target_that_is_no_path_is_read_back() {
    for line in ["OPTIONS *", "CONNECT h.test:80", "GET @/x"] {
        let record = record(request(line, &[("Host", "h.test")], b""));
        let target = record.delivery.request.target.clone();
        let har = [
            har::opening().into_bytes(),
            har::entry(&record, &target, true, None),
            har::closing().into(),
        ];
        let expected = [whole(&record)];
        for file in [har.concat().into(), http_of(&[record])] {
            assert_eq!(all(&file).unwrap(), expected, "{line}");
        }
    }
}

#[test]
fn a_request_that_was_made_a_comment_is_left_out() {
    let file =
        http_of(&[record(request("POST /x", &[], b"")), record(request("GET /y", &[], b""))]);
    let file = str::from_utf8(&file).unwrap().replace("\nPOST", "\n#POST");
    let found = all(&file.into()).unwrap();
    let methods = found.iter().map(|found| found.request.method.as_str()).collect::<Vec<_>>();
    assert_eq!(methods, ["GET"]);
}

#[test]
fn a_raw_request_alone_has_the_rest_as_its_body() {
    for (text, body) in [
        ("POST / HTTP/1.1\n\na\n\n### b\n", "a\n\n### b\n"),
        ("POST / HTTP/1.1\nContent-Length: 1\n\na\n", "a"),
        ("POST / HTTP/1.1\nContent-Length: 1\n\nab\n", "a"),
        ("POST / HTTP/1.1\nContent-Length: 9\n\na\n", "a\n"),
        ("POST / HTTP/1.1", ""),
    ] {
        let found = all(&Bytes::from(text)).unwrap();
        assert_eq!(found[0].request.body, body, "{text:?}");
        assert_eq!(found.len(), 1, "{text:?}");
    }
}

#[test]
fn a_line_that_is_no_delivery_is_passed_over() {
    let delivery = ndjson_of(&[record(request("GET /", &[], b""))]);
    let text = format!(
        "{}\n\n{}\n{}\n{}",
        r#"{"kind":"listening","url":"http://h"}"#,
        r#"{"kind":"fixture","endpoint":"e","auth":"auth = {}"}"#,
        str::from_utf8(&delivery).unwrap(),
        r#"{"kind":"later","x":1}"#
    );
    let [found] = &all(&Bytes::from(text)).unwrap()[..] else { panic!("one delivery") };
    assert_eq!(found.notes, ["redacted and signed afresh: endpoint e verifies it with auth = {}"]);
}

#[test]
fn what_is_not_exact_stays_so() {
    let mut sent = request("GET /", &[("A", "1")], b"");
    sent.headers = crate::domain::headers::Headers::new(
        sent.headers.iter().cloned().collect(),
        Fidelity::Normalized,
    );
    let records = [record(sent)];
    for file in [har_of(&records), http_of(&records), ndjson_of(&records)] {
        let [found] = &all(&file).unwrap()[..] else { panic!("one delivery") };
        assert_eq!(found.request.headers.fidelity(), Fidelity::Normalized);
    }
}
