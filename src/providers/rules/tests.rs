use std::time::Duration;

use http::StatusCode;
use jiff::{SignedDuration, Timestamp};

use super::{Next, delay_after, next};
use crate::domain::event::ProviderId::{self, Avinode, Avionte, Channex, Schedaero};

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

#[test]
fn what_comes_next_follows_the_documented_ladder() {
    let cases: &[(ProviderId, u16, u32, Next)] = &[
        (Avinode, 200, 1, Next::Nothing),
        (Avinode, 204, 1, Next::Until(at(172_800))),
        (Schedaero, 503, 7, Next::Until(at(172_800))),
        (Avionte, 200, 1, Next::Nothing),
        (Avionte, 201, 1, Next::Nothing),
        (Avionte, 500, 1, Next::At(at(0))),
        (Avionte, 404, 2, Next::At(at(60))),
        (Avionte, 500, 3, Next::At(at(0))),
        (Channex, 204, 1, Next::Nothing),
        (Channex, 500, 1, Next::At(at(60))),
        (Channex, 503, 11, Next::At(at(36_000))),
    ];
    for (provider, status, attempt, expected) in cases {
        let status = StatusCode::from_u16(*status).unwrap();
        let found = next(*provider, status, *attempt, at(0));
        assert_eq!(found, *expected, "{provider} {status} {attempt}");
    }
}

#[test]
fn the_end_of_the_ladder_and_what_is_not_documented_are_said() {
    for (provider, status, attempt, over) in [
        (Avionte, 500, 4, true),
        (Channex, 500, 12, true),
        (Avionte, 202, 1, false),
        (Channex, 404, 1, false),
        (Channex, 302, 1, false),
    ] {
        let found = next(provider, StatusCode::from_u16(status).unwrap(), attempt, at(0));
        match found {
            Next::Over(_) => assert!(over, "{provider} {status}"),
            Next::NotStated(_) => assert!(!over, "{provider} {status}"),
            other => panic!("{provider} {status}: {other:?}"),
        }
    }
}

#[test]
fn the_ladder_can_be_walked_without_an_answer() {
    let ladder = |provider| {
        let delays = (1..).map_while(move |attempt| delay_after(provider, attempt));
        delays.collect::<Vec<_>>()
    };
    assert_eq!(ladder(Avionte), [0, 60, 0].map(Duration::from_secs));
    assert_eq!(ladder(Channex).len(), 11);
    assert_eq!(ladder(Channex).iter().sum::<Duration>(), Duration::from_secs(24 * 3_600));
    assert!(ladder(Avinode).is_empty() && ladder(Schedaero).is_empty());
}
