use clap::Parser;
use serde_json::json;

use super::{SubsArguments, option_of};
use crate::domain::subscription::{FieldValue, SecretPlace};

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    subs: SubsArguments,
}

fn parsed(words: &str) -> SubsArguments {
    Line::try_parse_from(["subs"].into_iter().chain(words.split(' '))).unwrap().subs
}

#[test]
fn events_are_separated_by_commas_but_a_filter_of_channex_stands_alone() {
    for (words, expected) in [
        ("list", None),
        ("create --events A", Some(vec!["A"])),
        ("create --events A,B,, --events C", Some(vec!["A", "B", "C"])),
        (
            "create --events ari:rate,availability:*:* --events booking",
            Some(vec!["ari:rate,availability:*:*", "booking"]),
        ),
        ("create --events ,", None),
    ] {
        let expected =
            expected.map(|events| events.into_iter().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(parsed(words).events(), expected, "{words}");
    }
}

#[test]
fn an_option_that_an_action_would_ignore_is_a_mistake() {
    for (words, expected) in [
        ("list", None),
        ("list --id 1", Some("--id")),
        ("create --id 1", Some("--id")),
        ("create --target http://x --send-data", None),
        ("update --id 1 --name n --param a=b", None),
        ("update --id 1 --back", Some("--back")),
        ("activate --id 1 --target http://x", Some("--target")),
        ("delete --id 1 --header A:b", Some("--header")),
        ("lease --id 1 --target http://x", None),
        ("lease --id 1 --events A", Some("--events")),
        ("lease --back --target http://x", Some("--target")),
        ("lease --back --id 1", None),
    ] {
        assert_eq!(parsed(words).meaningless(), expected, "{words}");
    }
}

#[test]
fn options_fill_in_the_fields_of_their_provider() {
    assert_eq!(parsed("create").further.values(), []);
    let text = |text: &str| FieldValue::Text(text.to_owned());
    let secret = |place| ("client_secret", FieldValue::Secret(place));
    let values = parsed("create --client-id login").further.values();
    assert_eq!(values, [("client_id", text("login")), secret(SecretPlace::Endpoint)]);
    let values = parsed("update --client-secret-env NAME --auth-type BASIC").further.values();
    let env = secret(SecretPlace::Env("NAME".to_owned()));
    assert_eq!(values, [env, ("auth_type", text("BASIC"))]);
    let values = parsed("create --global --header X-A:1 --header X-B:2 --param k=v=w");
    assert_eq!(
        values.further.values(),
        [
            ("global", FieldValue::Flag(true)),
            ("headers", FieldValue::Json(json!({"X-A": "1", "X-B": "2"}))),
            ("params", FieldValue::Json(json!({"k": "v=w"}))),
        ]
    );
}

#[test]
fn every_field_that_an_option_fills_in_is_called_by_its_option() {
    let all = "create --client-id a --client-secret-env b --auth-type c --property d --send-data \
               --header A:b --secret-env E --secret-header H --param k=v";
    for (key, _) in parsed(all).further.values() {
        assert!(option_of(key).starts_with("--"), "{key}");
    }
    assert_eq!(option_of("protected"), "protected");
}

#[test]
fn a_mistaken_value_is_refused() {
    for words in [
        "create --header A",
        "create --secret-header H",
        "create --param A",
        "create --global --property p",
        "sell",
    ] {
        let line = ["subs"].into_iter().chain(words.split(' '));
        assert!(Line::try_parse_from(line).is_err(), "{words}");
    }
}
