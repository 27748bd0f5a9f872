//! What can be read beside webhooks: bookings, revisions, threads, reviews, prices.

use http::Method;
use serde_json::{Value, json};

use super::{Asked, Organization, World, bad_request, error, success};
use crate::standins::server::Answer;

pub(super) fn answer(world: &mut World, key: &str, asked: &Asked<'_>) -> Answer {
    let organization = world.organizations.get_mut(key).expect("the key is known");
    let segments = asked.path.split('/').skip(1).collect::<Vec<_>>();
    match (asked.method, &segments[..]) {
        (&Method::POST, ["booking_revisions", id, "ack"]) => {
            organization.acknowledged.insert((*id).to_owned());
            success()
        }
        (&Method::GET, ["booking_revisions", "feed"]) => feed(organization, asked),
        (&Method::GET, ["restrictions"]) => {
            priced(organization, asked, &["date", "restrictions", "property_id"])
        }
        (&Method::GET, ["availability"]) => priced(organization, asked, &["date", "property_id"]),
        (
            &Method::GET,
            ["booking_revisions" | "bookings" | "message_threads" | "reviews", _]
            | ["bookings" | "message_threads", _, "messages"],
        ) => match organization.resources.get(asked.path) {
            Some(record) => Answer::json(200, &json!({ "data": record })),
            // Misspelt in the documents, too.
            None => error(404, "not_found", "Resouce Not Found"),
        },
        _ => error(404, "resource_not_found", "Resource Not Found"),
    }
}

/// The revisions of a property that nobody acknowledged.
fn feed(organization: &Organization, asked: &Asked<'_>) -> Answer {
    let Some(property) = asked.parameter("filter[property_id]") else {
        return bad_request("property_id is required");
    };
    if asked.parameter("order[inserted_at]").is_some_and(|order| !["asc", "desc"].contains(&order))
    {
        return bad_request("order is asc or desc");
    }
    let attribute = |record: &Value, name: &str| record["attributes"][name].clone();
    let mut records = organization
        .resources
        .iter()
        .filter_map(|(path, record)| Some((path.strip_prefix("/booking_revisions/")?, record)))
        .filter(|(id, record)| {
            !organization.acknowledged.contains(*id) && attribute(record, "property_id") == property
        })
        .map(|(_, record)| record)
        .collect::<Vec<_>>();
    records.sort_by_key(|record| attribute(record, "inserted_at").to_string());
    if asked.parameter("order[inserted_at]") == Some("desc") {
        records.reverse();
    }
    let meta = json!({"page": 1, "limit": 10, "total": records.len()});
    Answer::json(200, &json!({"data": records, "meta": meta}))
}

/// Prices or availability, which insist on their filters.
fn priced(organization: &Organization, asked: &Asked<'_>, required: &[&str]) -> Answer {
    for name in required {
        let is_given = if *name == "date" {
            ["filter[date][gte]", "filter[date][lte]"].iter().all(|bound| {
                let date = asked.parameter(bound).unwrap_or_default();
                date.len() == 10 && date.parse::<jiff::civil::Date>().is_ok()
            })
        } else {
            asked.parameter(&format!("filter[{name}]")).is_some_and(|value| !value.is_empty())
        };
        if !is_given {
            return bad_request(&format!("{name} is required"));
        }
    }
    let property = asked.parameter("filter[property_id]").unwrap_or_default();
    if !organization.properties.contains(property) {
        return error(403, "forbidden", "Forbidden");
    }
    let data = organization.resources.get(asked.path).cloned().unwrap_or_else(|| json!({}));
    Answer::json(200, &json!({ "data": data }))
}
