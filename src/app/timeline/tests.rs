use http::StatusCode;

use super::*;
use crate::app::fixtures::{at, fetched, record};
use crate::domain::delivery::DeliveryId;
use crate::domain::event::ProviderId;

/// Deliveries of one event: when they came and what was answered.
fn rows(provider: ProviderId, came: &[(i64, u16)]) -> Vec<Summary> {
    let row = |(nth, (second, status)): (u32, &(i64, u16))| Summary {
        id: DeliveryId(i64::from(nth) + 10),
        provider: Some(provider),
        repeat: nth,
        received_at: at(*second),
        status: StatusCode::from_u16(*status).expect("a status"),
        ..record(1).summary()
    };
    (1..).zip(came).map(row).collect()
}

/// Each row: how long after the first, where on the axis, and what it is.
fn told(came: &[Summary], sent: &[Attempt], now: i64) -> Vec<String> {
    let facts = Facts { came, sent: sent.iter().collect(), older: 0, now: at(now) };
    let told = |line: Line| match line {
        Line::Moment { name, text, .. } => Some(format!("{name} {text}")),
        Line::Headline { text, .. } => Some(text),
        _ => None,
    };
    lines(&facts).into_iter().filter_map(told).collect()
}

#[test]
fn what_came_what_was_due_and_what_was_sent_stand_in_the_order_of_time() {
    use ProviderId::{Avinode, Avionte, Channex};
    let sent = |second| Attempt { started_at: at(second), ..fetched(11, 200, "{}") };
    let of = sent(0);
    let answered = format!("fetch to {}: {}", of.call.url.authority(), of.sentence());
    #[rustfmt::skip]
    let cases: [(Vec<Summary>, Vec<Attempt>, Vec<String>); 5] = [
        (vec![], vec![], vec!["reading".to_owned()]),
        (rows(Avinode, &[(0, 200)]), vec![], vec![
            "1 mark over 0s".to_owned(),
            "+0s o-------------------  no. 1, #11: answered 200 OK".to_owned(),
        ]),
        (rows(Channex, &[(0, 500), (65, 200)]), vec![sent(5)], vec![
            "4 marks over 1m 5s".to_owned(),
            "+0s o-------------------  no. 1, #11: answered 500 Internal Server Error".to_owned(),
            format!("+5s ->------------------  {answered}"),
            "+1m -----------------?--  no. 2 was due as documented".to_owned(),
            "+1m 5s -------------------o  no. 2, #12: answered 200 OK".to_owned(),
        ]),
        (rows(Channex, &[(0, 500), (60, 502)]), vec![], vec![
            "4 marks over 3m".to_owned(),
            "+0s o-------------------  no. 1, #11: answered 500 Internal Server Error".to_owned(),
            "+1m ------o-------------  no. 2, #12: answered 502 Bad Gateway".to_owned(),
            "+1m ------?-------------  no. 2 was due as documented".to_owned(),
            "+3m -------------------?  no. 3 is due as documented".to_owned(),
        ]),
        (rows(Avionte, &[(0, 500), (0, 500), (60, 500), (60, 500)]), vec![], vec![
            "7 marks over 1m".to_owned(),
            "+0s o-------------------  no. 1, #11: answered 500 Internal Server Error".to_owned(),
            "+0s o-------------------  no. 2, #12: answered 500 Internal Server Error".to_owned(),
            "+0s ?-------------------  no. 2 was due as documented".to_owned(),
            "+1m -------------------o  no. 3, #13: answered 500 Internal Server Error".to_owned(),
            "+1m -------------------o  no. 4, #14: answered 500 Internal Server Error".to_owned(),
            "+1m -------------------?  no. 3 was due as documented".to_owned(),
            "+1m -------------------?  no. 4 was due as documented".to_owned(),
        ]),
    ];
    for (came, attempts, expected) in cases {
        assert_eq!(told(&came, &attempts, 100), expected);
    }
}

#[test]
fn where_no_time_is_documented_it_says_what_is() {
    use ProviderId::{Avinode, Avionte, Channex};
    for (provider, came, said) in [
        (Avinode, vec![(0, 500)], Some("more may come for 48 hours; when is not documented")),
        (Avinode, vec![(0, 200)], None),
        (Channex, vec![(0, 500)], None),
        (Channex, vec![(0, 404)], Some("Channex says only that 5xx and time-outs are tried again")),
        (
            Avionte,
            vec![(0, 500); 4],
            Some("Avionté puts it into a queue of its own after four attempts"),
        ),
    ] {
        let came = rows(provider, &came);
        let line = came.last().and_then(undated).map(|line| line.value());
        assert_eq!(line.as_deref(), said, "{provider}");
    }
}
