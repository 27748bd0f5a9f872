use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Pen, rewritten, value};
use crate::exchange::redact::scan::Literals;
use crate::exchange::redact::stand_ins::StandIns;

fn redacted(text: &str) -> String {
    let (mut stand_ins, mut literals) = (StandIns::default(), Literals::default());
    let mut pen = Pen { stand_ins: &mut stand_ins, literals: &mut literals, has_learnt: false };
    rewritten(text, &mut pen).unwrap_or_else(|| text.to_owned())
}

#[test]
fn everything_but_what_must_not_be_shared_stays_byte_for_byte() {
    for (text, expected) in [
        (r#"{ "a" : 1.50, "a":"\u00e9", "b":[ ] }"#, r#"{ "a" : 1.50, "a":"\u00e9", "b":[ ] }"#),
        (r#"{"guest_name" :  "Anna","n":1e2}"#, r#"{"guest_name" :  "redacted-1","n":1e2}"#),
        (
            r#"{"customer":{"name":"A","ids":[12,{"x":"B"}],"ok":true,"no":null},"name":"C"}"#,
            r#"{"customer":{"name":"redacted-1","ids":[98,{"x":"redacted-2"}],"ok":true,"no":null},"name":"C"}"#,
        ),
        (
            r#"{"emails":["a@b.de"],"x":["c@d.de"]}"#,
            r#"{"emails":["person-1@redacted.invalid"],"x":["person-2@redacted.invalid"]}"#,
        ),
        (
            r#"{"phone":null,"email":"","token":false}"#,
            r#"{"phone":null,"email":"","token":false}"#,
        ),
        (
            r#"{"Resource":"{\"Id\":1, \"FirstName\":\"A\\\"nna\",\"deep\":\"[{\\\"ssn\\\":\\\"123\\\"}]\"}","Id":1}"#,
            r#"{"Resource":"{\"Id\":1, \"FirstName\":\"redacted-1\",\"deep\":\"[{\\\"ssn\\\":\\\"001\\\"}]\"}","Id":1}"#,
        ),
        (r#"{"message":"[not json"}"#, r#"{"message":"redacted-1"}"#),
        (r#"{"message":"[1, {\"a\":\"b\"}]"}"#, r#"{"message":"[8, {\"a\":\"redacted-1\"}]"}"#),
        (r#"{"a@b.de":1}"#, r#"{"person-1@redacted.invalid":1}"#),
        (
            r#"{"href":"https://h/x?id=1&token=abc"}"#,
            r#"{"href":"https://h/x?id=1&token=redacted-1"}"#,
        ),
        (
            "{\"token\":\"a\"}\n{\"token\":\"b\"}",
            "{\"token\":\"redacted-1\"}\n{\"token\":\"redacted-2\"}",
        ),
        ("[\"x\",{\"token\":", "[\"x\",{\"token\":"),
        ("{\"token\":\"half", "{\"token\":\"redacted-1\""),
        ("{\"token\":\"a\\ud800b\"}", "{\"token\":\"redacted-1\"}"),
    ] {
        assert_eq!(redacted(text), expected, "{text}");
    }
}

#[test]
fn json_in_json_in_json_is_followed_or_taken_out() {
    for depth in [3, 15, 16, 18] {
        // Shorter escapes than JSON's own would not let this grow: each level doubles them.
        let mut text = json!({"email": "x", "note": "keep"}).to_string();
        for _ in 0..depth.min(12) {
            text = json!({"in": text}).to_string();
        }
        assert!(!redacted(&text).contains("\"x"), "{depth}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 8.0)),
        "[^@+]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec(("[a-d]{1,2}|email|token|customer", inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Where the values are, of which kind, and those that must not change.
fn shape(json: &Value, secret: bool) -> Value {
    match json {
        Value::Object(members) => {
            let is_secret = |name: &str| secret || ["email", "token", "customer"].contains(&name);
            members
                .iter()
                .map(|(name, value)| (name.clone(), shape(value, is_secret(name))))
                .collect()
        }
        Value::Array(items) => items.iter().map(|item| shape(item, secret)).collect(),
        Value::String(text) if secret && !text.trim().is_empty() => json!("text"),
        Value::Number(_) if secret => json!("number"),
        other => other.clone(),
    }
}

proptest! {
    #[test]
    fn json_stays_json_of_the_same_shape(json in any_json(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) };
        let after = redacted(&text.unwrap());
        let after = serde_json::from_str::<Value>(&after);
        let after = after.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(shape(&after, false), shape(&json, false));
    }

    #[test]
    fn whatever_looks_like_json_is_gone_through(text in "[\\[{\"\\\\:,}\\]a1é -]{0,40}") {
        let (mut stand_ins, mut literals) = (StandIns::default(), Literals::default());
        let mut pen = Pen { stand_ins: &mut stand_ins, literals: &mut literals, has_learnt: false };
        let _ = rewritten(&text, &mut pen);
        let _ = value(&text, &mut pen);
    }
}
