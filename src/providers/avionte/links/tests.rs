use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{FOLLOW_UPS, links};
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::providers::api::Link;
use crate::providers::avionte::fixture::account;
use crate::providers::avionte::{Avionte, EVENTS};
use crate::providers::envelope::Envelope;
use crate::providers::provider::Provider;

const BASE: &str = "https://api.avionte.com/front-office/v1";

fn link(body: &Value, paths: &[(&str, &str)]) -> Link {
    let request = Request {
        method: http::Method::POST,
        target: "/avionte".to_owned(),
        version: Version::Http11,
        headers: Headers::default(),
        body: body.to_string().into(),
    };
    let event = Avionte.event(&Envelope::of(&request.body));
    let mut account = account();
    account.paths = paths
        .iter()
        .map(|(key, path)| ((*key).to_owned(), (*path).to_owned()))
        .collect::<BTreeMap<_, _>>();
    let links = links(&account, &request, &event);
    let [link] = &links[..] else { panic!("{links:?}") };
    link.clone()
}

fn of(event: &str, resource: &str, paths: &[(&str, &str)]) -> Link {
    link(&json!({"EventName": event, "FrontOfficeTenantId": 6, "Resource": resource}), paths)
}

#[test]
fn a_talent_is_read_where_the_documents_say() {
    for (event, resource, path) in [
        ("talent_created", r#"{"Id":662}"#, "/talent/662"),
        ("TALENT_SAVED", r#"{"Id":"a/b"}"#, "/talent/a%2Fb"),
        ("talent_merged", r#"{"GoodTalentId":1,"BadTalentId":2}"#, "/talent/1"),
    ] {
        let link = of(event, resource, &[]);
        assert_eq!(link.label, "Get a Talent");
        assert_eq!(link.url.unwrap().to_string(), format!("{BASE}{path}"), "{event}");
    }
}

#[test]
fn a_follow_up_without_a_documented_path_says_where_to_put_it() {
    let placement = of("placement_started", r#"{"PlacementId":7}"#, &[]);
    assert_eq!(placement.label, "Get a Placement (path not documented here)");
    assert_eq!(
        placement.url.unwrap_err(),
        "Avionté's page names \"Get a Placement\", but its path is not known to hookscope: set \
         paths.placement in the account, for example \"placement/{id}\""
    );
    for event in ["day_pay_approved", "pipeline_moved"] {
        let reason = of(event, "{}", &[]).url.unwrap_err();
        assert!(reason.starts_with(&format!("the documents name nothing to read for {event};")));
    }
    let nameless = link(&json!({"FrontOfficeTenantId": 6}), &[]);
    assert_eq!(nameless.url.unwrap_err(), "the body names no event of Avionté");
}

#[test]
fn a_configured_path_takes_members_of_the_resource_and_wins() {
    let resource = r#"{"CompanyId":3,"DepartmentId":"x y","PlacementId":7,"Id":9}"#;
    for (event, key, template, expected) in [
        ("placement_updated", "placement", "placement/{id}", "/placement/7"),
        ("placement_updated", "placement_updated", "/p/{PlacementId}/all", "/p/7/all"),
        (
            "company_department_created",
            "department",
            "company/{CompanyId}/department/{DepartmentId}",
            "/company/3/department/x%20y",
        ),
        ("talent_created", "talent", "v2/talent/{id}?a=b", "/v2/talent/9?a=b"),
        ("pipeline_moved", "pipeline_moved", "pipeline/{id}", "/pipeline/9"),
        ("company_statuses_updated", "company_statuses", "statuses", "/statuses"),
    ] {
        let link = of(event, resource, &[(key, template)]);
        assert_eq!(link.url.unwrap().to_string(), format!("{BASE}{expected}"), "{event}");
    }
}

#[test]
fn a_path_that_cannot_be_filled_says_why() {
    for (resource, template, reason) in [
        (r#"{"PlacementId":7}"#, "p/{Foo}", "its Resource holds no Foo"),
        ("{}", "p/{id}", "its Resource holds no id"),
        (r#"{"Id":7}"#, "p/{id}", "its Resource holds no id"),
        (r#"{"PlacementId":7}"#, "p/{id", "the path \"p/{id\" has a { without its }"),
        (r#"{"PlacementId":7}"#, "p/#{id}", "its address has a fragment (#), which is never sent"),
        ("{\"PlacementId\":7", "p/{id}", "its Resource is not valid JSON, so no id can be read"),
        ("“PlacementId”", "p/{id}", "its Resource is not valid JSON, so no id can be read"),
    ] {
        let link = of("placement_started", resource, &[("placement", template)]);
        assert_eq!(link.url.unwrap_err(), reason, "{resource} {template}");
    }
}

#[test]
fn a_resource_that_is_no_string_and_the_flat_envelope_are_read_as_they_are() {
    let object = json!({"EventName": "x", "Resource": {"Id": 1}, "TenantId": 6});
    assert_eq!(link(&object, &[("x", "x/{id}")]).url.unwrap().to_string(), format!("{BASE}/x/1"));
    let flat =
        json!({"EventName": "AcmeTalentBenefitEligibleEvent", "TenantId": 1, "TalentGuid": "g"});
    assert!(link(&flat, &[]).url.is_err());
    let path = [("AcmeTalentBenefitEligibleEvent", "talent-by-guid/{TalentGuid}")];
    assert_eq!(link(&flat, &path).url.unwrap().to_string(), format!("{BASE}/talent-by-guid/g"));
}

#[test]
fn every_follow_up_belongs_to_known_events_and_no_event_has_two() {
    let mut seen = Vec::new();
    for event in FOLLOW_UPS.iter().flat_map(|follow_up| follow_up.events) {
        assert!(EVENTS.iter().any(|known| known.name == *event), "{event}");
        assert!(!seen.contains(event), "{event}");
        seen.push(event);
    }
}
