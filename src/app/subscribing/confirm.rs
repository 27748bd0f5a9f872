//! A question before something is done at a provider, with what will be sent, every secret masked.

use std::sync::Arc;

use bytes::Bytes;
use http::Method;

use crate::app::command::Command;
use crate::app::document::{Document, View};
use crate::domain::account::Account;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::domain::masking::MASK;
use crate::domain::secret::Secret;
use crate::domain::subscription::{Change, FieldKind, Rejection};
use crate::providers::api::{Secrets, Subscriptions};

/// A question. It is answered by the command that it would lead to.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// What it is about, in a few words.
    pub title: String,
    /// What will happen, in a sentence.
    pub says: String,
    /// What will be sent, if that is known now.
    pub preview: Option<Preview>,
    /// What is done on yes.
    pub then: Command,
}

/// What will be sent.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The method.
    pub method: String,
    /// Where it goes.
    pub url: String,
    /// The body, secrets masked; empty if there is none.
    pub body: View,
}

impl Preview {
    /// What a change sends.
    ///
    /// # Errors
    /// When the draft lacks what the provider requires.
    pub fn of(
        api: &dyn Subscriptions,
        account: &Account,
        change: &Change,
    ) -> Result<Self, Rejection> {
        let secrets = api.fields().iter().filter(|field| field.kind == FieldKind::Secret);
        let secrets = secrets.map(|field| (field.key, Secret::new(MASK)));
        let call = api.change(account, change, &secrets.collect::<Secrets>())?;
        Ok(Self {
            method: call.request.method.to_string(),
            url: call.url.to_string(),
            body: json_view(api.masked_body(&call.request.body)),
        })
    }
}

/// JSON to be read, with nothing folded away.
#[must_use]
pub fn json_view(body: impl Into<Bytes>) -> View {
    let request = Request {
        method: Method::GET,
        target: String::new(),
        version: Version::Http11,
        headers: Headers::from_pairs([("Content-Type", "application/json")]),
        body: body.into(),
    };
    let mut view = View::new(Arc::new(Document::of(&request)));
    view.unfold_all();
    view
}
