//! The webhooks of Channex: listed, made, changed, removed, tested.
//!
//! <https://docs.channex.io/api-v.1-documentation/webhook-collection>

use http::Method;
use serde_json::{Map, Value};

use crate::domain::account::{Account, Credentials};
use crate::domain::attempt::{Call, Response};
use crate::domain::headers::Headers;
use crate::domain::subscription::{Change, FieldValue, FormField, Rejection, Subscription};
use crate::domain::url::UrlError;
use crate::providers::api::{Changed, Listing, Secrets, Subscriptions};
use crate::providers::reply;
use crate::providers::segment::segment;

use super::fields::FIELDS;
use super::masked;
use super::refused::Refused;
use super::remarks::advice;
use super::webhook::{Model, further, subscription};

/// The most that the documents let a page hold.
const PAGE: u64 = 100;

/// The webhooks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Webhooks;

impl Subscriptions for Webhooks {
    fn fields(&self) -> &'static [FormField] {
        FIELDS
    }

    fn has_name(&self) -> bool {
        false
    }

    fn can_delete(&self) -> bool {
        true
    }

    fn can_test(&self) -> bool {
        true
    }

    fn all_events(&self) -> Option<&'static str> {
        Some("*")
    }

    fn further(&self, of: &Subscription) -> Vec<(&'static str, FieldValue)> {
        further(of)
    }

    fn list(&self, account: &Account, page: u32) -> Call {
        let query = format!("/webhooks?pagination[page]={page}&pagination[limit]={PAGE}");
        let url = account.base_url.join(&query).unwrap_or_else(|_| account.base_url.clone());
        Call::new(Method::GET, url, Headers::default())
    }

    fn listing(&self, response: &Response) -> Result<Listing, Rejection> {
        let body = body(response)?;
        let Some(Value::Array(records)) = body.get("data") else {
            return Err(undocumented(response, "a list in data"));
        };
        let read = records.iter().map(subscription).collect::<Option<Vec<_>>>();
        let subscriptions =
            read.ok_or_else(|| undocumented(response, "an id in each of its webhooks"))?;
        let next = if records.is_empty() { None } else { next_page(&body) };
        Ok(Listing { subscriptions, next })
    }

    fn change(
        &self,
        account: &Account,
        change: &Change,
        secrets: &Secrets,
    ) -> Result<Call, Rejection> {
        let Credentials::Channex { property, .. } = &account.credentials else {
            return Err(Rejection::of_whole("the account has no credentials of Channex"));
        };
        let property = property.as_deref();
        match change {
            Change::Create(draft) => {
                let model = Model::default().with(draft, property, secrets)?;
                write(account, Method::POST, "/webhooks", model)
            }
            Change::Test(draft) => {
                let model = Model::default().with(draft, property, secrets)?;
                write(account, Method::POST, "/webhooks/test", model)
            }
            Change::Update { of, draft } => {
                let model = Model::of(of).with(draft, None, secrets)?;
                write(account, Method::PUT, &path(&of.id)?, model)
            }
            Change::SetActive { of, active } => {
                let mut model = Model::of(of).unmasked()?;
                model.set_active(*active);
                write(account, Method::PUT, &path(&of.id)?, model)
            }
            Change::Retarget { of, target } => {
                let mut model = Model::of(of).unmasked()?;
                model.set_target(target)?;
                write(account, Method::PUT, &path(&of.id)?, model)
            }
            Change::Delete { id } => {
                let url = account.base_url.join(&path(id)?).map_err(no_address)?;
                Ok(Call::new(Method::DELETE, url, Headers::default()))
            }
        }
    }

    fn changed(&self, change: &Change, response: &Response) -> Result<Changed, Rejection> {
        if let Some(rejection) = rejection(response) {
            return Err(rejection);
        }
        let body = reply::json(response).unwrap_or_default();
        match change {
            Change::Delete { .. } => Ok(Changed::default()),
            Change::Test(_) => {
                Ok(remark(tested(&body).unwrap_or_else(|| {
                    undocumented(response, "what your endpoint answered").message
                })))
            }
            _ => match body.get("data").and_then(subscription) {
                Some(read) => Ok(Changed { subscription: Some(read), remarks: Vec::new() }),
                None => Ok(remark(undocumented(response, "the webhook as it is now").message)),
            },
        }
    }

    fn masked(&self, raw: &Map<String, Value>) -> Map<String, Value> {
        masked::record(raw)
    }

    fn masked_body(&self, body: &[u8]) -> Vec<u8> {
        masked::body(body)
    }
}

/// A call that writes a webhook.
fn write(account: &Account, method: Method, path: &str, model: Model) -> Result<Call, Rejection> {
    let url = account.base_url.join(path).map_err(no_address)?;
    let headers = Headers::from_pairs([("Content-Type", "application/json")]);
    Ok(Call::with_body(method, url, headers, model.into_body()))
}

fn path(id: &str) -> Result<String, Rejection> {
    Ok(format!("/webhooks/{}", segment(id).map_err(Rejection::of_whole)?))
}

fn no_address(error: UrlError) -> Rejection {
    Rejection::of_whole(format!("the address of Channex with this id {error}"))
}

/// The body of an answer that says yes.
fn body(response: &Response) -> Result<Value, Rejection> {
    match rejection(response) {
        Some(rejection) => Err(rejection),
        None => reply::json(response).ok_or_else(|| undocumented(response, "JSON")),
    }
}

/// What an answer says that says no, with what to do about it.
fn rejection(response: &Response) -> Option<Rejection> {
    let mut rejection = Refused::by(response)?.into_rejection();
    let more = [
        advice("/webhooks", response.status),
        reply::redirect(response),
        reply::retry_after(response),
    ];
    for sentence in more.into_iter().flatten() {
        rejection.message = format!("{}; {sentence}", rejection.message);
    }
    Some(rejection)
}

/// An answer that says yes without what is documented.
fn undocumented(response: &Response, lacks: &str) -> Rejection {
    let answer = reply::in_words(response);
    Rejection::of_whole(format!("Channex answers without {lacks}: {answer}"))
}

/// The page behind this one; none if the answer does not tell that there is one.
fn next_page(body: &Value) -> Option<u32> {
    let number = |name: &str| body.pointer(&format!("/meta/{name}")).and_then(Value::as_u64);
    let page = u32::try_from(number("page")?).ok()?;
    let limit = number("limit").filter(|limit| *limit > 0).unwrap_or(PAGE);
    let seen = u64::from(page).saturating_mul(limit);
    if seen < number("total")? { page.checked_add(1) } else { None }
}

/// What the endpoint answered to a test.
fn tested(body: &Value) -> Option<String> {
    let status = body.get("status_code").and_then(Value::as_i64)?;
    let text = body.get("body").and_then(Value::as_str).map(reply::excerpt).unwrap_or_default();
    let text =
        if text.is_empty() { "with an empty body".to_owned() } else { format!("with: {text}") };
    Some(format!("your endpoint answered {status} {text}"))
}

fn remark(text: String) -> Changed {
    Changed { subscription: None, remarks: vec![text] }
}

#[cfg(test)]
mod tests;
