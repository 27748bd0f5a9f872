use super::UnderWay;

#[test]
fn progress_is_known_as_long_as_something_is_under_way() {
    let mut under_way = UnderWay::default();
    under_way.begin();
    under_way.begin();
    under_way.advance(3);
    assert_eq!(under_way.progress(), Some(&3));
    under_way.end();
    assert!(under_way.is_running());
    under_way.end();
    assert!(!under_way.is_running());
    // It comes too late.
    under_way.advance(4);
    assert_eq!(under_way.progress(), None);
}
