//! One webhook: the record that is read, and the model that is written, which is that record with
//! what a draft changes. What is not known goes back as it came.
//!
//! <https://docs.channex.io/api-v.1-documentation/webhook-collection>

use http::{HeaderName, HeaderValue};
use serde_json::{Map, Value};

use crate::domain::masking::MASK;
use crate::domain::secret::Secret;
use crate::domain::subscription::{Draft, FieldValue, Rejection, Subscription};
use crate::domain::url::{Url, UrlError};
use crate::providers::api::Secrets;

use super::event_mask;
use super::fields::key_of;

/// The header that Channex's page proposes for a shared secret.
const SECRET_HEADER: &str = "X-Channex-Webhook-Secret";

/// The subscription in a record; none if the record has no id.
pub(super) fn subscription(record: &Value) -> Option<Subscription> {
    let raw = record.as_object()?;
    let attributes = raw.get("attributes").and_then(Value::as_object);
    let attribute = |name: &str| attributes.and_then(|attributes| attributes.get(name));
    let text = |name| attribute(name).and_then(Value::as_str).unwrap_or_default();
    let id = raw.get("id").or_else(|| attribute("id")).and_then(Value::as_str)?;
    Some(Subscription {
        id: id.to_owned(),
        name: String::new(),
        target: text("callback_url").to_owned(),
        active: attribute("is_active") == Some(&Value::Bool(true)),
        events: event_mask::parse(text("event_mask")),
        raw: raw.clone(),
    })
}

/// The values of the further fields in a record.
pub(super) fn further(of: &Subscription) -> Vec<(&'static str, FieldValue)> {
    let written = Model::of(of).0;
    let flag = |name| FieldValue::Flag(written.get(name) == Some(&Value::Bool(true)));
    let object = |name| {
        let value = written.get(name).filter(|value| value.is_object()).cloned();
        FieldValue::Json(value.unwrap_or_else(|| Value::Object(Map::new())))
    };
    let property = written.get("property_id").and_then(Value::as_str).unwrap_or_default();
    vec![
        ("property", FieldValue::Text(property.to_owned())),
        ("global", flag("is_global")),
        ("send_data", flag("send_data")),
        ("headers", object("headers")),
        ("params", object("request_params")),
        ("protected", flag("protected")),
    ]
}

/// The model that is written.
#[derive(Debug, Default)]
pub(super) struct Model(Map<String, Value>);

impl Model {
    /// The record as it would be written unchanged.
    pub(super) fn of(subscription: &Subscription) -> Self {
        let raw = &subscription.raw;
        let attributes = raw.get("attributes").and_then(Value::as_object);
        let mut model = attributes.cloned().unwrap_or_default();
        model.shift_remove("id");
        let property = raw
            .get("relationships")
            .and_then(|relationships| relationships.pointer("/property/data/id"))
            .or_else(|| attributes?.get("property_id"));
        model.insert("property_id".to_owned(), property.cloned().unwrap_or_default());
        Self(model)
    }

    /// What a draft makes of it. `property` is what a new webhook is for unless the draft tells.
    pub(super) fn with(
        mut self,
        draft: &Draft,
        property: Option<&str>,
        secrets: &Secrets,
    ) -> Result<Self, Rejection> {
        self.set_target(&draft.target)?;
        self.set_events(&draft.events)?;
        self.set_property(draft, property)?;
        self.set_texts("request_params", "params", draft)?;
        self.set_texts("headers", "headers", draft)?;
        self.set_active(draft.active);
        for name in ["send_data", "protected"] {
            if let Some(FieldValue::Flag(flag)) = draft.further(name) {
                self.set(name, *flag);
            }
        }
        let mut model = self.unmasked()?;
        model.set_secret(draft, secrets)?;
        Ok(model)
    }

    pub(super) fn set_active(&mut self, active: bool) {
        self.set("is_active", active);
    }

    /// What Channex takes beyond an absolute address is its own matter: a target that it had has to
    /// be given back.
    pub(super) fn set_target(&mut self, target: &str) -> Result<(), Rejection> {
        let is_had = self.0.get("callback_url").and_then(Value::as_str) == Some(target);
        match Url::parse(target) {
            Ok(_) | Err(UrlError::UserInfo | UrlError::Fragment) => {}
            Err(_) if is_had => {}
            Err(error) => return Err(of_field("target", format!("the address {error}"))),
        }
        self.set("callback_url", target);
        Ok(())
    }

    /// That no value is a mask: a record of which the secrets are not known any more cannot go back.
    pub(super) fn unmasked(self) -> Result<Self, Rejection> {
        match self.0.iter().find(|(_, value)| holds_mask(value)) {
            None => Ok(self),
            Some((name, _)) => {
                let text =
                    format!("{name} holds {MASK} in place of a value: write the value again");
                Err(match key_of(name) {
                    Some(key) => of_field(key, text),
                    None => Rejection::of_whole(text),
                })
            }
        }
    }

    /// The body of a request.
    pub(super) fn into_body(self) -> Vec<u8> {
        let wrapped = Map::from_iter([("webhook".to_owned(), Value::Object(self.0))]);
        Value::Object(wrapped).to_string().into_bytes()
    }

    fn set_events(&mut self, events: &[String]) -> Result<(), Rejection> {
        let before = self.0.get("event_mask").and_then(Value::as_str).map(event_mask::parse);
        if before.as_deref() == Some(events) && !events.is_empty() {
            return Ok(());
        }
        let none = || of_field("events", "choose at least one event; * stands for all");
        self.set("event_mask", event_mask::print(events).ok_or_else(none)?);
        Ok(())
    }

    fn set_property(&mut self, draft: &Draft, default: Option<&str>) -> Result<(), Rejection> {
        let global = match draft.further("global") {
            Some(FieldValue::Flag(global)) => {
                self.set("is_global", *global);
                *global
            }
            _ => self.0.get("is_global") == Some(&Value::Bool(true)),
        };
        if global {
            self.set("property_id", Value::Null);
            return Ok(());
        }
        let given = match draft.further("property") {
            Some(FieldValue::Text(id)) if !id.is_empty() => Some(id.as_str()),
            _ => None,
        };
        if let Some(property) = given {
            self.set("property_id", property);
        } else if self.0.get("property_id").is_none_or(Value::is_null) {
            let none =
                || of_field("property", "name the property by its id, or make the webhook global");
            self.set("property_id", default.ok_or_else(none)?);
        }
        Ok(())
    }

    /// Sets an object of texts. What stands masked in the draft stays as it is.
    fn set_texts(&mut self, name: &str, key: &str, draft: &Draft) -> Result<(), Rejection> {
        let Some(FieldValue::Json(value)) = draft.further(key) else { return Ok(()) };
        let mut value = value.clone();
        let before = self.0.get(name).and_then(Value::as_object);
        for (member, text) in value.as_object_mut().into_iter().flatten() {
            if text == MASK
                && let Some(kept) = before.and_then(|before| before.get(member))
            {
                *text = kept.clone();
            }
        }
        let texts = value.as_object();
        if texts.is_some_and(Map::is_empty) && before.is_none() {
            // A form cannot tell none from an empty one: none stays none.
            Ok(())
        } else if value.is_null() || texts.is_some_and(|texts| texts.values().all(Value::is_string))
        {
            self.set(name, value);
            Ok(())
        } else {
            Err(of_field(key, "has to be an object of texts, as {\"X-Name\": \"value\"}"))
        }
    }

    /// Puts the shared secret among the header fields that Channex sends.
    fn set_secret(&mut self, draft: &Draft, secrets: &Secrets) -> Result<(), Rejection> {
        if draft.further("secret").is_none() {
            return Ok(());
        }
        let secret =
            secrets.get("secret").ok_or_else(|| of_field("secret", "its value is not at hand"))?;
        let name = match draft.further("secret_header") {
            Some(FieldValue::Text(name)) if !name.is_empty() => name,
            _ => SECRET_HEADER,
        };
        HeaderName::from_bytes(name.as_bytes())
            .map_err(|_no_name| of_field("secret_header", "is no name of a header field"))?;
        let headers = self.0.entry("headers").or_insert(Value::Null);
        if headers.is_null() {
            *headers = Value::Object(Map::new());
        }
        let headers = headers.as_object_mut().ok_or_else(|| of_field("headers", "is no object"))?;
        headers.retain(|other, _| !other.eq_ignore_ascii_case(name));
        headers.insert(name.to_owned(), Value::String(text_of(secret)?));
        Ok(())
    }

    fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }
}

/// A secret as the text of a header field.
fn text_of(secret: &Secret) -> Result<String, Rejection> {
    let value = HeaderValue::from_bytes(secret.expose()).ok();
    let text = value.as_ref().and_then(|value| value.to_str().ok());
    let text = text.ok_or_else(|| of_field("secret", "cannot stand in a header field"))?;
    Ok(text.to_owned())
}

fn of_field(key: &str, said: impl Into<String>) -> Rejection {
    Rejection { message: "not sent".to_owned(), fields: vec![(key.to_owned(), said.into())] }
}

fn holds_mask(value: &Value) -> bool {
    match value {
        Value::String(text) => text == MASK,
        Value::Array(values) => values.iter().any(holds_mask),
        Value::Object(object) => object.values().any(holds_mask),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
