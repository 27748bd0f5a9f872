use super::{Sheet, request_sheet};
use crate::domain::name::AccountName;

fn sheet<'a>(company: &'a AccountName, events: &'a [&'a str]) -> Sheet<'a> {
    Sheet {
        company,
        tenant: Some("6".to_owned()),
        url: "https://hooks.example.test/avionte",
        events,
        header: Some("x-payload-signature"),
        production: true,
    }
}

#[test]
fn the_sheet_holds_what_the_documents_ask_for_ready_to_send() {
    let company = AccountName::from("acme");
    assert_eq!(
        request_sheet(&sheet(&company, &["talent_merged", "placement_started"])),
        "\
Webhooks for acme

To              the Client Manager (clients) or the Avionté+ Integration contact (partners)
Company         acme
Tenant          6
Environment     Production (one callback URL for each environment)
Callback URL    https://hooks.example.test/avionte
                POST over HTTPS, the same URL for all events
Authentication  shared secret in the header X-Payload-Signature
                the value is sent separately
Our answer      200 once a delivery is stored
Source IP       52.200.5.50 is expected here; please tell of any other

Events
- talent_merged
- placement_started
"
    );
}

#[test]
fn what_is_missing_is_said_before_the_sheet_is_sent() {
    let company = AccountName::from("acme");
    let bare = Sheet {
        tenant: None,
        url: "http://127.0.0.1:4000/avionte",
        header: None,
        production: false,
        ..sheet(&company, &[])
    };
    let text = request_sheet(&bare);
    for expected in [
        "Environment     Non-Production",
        "Authentication  none: no secret and no key is expected\nOur answer",
        "- none chosen yet",
        "Before this is sent\n- the callback URL is not https, which Avionté requires\n\
         - the tenant is missing\n- no event is chosen\n",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in\n{text}");
    }
}

#[test]
fn the_authentication_is_told_by_the_headers_that_are_documented() {
    let company = AccountName::from("acme");
    for (header, expected) in [
        ("X-API-KEY", "API key in the header X-api-key"),
        ("X-Secret", "the header X-Secret, which Avionté's documents do not name"),
    ] {
        let text = request_sheet(&Sheet { header: Some(header), ..sheet(&company, &["x"]) });
        assert!(text.contains(&format!("Authentication  {expected}")), "{text}");
    }
}
