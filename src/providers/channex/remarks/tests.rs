use http::Method;
use serde_json::json;

use super::remarks;
use crate::domain::attempt::{Call, Response};
use crate::domain::headers::Headers;
use crate::providers::channex::fixture::{account, answer, json_answer};

fn on(path: &str, response: &Response) -> String {
    let url = account().base_url.join(path).unwrap();
    remarks(&Call::new(Method::GET, url, Headers::default()), response).join(" | ")
}

#[test]
fn a_refusal_is_told_with_what_to_do_about_it() {
    let error = |status, code: &str| json_answer(status, &json!({"errors": {"title": code}}));
    for (path, response, expected) in [
        (
            "/bookings/b",
            error(401, "Unauthorized"),
            ["401: Unauthorized", "check api_key and base_url"],
        ),
        ("/reviews/v", error(403, "Forbidden"), ["403: Forbidden", "Messages app"]),
        (
            "/bookings/b",
            error(404, "Resouce Not Found"),
            ["404: Resouce Not Found", "nothing of this id"],
        ),
        ("/webhooks/w", error(404, "Resource Not Found"), ["404", "no such webhook"]),
        ("/restrictions", error(429, "Too Many Requests"), ["429", "pause for a minute"]),
        (
            "/restrictions",
            answer(429, &[("Retry-After", "7")], ""),
            ["429 Too Many Requests", "asked again in 7 s"],
        ),
        ("/bookings/b", answer(503, &[], ""), ["503", "on Channex's side"]),
        (
            "/bookings/b",
            answer(307, &[("Location", "https://evil.test/")], ""),
            ["307", "redirects to https://evil.test/; redirects are not followed"],
        ),
        ("/bookings/b", error(200, "Partly"), ["200: Partly", ""]),
    ] {
        let remarks = on(path, &response);
        for part in expected {
            assert!(remarks.contains(part), "{part:?} is not in {remarks:?}");
        }
    }
}

#[test]
fn a_reader_of_revisions_is_told_that_nothing_is_acknowledged() {
    let fine = json_answer(200, &json!({"data": []}));
    for (path, expected) in [
        ("/booking_revisions/feed?filter[property_id]=p", "reading it acknowledges nothing"),
        ("/booking_revisions/r", "does not acknowledge it"),
    ] {
        let remarks = on(path, &fine);
        assert!(remarks.contains(expected), "{remarks}");
    }
    assert_eq!(on("/bookings/b", &fine), "");
}
