use http::StatusCode;

use super::lines;
use crate::app::fixtures::{at, record};
use crate::app::lines::Line;
use crate::domain::event::ProviderId;
use crate::domain::record::Summary;

/// Deliveries of one event at these seconds, all answered 503.
fn rows(provider: Option<ProviderId>, seconds: &[i64]) -> Vec<Summary> {
    let row = |(second, repeat): (&i64, u32)| Summary {
        provider,
        repeat,
        received_at: at(*second),
        status: StatusCode::SERVICE_UNAVAILABLE,
        ..record(1).summary()
    };
    seconds.iter().zip(1..).map(row).collect()
}

/// What is said of each delivery, and of the next one.
fn told(rows: &[Summary]) -> Vec<String> {
    let told = |line: Line| match line {
        Line::Moment { name, text, .. } => Some(format!("{name}: {text}")),
        Line::Note(text) => Some(text),
        Line::Time { .. } | Line::Field { .. } => {
            Some(format!("{}: {}", line.name(), line.value()))
        }
        _ => None,
    };
    lines(rows, 2).into_iter().filter_map(told).collect()
}

#[test]
fn an_event_that_came_once_has_no_repeats() {
    assert_eq!(told(&rows(None, &[1])), <[String; 0]>::default());
    assert_eq!(told(&[]), <[String; 0]>::default());
}

#[test]
fn each_delivery_stands_beside_what_is_documented_and_the_next_one_is_due() {
    let expected = [
        "deliveries of this event".to_owned(),
        "no. 1: 503".to_owned(),
        "no. 2: 503  +1m 2s  documented +1m  (this one)".to_owned(),
        "no. 3: 503  +2m  documented +2m".to_owned(),
        format!("next attempt: {}", at(182 + 240)),
    ];
    assert_eq!(told(&rows(Some(ProviderId::Channex), &[0, 62, 182])), expected);
    let many = (0..13).collect::<Vec<_>>();
    let last = told(&rows(Some(ProviderId::Channex), &many));
    assert!(last[13].ends_with("documented: none"), "{last:#?}");
    assert_eq!(last[14], "next attempt: none: Channex gives up after 11 attempts");
}

#[test]
fn a_sender_that_documents_no_times_is_said_to() {
    let avinode = told(&rows(Some(ProviderId::Avinode), &[0, 30]));
    assert_eq!(avinode[2], "no. 2: 503  +30s  (this one)");
    assert!(avinode[3].starts_with("avinode does not document"), "{avinode:?}");
    let unknown = told(&rows(None, &[0, 30]));
    assert!(unknown[3].starts_with("its sender is not known"), "{unknown:?}");
}

#[test]
fn those_that_are_not_listed_are_counted() {
    let rows = rows(Some(ProviderId::Channex), &[0, 60, 120]);
    assert_eq!(told(&rows[1..])[1], ": 1 before these, longer ago");
}
