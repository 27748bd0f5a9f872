use std::time::Duration;

use super::{Timing, duration_text};

#[test]
fn a_duration_has_as_many_digits_as_anybody_reads() {
    for (micros, text) in [
        (0, "0.0 ms"),
        (840, "0.8 ms"),
        (9_940, "9.9 ms"),
        (12_300, "12 ms"),
        (999_000, "999 ms"),
        (1_240_000, "1.2 s"),
    ] {
        assert_eq!(duration_text(Duration::from_micros(micros)), text);
    }
}

#[test]
fn a_timing_tells_only_the_parts_that_were_reached() {
    let total = Duration::from_millis(120);
    assert_eq!(Timing { total, ..Timing::default() }.text(), "120 ms in all");
    let connect = Some(Duration::from_millis(20));
    let first_byte = Some(Duration::from_millis(100));
    let text = Timing { connect, first_byte, total }.text();
    assert_eq!(text, "connected in 20 ms, answered after 100 ms, 120 ms in all");
}
