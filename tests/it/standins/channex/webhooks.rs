//! The webhooks of the stand-in: a page at a time, written whole, checked member by member. What a
//! write leaves out falls back to the default, so nothing may be left out by chance.

use std::collections::BTreeMap;
use std::sync::Mutex;

use hookscope::domain::url::Url;
use http::Method;
use serde_json::{Map, Value, json};

use super::delivery::{self, EVENTS};
use super::{Asked, Organization, World, bad_request, error, invalid, success};
use crate::standins::server::{Answer, locked};

/// What is wrong, by member.
type Details = BTreeMap<String, Vec<String>>;

/// The write model, with what stands for what is left out.
fn defaults() -> Map<String, Value> {
    let model = json!({
        "callback_url": null, "event_mask": null, "property_id": null, "request_params": {},
        "headers": {}, "is_active": false, "send_data": false, "protected": false,
        "is_global": false,
    });
    model.as_object().cloned().unwrap_or_default()
}

pub(super) fn answer(world: &Mutex<World>, key: &str, asked: &Asked<'_>, rest: &str) -> Answer {
    if (asked.method, rest) == (&Method::POST, "/test") {
        let read = {
            let mut world = locked(world);
            model(asked, organization(&mut world, key), None)
        };
        // The endpoint may well be read by the test that waits for it: nothing is held meanwhile.
        return read.map_or_else(|answer| answer, |model| tested(&model));
    }
    let world = &mut *locked(world);
    let id = rest.strip_prefix('/');
    match (asked.method, id) {
        (&Method::GET, None) => list(organization(world, key), asked),
        (&Method::POST, None) => {
            let made = world.made + 1;
            let organization = organization(world, key);
            let record = match model(asked, organization, None) {
                Ok(model) => record(&format!("{made:08x}-0000-4000-8000-000000000000"), key, model),
                Err(answer) => return answer,
            };
            organization.webhooks.push(record.clone());
            world.made = made;
            Answer::json(201, &json!({ "data": record }))
        }
        (method, Some(id)) => one(organization(world, key), key, asked, method, id),
        _ => error(422, "method_not_supported", "Method Not Supported"),
    }
}

fn organization<'a>(world: &'a mut World, key: &str) -> &'a mut Organization {
    world.organizations.get_mut(key).expect("the key is known")
}

fn one(
    organization: &mut Organization,
    key: &str,
    asked: &Asked<'_>,
    method: &Method,
    id: &str,
) -> Answer {
    let place = organization.webhooks.iter().position(|record| record["id"] == id);
    let Some(place) = place else {
        return error(404, "resource_not_found", "Resource Not Found");
    };
    match *method {
        Method::GET => Answer::json(200, &json!({ "data": organization.webhooks[place] })),
        Method::PUT => {
            let stored = organization.webhooks[place]["attributes"].clone();
            match model(asked, organization, stored.as_object()) {
                Ok(model) => {
                    organization.webhooks[place] = record(id, key, model);
                    Answer::json(200, &json!({ "data": organization.webhooks[place] }))
                }
                Err(answer) => answer,
            }
        }
        Method::DELETE if asked.body.is_empty() => {
            organization.webhooks.remove(place);
            success()
        }
        _ => error(422, "method_not_supported", "Method Not Supported"),
    }
}

fn list(organization: &Organization, asked: &Asked<'_>) -> Answer {
    let number = |name: &str, usual: usize| {
        asked.parameter(name).map_or(Some(usual), |text| text.parse().ok())
    };
    let (Some(page @ 1..), Some(limit @ 1..=100)) =
        (number("pagination[page]", 1), number("pagination[limit]", 10))
    else {
        return bad_request("pages count from 1 and hold at most 100");
    };
    let webhooks = &organization.webhooks;
    let data = webhooks.iter().skip((page - 1) * limit).take(limit).collect::<Vec<_>>();
    let meta = json!({"page": page, "limit": limit, "total": webhooks.len()});
    Answer::json(200, &json!({"data": data, "meta": meta}))
}

/// A record as it is read.
fn record(id: &str, key: &str, mut model: Map<String, Value>) -> Value {
    let property = model.shift_remove("property_id").unwrap_or_default();
    let organization = json!({"data": {"type": "organization", "id": format!("of {key}")}});
    let mut relationships = json!({ "organization": organization });
    if !property.is_null() {
        relationships["property"] = json!({"data": {"type": "property", "id": property}});
    }
    json!({"type": "webhook", "id": id, "attributes": model, "relationships": relationships})
}

/// The write model in a request, with its defaults.
fn model(
    asked: &Asked<'_>,
    organization: &Organization,
    stored: Option<&Map<String, Value>>,
) -> Result<Map<String, Value>, Answer> {
    let body = serde_json::from_slice::<Value>(asked.body);
    let body = body.map_err(|_not_json| bad_request("the body is not JSON"))?;
    let wrapped = body.as_object().filter(|body| body.len() == 1);
    let written = wrapped.and_then(|body| body.get("webhook")?.as_object());
    let written = written.ok_or_else(|| bad_request("webhook is required"))?;
    let mut details = Details::new();
    let mut complain = |name: &str, said: &str| {
        details.entry(name.to_owned()).or_default().push(said.to_owned());
    };
    let mut model = defaults();
    for name in ["callback_url", "event_mask", "property_id"] {
        if !written.contains_key(name) {
            complain(name, "can't be blank");
        }
    }
    for (name, value) in written {
        let is_known = model.contains_key(name) || stored.is_some_and(|it| it.contains_key(name));
        if !is_known {
            complain(name, "is unknown");
        } else if !is_fine(name, value, written, organization) {
            complain(name, "is invalid");
        }
        model.insert(name.clone(), value.clone());
    }
    if details.is_empty() { Ok(model) } else { Err(invalid(&details)) }
}

fn is_fine(
    name: &str,
    value: &Value,
    written: &Map<String, Value>,
    organization: &Organization,
) -> bool {
    let is_global = written.get("is_global") == Some(&Value::Bool(true));
    match name {
        "callback_url" => value.as_str().is_some_and(|url| Url::parse(url).is_ok()),
        "event_mask" => value.as_str().is_some_and(is_mask),
        "property_id" if is_global => value.is_null(),
        "property_id" => value.as_str().is_some_and(|id| organization.properties.contains(id)),
        "headers" | "request_params" => match value {
            Value::Object(texts) => texts.values().all(Value::is_string),
            other => other.is_null(),
        },
        "is_active" | "send_data" | "protected" | "is_global" => value.is_boolean(),
        _ => true,
    }
}

fn is_mask(mask: &str) -> bool {
    mask.split(';').all(|event| {
        event == "*"
            || EVENTS.contains(&event)
            || event.strip_prefix("ari:").is_some_and(|filter| filter.split(':').count() == 3)
    })
}

/// What the endpoint says to a call. What such a call holds is not documented, nor what is answered
/// when there is no endpoint.
fn tested(model: &Map<String, Value>) -> Answer {
    let Some(response) = delivery::call(model, &json!({})) else { return Answer::Raw(Vec::new()) };
    let body = String::from_utf8_lossy(&response.body);
    Answer::json(200, &json!({"status_code": response.status.as_u16(), "body": body}))
}
