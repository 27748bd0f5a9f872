use std::time::Duration;

use http::StatusCode;

use super::lines;
use crate::app::fixtures::{at, record};
use crate::app::lines::Line;
use crate::domain::event::ProviderId;

#[test]
fn a_delivery_of_nobody_in_particular_has_no_rules() {
    assert_eq!(lines(&record(1), false), []);
}

#[test]
fn an_accepted_answer_names_what_is_accepted_and_no_next_attempt() {
    let mut record = record(1);
    record.inspection.provider = Some(ProviderId::Avinode);
    let lines = lines(&record, false);
    assert_eq!(lines[1], Line::field("accepts", "200 only"));
    assert!(lines.iter().all(|line| line.name() != "next attempt"), "{lines:?}");
}

#[test]
fn after_a_failure_the_next_attempt_is_due_from_the_answer_on() {
    let mut record = record(1);
    record.inspection.provider = Some(ProviderId::Channex);
    record.answered.status = StatusCode::SERVICE_UNAVAILABLE;
    record.answered.took = Some(Duration::from_secs(2));
    assert_eq!(lines(&record, false)[2], Line::time("next attempt", at(1 + 2 + 60)));
    record.repeat = 12;
    assert!(lines(&record, false)[2].value().starts_with("none: "));
    record.inspection.provider = Some(ProviderId::Avinode);
    assert_eq!(lines(&record, false)[3], Line::time("none after", at(1 + 2 + 172_800)));
}
