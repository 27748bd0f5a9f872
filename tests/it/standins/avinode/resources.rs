//! Resources in the shapes that are known of them. Any id is there that has a documented form.

use serde_json::{Value, json};

/// The resource at this path of the API, which has this address.
pub(super) fn at(path: &str, href: &str) -> Option<Value> {
    let (kind, id) = path.strip_prefix('/')?.rsplit_once('/')?;
    let is_of = |prefixes: &[&str]| prefixes.iter().any(|prefix| id.starts_with(prefix));
    match kind {
        "rfqs" if is_of(&["arfq-"]) => Some(rfq(id, "A1B2C3", href)),
        "rfqs" if is_trip(id) => Some(json!([rfq("arfq-1", id, href), rfq("arfq-2", id, href)])),
        "tripmsgs" if is_of(&["asellermsg-", "abuyermsg-"]) => Some(message(id, href)),
        "emptylegs" if is_of(&["el-"]) => Some(json!({
            "id": id, "type": "emptylegs", "href": href,
            "startAirport": { "icao": "ESGG" }, "endAirport": { "icao": "EGLF" },
        })),
        "leads" if is_of(&["ecl-"]) => Some(json!({
            "id": id, "type": "leads", "href": href,
            "leadContactInfo": { "name": "A. Client" }, "leadMessage": "How much is it?",
        })),
        "contacts/people" | "contacts/companies" | "passengers" | "logistics" => Some(json!({
            "id": id, "type": kind, "href": href, "origin": "SCHEDAERO",
            "links": { "avinode-rfq": { "href": "https://sandbox.avinode.com/api/rfqs/arfq-1" } },
        })),
        _ => None,
    }
}

/// The ids of trips have 6 characters in every sample.
fn is_trip(id: &str) -> bool {
    id.len() == 6 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn rfq(id: &str, trip: &str, href: &str) -> Value {
    json!({
        "id": id, "type": "rfqs", "href": href, "tripId": trip,
        "sellerCompany": { "id": "acompany-1", "displayName": "Acme Jets" },
        "buyerCompany": { "id": "acompany-2", "displayName": "Bravo Charter" },
        "buyerAccount": { "id": "aaccount-1" },
        "segments": [{
            "startAirport": { "icao": "ESGG", "iata": "GOT", "name": "Landvetter" },
            "endAirport": { "icao": "EGLF", "name": "Farnborough" },
            "dateTime": { "date": "2026-12-01", "time": "09:00", "departure": true, "local": true },
            "paxCount": "4", "paxSegment": true, "timeTBD": false,
        }],
        "sellerLift": [{
            "id": "asellerlift-1", "aircraftType": "Citation XLS", "aircraftTail": "SE-ABC",
            "sourcingStatus": 1, "sourcingDisplayStatus": "Unanswered",
            "links": { "quotes": [] },
            "actions": { "submitQuote": {
                "type": "submitQuote", "description": "Submit a quote", "httpMethod": "POST",
                "href": "https://sandbox.avinode.com/api/tripmsgs/asellerlift-1/submitQuote",
            } },
        }],
    })
}

fn message(id: &str, href: &str) -> Value {
    json!({
        "id": id, "type": "tripmsgs", "href": href, "message": "We can do that",
        "lift": [{ "id": "asellerlift-1" }], "createdOn": "2026-11-21T09:59:00Z",
        "sellerCompany": { "id": "acompany-1", "displayName": "Acme Jets" },
    })
}
