use std::time::Duration;

use super::sentence;
use crate::domain::replay::{Summary, Tally};

#[test]
fn the_end_of_a_replay_is_told_in_a_sentence() {
    let took = Duration::from_millis(1_500);
    let tally = |statuses: &[(u16, u64)]| Tally {
        by_status: statuses.iter().copied().collect(),
        ..Tally::default()
    };
    let refused = "nothing listens on 127.0.0.1:3000".to_owned();
    let mixed = Tally { failed: 2, first_failure: Some(refused), ..tally(&[(200, 7), (500, 1)]) };
    for (summary, expected) in [
        (
            Summary { total: 1, tally: tally(&[(204, 1)]), took, is_cancelled: false },
            "replayed in 1.5 s: 204",
        ),
        (
            Summary { total: 10, tally: mixed, took, is_cancelled: false },
            "replayed 10 in 1.5 s: 200 7 times, 500, 2 not answered: nothing listens on \
             127.0.0.1:3000",
        ),
        (
            Summary { total: 9, tally: tally(&[(200, 2)]), took, is_cancelled: true },
            "replay of 9 cancelled in 1.5 s: 200 2 times",
        ),
    ] {
        assert_eq!(sentence(&summary), expected);
    }
}
