use super::about;
use crate::domain::headers::Headers;
use crate::providers::about::About;
use crate::providers::fixture::delivery;

/// What is told of a body that came from this machine.
fn of(body: &'static str) -> About {
    about(&delivery(body))
}

/// What is remarked about where it came from.
fn remarks(peer: &str, forwarded: &[&str]) -> Vec<String> {
    let mut delivery = delivery("{}");
    delivery.peer = peer.parse().unwrap();
    let headers = forwarded.iter().map(|value| ("X-Forwarded-For", *value)).collect::<Vec<_>>();
    delivery.request.headers = Headers::from_pairs(headers);
    about(&delivery).remarks
}

#[test]
fn a_resource_that_cannot_be_read_is_said_to_be_shown_as_it_was_sent() {
    for (body, remark) in [
        (r#"{"Resource":"{\"Id\":1}"}"#, None),
        (r#"{"Resource":"{\"StatusList\":[1,2,\"BusinessProcessId\":9}"}"#, Some("not valid JSON")),
        (r#"{"Resource":"{“Id”:401}"}"#, Some("not valid JSON")),
        (r#"{"Resource":""}"#, Some("empty")),
        (r#"{"Resource":{"Id":1}}"#, None),
        (r#"{"Resource":null}"#, None),
        ("{}", None),
        ("not JSON", None),
    ] {
        let remarks = of(body).remarks;
        assert_eq!(remarks.len(), usize::from(remark.is_some()), "{body} {remarks:?}");
        assert!(
            remarks.iter().all(|text| text.contains(remark.unwrap_or_default())),
            "{remarks:?}"
        );
    }
}

#[test]
fn the_tenant_is_told_of_either_envelope() {
    let front = of(r#"{"FrontOfficeTenantId":6}"#);
    assert_eq!(front.fields, [("tenant", "6".to_owned())]);
    let back = of(r#"{"TenantId":1,"DeduplicationId":"d-1"}"#);
    assert_eq!(back.fields, [("tenant", "1".to_owned()), ("deduplication", "d-1".to_owned())]);
}

#[test]
fn a_delivery_from_elsewhere_is_marked() {
    for (peer, forwarded, says) in [
        ("52.200.5.50:443", &[][..], None),
        ("[::ffff:52.200.5.50]:443", &[], None),
        ("52.200.5.50:443", &["203.0.113.7"], None),
        ("203.0.113.7:443", &["52.200.5.50"], Some("it came from 203.0.113.7, not from")),
        ("[2001:db8::1]:443", &[], Some("it came from 2001:db8::1, not from")),
        ("127.0.0.1:443", &[], None),
        ("[::1]:443", &["203.0.113.7, 52.200.5.50"], None),
        ("127.0.0.1:443", &["52.200.5.50", "203.0.113.7"], Some("ends in 203.0.113.7, not in")),
        ("127.0.0.1:443", &["unknown"], None),
    ] {
        let remarks = remarks(peer, forwarded);
        assert_eq!(remarks.len(), usize::from(says.is_some()), "{peer} {remarks:?}");
        assert!(remarks.iter().all(|text| text.contains(says.unwrap_or_default())), "{remarks:?}");
    }
}
