use http::{Method, StatusCode};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::{Style, column, id_column, size};
use crate::domain::delivery::DeliveryId;
use crate::domain::event::ProviderId;
use crate::domain::record::Summary;
use crate::domain::refusal::{Refusal, RefusalReason};
use crate::domain::verdict::Standing;
use crate::runtime::ndjson;
use crate::ui::text::width;

fn plain() -> Style {
    Style { colors: false, zone: TimeZone::UTC }
}

fn row() -> Summary {
    Summary {
        id: DeliveryId(42),
        received_at: "2026-11-21T10:00:00.123Z".parse().unwrap(),
        endpoint: "acme".into(),
        account: Some("acme-sandbox".into()),
        method: Method::POST,
        target: "/avinode/acme?x=1".to_owned(),
        provider: Some(ProviderId::Avinode),
        event: Some("TripRequest?".to_owned()),
        resource: Some("arfq-1".to_owned()),
        standing: Standing::Refuted,
        status: StatusCode::OK,
        size: 112,
        repeat: 3,
        sameness: 0,
    }
}

#[test]
fn a_delivery_is_one_line_of_columns() {
    assert_eq!(
        plain().delivery(&row()),
        "    42  2026-11-21 10:00:00.123  acme          acme-sandbox  avinode    TripRequest?          arfq-1            \
         ✗ refuted    200      112 B  ×3?   POST /avinode/acme?x=1",
    );
}

#[test]
fn colours_surround_the_verdict_and_change_no_column() {
    let colored = Style { colors: true, ..plain() }.delivery(&row());
    assert!(colored.contains("\x1b[31m✗ refuted  \x1b[0m"), "{colored:?}");
    let without = colored.replace("\x1b[31m", "").replace("\x1b[2m", "").replace("\x1b[0m", "");
    assert_eq!(without, plain().delivery(&row()));
}

#[test]
fn a_refusal_says_from_whom_and_why() {
    let refusal = Refusal {
        at: "2026-11-21T10:00:00Z".parse().unwrap(),
        peer: "127.0.0.1:9".parse().unwrap(),
        reason: RefusalReason::NoEndpoint,
        message: "no endpoint has the path /\x1b[2J".to_owned(),
    };
    let line = plain().refusal(&refusal);
    assert!(line.contains("refused 404 no_endpoint from 127.0.0.1:9: no endpoint has"), "{line}");
    assert!(!line.contains('\x1b'), "{line:?}");
}

#[test]
fn sizes_are_shown_in_the_largest_unit_that_fits() {
    for (bytes, shown) in [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KiB"),
        (10 << 20, "10.0 MiB"),
        (3 << 29, "1.5 GiB"),
    ] {
        assert_eq!(size(bytes), shown);
    }
}

proptest! {
    #[test]
    fn a_column_has_its_width_whatever_the_text(text in any::<String>(), columns in 2_usize..30) {
        prop_assert_eq!(width(&column(&text, columns)), columns);
        prop_assert_eq!(width(&id_column(&text, columns)), columns);
    }

    #[test]
    fn no_delivery_makes_a_second_line_or_moves_the_cursor(
        target in any::<String>(),
        event in any::<String>(),
    ) {
        let line = plain().delivery(&Summary { target, event: Some(event), ..row() });
        prop_assert!(!line.chars().any(char::is_control), "{:?}", line);
    }
}

#[test]
fn a_record_has_the_line_of_its_row() {
    let mut record = ndjson::tests::record();
    for repeat in [1, 3] {
        record.repeat = repeat;
        for style in [plain(), Style { colors: true, ..plain() }] {
            assert_eq!(style.record(&record), style.delivery(&record.summary()));
        }
    }
}
