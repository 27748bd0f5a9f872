//! A question before something is done at a provider, with what will be sent, every secret masked.

use std::sync::Arc;

use bytes::Bytes;
use http::Method;

use crate::app::command::Command;
use crate::app::document::{Document, View};
use crate::app::lines::rows_of;
use crate::domain::account::Account;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};
use crate::domain::masking::MASK;
use crate::domain::secret::Secret;
use crate::domain::subscription::{Change, FieldValue, Rejection};
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
    /// The rows of what is said that were scrolled out of sight.
    hidden: usize,
}

/// What will be sent.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The method, and where it goes.
    pub line: String,
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
        // Only those that are given go out.
        let further = change.draft().into_iter().flat_map(|draft| &draft.further);
        let secrets = further.filter(|(_, value)| matches!(value, FieldValue::Secret(_)));
        let secrets = secrets.map(|(key, _)| (*key, Secret::new(MASK)));
        let call = api.change(account, change, &secrets.collect::<Secrets>())?;
        Ok(Self {
            line: format!("{} {}", call.request.method, call.url),
            body: json_view(api.masked_body(&call.request.body)),
        })
    }
}

/// The columns beside a sentence.
const MARGIN: u16 = 2;

/// A row of what is said in a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said<'a> {
    /// Of the sentence.
    Sentence(&'a str),
    /// Of the method and the address.
    Line(&'a str),
}

impl Confirm {
    /// A question seen from its beginning.
    #[must_use]
    pub fn new(title: String, says: String, preview: Option<Preview>, then: Command) -> Self {
        Self { title, says, preview, then, hidden: 0 }
    }

    /// What is said, in rows of that width.
    #[must_use]
    pub fn rows(&self, width: u16) -> Vec<Said<'_>> {
        let room = usize::from(width.saturating_sub(2 * MARGIN)).max(1);
        let line = self.preview.as_ref().map(|preview| rows_of(&preview.line, room));
        let sentence = rows_of(&self.says, room).into_iter().map(Said::Sentence);
        sentence.chain(line.into_iter().flatten().map(Said::Line)).collect()
    }

    /// The rows that somebody scrolled out of sight.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// Moves down or up: first what is said, as far as it has to make room, then the body.
    pub fn move_by(&mut self, rows: isize, most_hidden: usize) {
        let distance = rows.unsigned_abs();
        let body = self.preview.as_mut().map(|preview| &mut preview.body);
        let hidden = self.hidden.min(most_hidden);
        let in_body = if rows > 0 {
            self.hidden = hidden.saturating_add(distance).min(most_hidden);
            rows.saturating_sub_unsigned(self.hidden - hidden)
        } else {
            let inside = body.as_ref().map_or(0, |body| body.cursor()).min(distance);
            self.hidden = hidden.saturating_sub(distance - inside);
            0_isize.saturating_sub_unsigned(inside)
        };
        if let Some(body) = body {
            body.move_by(in_body);
        }
    }
}

/// JSON to be read, with nothing folded away.
#[must_use]
pub fn json_view(body: impl Into<Bytes>) -> View {
    view(body.into(), "application/json")
}

/// Lines of text to be read.
#[must_use]
pub fn text_view(text: impl Into<Bytes>) -> View {
    view(text.into(), "text/plain")
}

fn view(body: Bytes, content_type: &str) -> View {
    let request = Request {
        method: Method::GET,
        target: String::new(),
        version: Version::Http11,
        headers: Headers::from_pairs([("Content-Type", content_type)]),
        body,
    };
    let mut view = View::new(Arc::new(Document::of(&request)));
    view.unfold_all();
    view
}

#[cfg(test)]
mod tests;
