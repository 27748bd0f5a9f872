use super::Avionte;
use crate::domain::event::Event;
use crate::providers::envelope::Envelope;
use crate::providers::provider::{Confidence, Provider};

fn event(body: &serde_json::Value) -> Event {
    Avionte.event(&Envelope::of(body.to_string().as_bytes()))
}

fn front_office(name: &str, resource: &str) -> serde_json::Value {
    serde_json::json!({
        "EventName": name,
        "FrontOfficeTenantId": 6,
        "Resource": resource,
        "CorrelationId": "c-1",
    })
}

#[test]
fn the_id_is_read_from_the_json_inside_the_string_and_never_insisted_on() {
    for (resource, expected) in [
        (r#"{"Id":662}"#, Some("662")),
        (r#"{"Id":"662","CorrelationId":"c-1"}"#, Some("662")),
        (r#" { "Nested" : {"Id":1}, "Id" : 662 } "#, Some("662")),
        (r#"{"Id":662"#, None),
        (r#"{"id":662}"#, Some("662")),
        (r#"{"Id":null}"#, None),
        (r#"{"Id":[662]}"#, None),
        ("{“Id”:662}", None),
        ("[662]", None),
        ("662", None),
        ("", None),
    ] {
        let event = event(&front_office("talent_created", resource));
        assert_eq!(event.kind.as_deref(), Some("talent_created"), "{resource}");
        assert_eq!(event.key.as_deref(), Some("c-1"), "{resource}");
        let about = event.resource.unwrap();
        assert_eq!(about.kind.as_deref(), Some("talent"), "{resource}");
        assert_eq!(about.id.as_deref(), expected, "{resource}");
    }
}

#[test]
fn a_resource_of_any_other_type_leaves_the_rest_readable() {
    for (resource, id) in [
        (serde_json::json!(null), None),
        (serde_json::json!(7), None),
        (serde_json::json!({ "Id": 1 }), Some("1")),
    ] {
        let mut body = front_office("talent_created", "");
        body["Resource"] = resource;
        let event = event(&body);
        assert_eq!(event.kind.as_deref(), Some("talent_created"));
        assert_eq!(event.resource.unwrap().id.as_deref(), id);
    }
}

#[test]
fn a_name_is_found_in_any_letter_case_and_kept_as_sent() {
    let event = event(&front_office("vms_JOB_created", r#"{"VmsJobId":1,"JobId":2}"#));
    assert_eq!(event.kind.as_deref(), Some("vms_JOB_created"));
    assert_eq!(event.resource.unwrap().id.as_deref(), Some("2"));
}

#[test]
fn an_unknown_event_is_named_and_nothing_is_guessed_about_its_resource() {
    let event = event(&front_office("pipeline_moved", r#"{"Id":1,"PipelineID":5}"#));
    assert_eq!(event.kind.as_deref(), Some("pipeline_moved"));
    assert_eq!(event.resource, None);
}

#[test]
fn the_flat_envelope_is_known_under_the_name_of_any_partner() {
    for name in ["PartnerTalentBenefitEligibleEvent", "AcmeTalentBenefitEligibleEvent"] {
        let event = event(&serde_json::json!({
            "TalentGuid": "g-1", "EventName": name, "TenantId": 1, "CorrelationId": "c-1",
        }));
        assert_eq!(event.kind.as_deref(), Some(name));
        assert_eq!(event.key.as_deref(), Some("c-1"));
        assert_eq!(event.resource.unwrap().id.as_deref(), Some("g-1"));
    }
}

#[test]
fn it_takes_more_than_a_name_to_be_recognized() {
    for (body, expected) in [
        (r#"{"EventName":"a","ResourceModelType":"x"}"#, Confidence::Certain),
        (r#"{"EventName":"a","FrontOfficeTenantId":6}"#, Confidence::Certain),
        (r#"{"EventName":"a","TenantId":1}"#, Confidence::Certain),
        (r#"{"EventName":"a","CorrelationId":"c"}"#, Confidence::Likely),
        (r#"{"EventName":"s3:ObjectCreated:Put","Key":"k"}"#, Confidence::No),
        (r#"{"EventName":"","TenantId":1}"#, Confidence::No),
        (r#"{"eventName":"a","TenantId":1}"#, Confidence::No),
        (r#"{"TenantId":1,"CorrelationId":"c"}"#, Confidence::No),
    ] {
        assert_eq!(Avionte.recognizes(&Envelope::of(body.as_bytes())), expected, "{body}");
    }
}
