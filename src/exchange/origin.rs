//! What a form has no member for: where a delivery came from and what of it would get lost.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::fixture::Fixture;
use super::imported::Imported;
use crate::domain::annotation::{Annotation, Comment};
use crate::domain::headers::{Fidelity, Headers};
use crate::domain::http::{Request, Version};
use crate::domain::masking;
use crate::domain::name::EndpointName;
use crate::domain::record::Record;

/// The `_hookscope` object of a HAR entry, and the comment of a request in an HTTP file.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Origin {
    uid: Option<String>,
    received_at: Option<String>,
    endpoint: Option<String>,
    peer: Option<String>,
    /// What was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<i64>,
    /// The method, where a request line that begins with it looks like a comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) method: Option<String>,
    /// The target, where an address may not carry it.
    pub(super) target: Option<String>,
    version: Option<String>,
    headers_exact: Option<bool>,
    /// The lines of the head in base64, where they are not text.
    #[serde(skip_serializing_if = "Option::is_none")]
    head_base64: Option<String>,
    /// How many bytes the body has.
    pub(super) body_size: Option<usize>,
    /// The body in base64, where it is not text.
    #[serde(skip_serializing_if = "Option::is_none")]
    body_base64: Option<String>,
    /// What the user says of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    marked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    /// What the redacted delivery verifies by.
    #[serde(skip_serializing_if = "Option::is_none")]
    fixture: Option<Fixture>,
}

impl Origin {
    /// What is known of a delivery beside its request.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let delivery = &record.delivery;
        let is_exact = delivery.request.headers.fidelity() == Fidelity::Exact;
        Self {
            uid: Some(delivery.uid.to_string()),
            received_at: Some(delivery.received_at.to_string()),
            endpoint: Some(delivery.endpoint.to_string()),
            peer: Some(delivery.peer.to_string()),
            status: Some(record.answered.status.as_u16().into()),
            headers_exact: (!is_exact).then_some(false),
            body_size: Some(delivery.request.body.len()),
            marked: record.annotation.marked,
            note: record.annotation.comment.note().map(str::to_owned),
            tags: record.annotation.comment.tags().to_vec(),
            ..Self::default()
        }
    }

    /// The same with what JSON texts and addresses do not carry: the exact target, and head and
    /// body where they are not UTF-8.
    #[must_use]
    pub fn with_exact_parts(mut self, request: &Request, reveal: bool) -> Self {
        self.target = Some(request.target.clone());
        self.version = Some(request.version.to_string());
        let has_text =
            |field: &crate::domain::headers::Field| std::str::from_utf8(&field.value).is_ok();
        if !request.headers.iter().all(has_text) {
            let shown =
                if reveal { request.headers.clone() } else { masking::masked(&request.headers) };
            self.head_base64 = Some(STANDARD.encode(shown.to_block()));
        }
        if std::str::from_utf8(&request.body).is_err() {
            self.body_base64 = Some(STANDARD.encode(&request.body));
        }
        self
    }

    /// The same with what the delivery verifies by.
    #[must_use]
    pub fn with_fixture(self, fixture: Option<&Fixture>) -> Self {
        Self { fixture: fixture.cloned(), ..self }
    }

    /// As JSON, on one line.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).expect("texts have a JSON form")
    }

    /// The request that is told here in place of the one read from the form. What cannot be read is
    /// taken as not told.
    pub(super) fn corrected(&self, mut request: Request) -> Result<Request, String> {
        if let Some(target) = &self.target {
            request.target = super::imported::target(target)?;
        }
        if let Some(version) = &self.version {
            request.version = Version::from_name(version);
        }
        let fidelity =
            if self.headers_exact == Some(false) { Fidelity::Normalized } else { Fidelity::Exact };
        let block = self.head_base64.as_ref().and_then(|text| STANDARD.decode(text).ok());
        let headers = match block {
            Some(block) => {
                let read = Headers::from_block(&Bytes::from(block), fidelity);
                let sound =
                    read.iter().map(|field| super::imported::field(&field.name, &field.value));
                Headers::new(sound.collect::<Result<_, _>>()?, fidelity)
            }
            None => Headers::new(request.headers.iter().cloned().collect(), fidelity),
        };
        request.headers = headers;
        if let Some(body) = self.body_base64.as_ref().and_then(|text| STANDARD.decode(text).ok()) {
            request.body = body.into();
        }
        Ok(request)
    }

    /// The delivery with this request.
    pub(super) fn imported(&self, request: Request) -> Imported {
        let mut imported = Imported::new(request);
        imported.uid = self.uid.as_ref().and_then(|text| Uuid::try_parse(text).ok());
        imported.received_at = self.received_at.as_ref().and_then(|text| text.parse().ok());
        imported.endpoint = self.endpoint.as_deref().map(EndpointName::from);
        imported.peer = self.peer.as_ref().and_then(|text| text.parse().ok());
        imported.status = self.status.and_then(super::imported::status);
        let comment = Comment::kept(self.note.as_deref(), &self.tags);
        imported.annotation = Annotation { marked: self.marked, comment };
        imported.notes.extend(self.fixture.as_ref().map(Fixture::note));
        imported
    }
}
