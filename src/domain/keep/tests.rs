use std::time::Duration;

use super::Keep;

#[test]
fn bounds_are_written_as_in_the_config() {
    let day = Duration::from_secs(24 * 60 * 60);
    let cases = [
        (Keep::default(), "everything"),
        (Keep { count: Some(1_000_000), ..Keep::default() }, "count 1000000"),
        (
            Keep { count: Some(5), age: Some(90 * day), size: Some(5 << 30) },
            "count 5, age 90d, size 5GiB",
        ),
        (
            Keep { count: None, age: Some(Duration::from_secs(90)), size: Some(1_500) },
            "age 90s, size 1500B",
        ),
    ];
    for (keep, text) in cases {
        assert_eq!(keep.to_string(), text);
        assert_eq!(keep.is_everything(), text == "everything");
    }
}
