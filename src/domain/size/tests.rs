use super::size;

#[test]
fn a_size_takes_at_most_five_columns() {
    for (bytes, text) in [
        (0, "0"),
        (999, "999"),
        (1_000, "1.0K"),
        (2_660, "2.6K"),
        (10_239, "10K"),
        (1_023_000, "999K"),
        (1_048_576, "1.0M"),
        (10 * 1_048_576, "10M"),
        (5_000_000_000, "4.7G"),
    ] {
        assert_eq!(size(bytes), text, "{bytes}");
    }
    assert!(size(u64::MAX).len() <= 9);
}
