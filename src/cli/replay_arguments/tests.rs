use super::{Ids, header, ids};
use crate::domain::delivery::DeliveryId;
use crate::domain::plan::HeaderChange;

#[test]
fn deliveries_are_named_by_number_or_range() {
    for (text, expected) in [
        ("42", Some(Ids::One(DeliveryId(42)))),
        ("40..50", Some(Ids::Range(DeliveryId(40), DeliveryId(50)))),
        ("7..7", Some(Ids::Range(DeliveryId(7), DeliveryId(7)))),
        ("50..40", None),
        ("0", None),
        ("-1", None),
        ("4..", None),
        ("..4", None),
        ("", None),
        ("x", None),
    ] {
        assert_eq!(ids(text).ok(), expected, "{text}");
    }
}

#[test]
fn a_header_is_set_or_taken_away() {
    let (name, value) = ("X-A".to_owned(), "1: 2".to_owned());
    assert_eq!(header("X-A: 1: 2"), Ok(HeaderChange::Set { name: name.clone(), value }));
    assert_eq!(header("X-A:"), Ok(HeaderChange::Remove { name }));
    assert!(header("X-A").is_err());
}
