use crate::app::document::Document;
use crate::app::document::links::MOST_MENTIONS;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};

fn mentions(kind: &str, body: &str) -> Vec<(String, String)> {
    let document = Document::of(&Request {
        method: http::Method::POST,
        target: "/".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([
            ("Content-Type", kind),
            ("Referer", "https://in-a-header.test/"),
        ]),
        body: body.to_owned().into(),
    });
    document.mentions().into_iter().map(|found| (found.path, found.address)).collect()
}

fn pair(path: &str, address: &str) -> (String, String) {
    (path.to_owned(), address.to_owned())
}

#[test]
fn addresses_are_found_in_strings_and_in_json_within_strings_and_nowhere_else() {
    let body = r#"{"href":"https://a.test/1","again":"https://a.test/1","https://key.test":1,
        "text":"see http://b.test/2, or not","inner":"{\"href\":\"https:\\/\\/c.test\\/3\"}"}"#;
    assert_eq!(
        mentions("application/json", body),
        [
            pair("$.href", "https://a.test/1"),
            pair("$.text", "http://b.test/2"),
            pair("$.inner » $.href", "https://c.test/3"),
        ]
    );
}

#[test]
fn addresses_are_found_in_forms_and_in_text() {
    assert_eq!(
        mentions("application/x-www-form-urlencoded", "a=1&to=https%3A%2F%2Fa.test%2F%3Fx"),
        [pair("to", "https://a.test/?x")]
    );
    let long = format!("first\n{}https://a.test/{} end", "x ".repeat(2_000), "y".repeat(2_000));
    let expected = format!("https://a.test/{}", "y".repeat(2_000));
    assert_eq!(mentions("text/plain", &long), [pair("line 2", &expected)]);
    let long = format!("{{\"text\":\"{long}\"}}").replace('\n', " ");
    assert_eq!(mentions("application/json", &long), [pair("$.text", &expected)]);
}

#[test]
fn a_body_full_of_addresses_gives_a_list_that_can_be_read() {
    let many = (0..1_000).map(|n| format!("\"https://a.test/{n}\"")).collect::<Vec<_>>();
    let found = mentions("application/json", &format!("[{}]", many.join(",")));
    assert_eq!(found.len(), MOST_MENTIONS);
    assert_eq!(found.last(), Some(&pair("$[199]", "https://a.test/199")));
}
