use bytes::Bytes;
use proptest::prelude::*;

use super::{Fidelity, Field, Headers};

fn name() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(prop_oneof![b'a'..=b'z', b'A'..=b'Z', b'0'..=b'9', Just(b'-')], 1..20)
}

fn value() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(
        any::<u8>().prop_filter("no line ends", |b| !b"\r\n\0".contains(b)),
        0..40,
    )
}

proptest! {
    #[test]
    fn fields_survive_the_block_that_the_store_keeps(pairs in proptest::collection::vec((name(), value()), 0..12)) {
        let fields = pairs
            .into_iter()
            .map(|(name, value)| Field { name: Bytes::from(name), value: Bytes::from(value) })
            .collect::<Vec<_>>();
        let headers = Headers::new(fields, Fidelity::Exact);
        let again = Headers::from_block(&Bytes::from(headers.to_block()), Fidelity::Exact);
        prop_assert_eq!(again, headers);
    }
}

#[test]
fn a_name_is_found_in_any_letter_case_and_repeats_keep_their_order() {
    let headers = Headers::from_pairs([("X-A", "1"), ("x-b", "2"), ("x-a", "3")]);
    assert_eq!(headers.first("x-A"), Some(&b"1"[..]));
    assert_eq!(headers.all("X-a").collect::<Vec<_>>(), [b"1", b"3"]);
    assert_eq!(headers.text("X-B"), Some("2"));
    assert_eq!(headers.first("x-c"), None);
}

#[test]
fn a_replacement_takes_the_place_of_every_field_of_its_name() {
    let headers = Headers::from_pairs([("A", "1"), ("X-B", "2"), ("c", "3"), ("x-b", "4")]);
    let with = |name: &'static str| {
        headers.with(vec![Field { name: name.into(), value: Bytes::from_static(b"5") }])
    };
    assert_eq!(with("x-B"), Headers::from_pairs([("A", "1"), ("x-B", "5"), ("c", "3")]));
    let appended = [("A", "1"), ("X-B", "2"), ("c", "3"), ("x-b", "4"), ("d", "5")];
    assert_eq!(with("d"), Headers::from_pairs(appended));
}
