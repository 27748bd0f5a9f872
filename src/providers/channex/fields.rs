//! The fields of a webhook: what Channex calls them, what forms call them, and what they mean.

use crate::domain::subscription::{FieldKind, FormField};

/// The fields beyond target, active and events.
pub(super) const FIELDS: &[FormField] = &[
    FormField {
        key: "property",
        label: "property",
        kind: FieldKind::Text,
        help: "the id of the property whose events are sent; none for a global webhook",
    },
    FormField {
        key: "global",
        label: "global",
        kind: FieldKind::Flag,
        help: "sends the events of every property; where a property has a webhook of its own for \
               an event, only that one is called",
    },
    FormField {
        key: "send_data",
        label: "send data",
        kind: FieldKind::Flag,
        help: "sends the payload along; without it an event has its name, property and time alone",
    },
    FormField {
        key: "headers",
        label: "headers",
        kind: FieldKind::Json,
        help: "header fields that are added to each delivery, an object of texts; *** leaves the \
               value as it is",
    },
    FormField {
        key: "secret_header",
        label: "secret header",
        kind: FieldKind::Text,
        help: "the header field for the secret; X-Channex-Webhook-Secret unless another is named",
    },
    FormField {
        key: "secret",
        label: "secret",
        kind: FieldKind::Secret,
        help: "is added to the headers; Channex signs nothing, a secret header is its own advice",
    },
    FormField {
        key: "params",
        label: "parameters",
        kind: FieldKind::Json,
        help: "query parameters that are added to the target, an object of texts; *** leaves the \
               value as it is",
    },
    FormField {
        key: "protected",
        label: "protected",
        kind: FieldKind::Flag,
        help: "Channex documents this field without its meaning, which is not known",
    },
];

/// What Channex calls a field, and its key in drafts and rejections.
const NAMES: [(&str, &str); 9] = [
    ("callback_url", "target"),
    ("event_mask", "events"),
    ("is_active", "active"),
    ("property_id", "property"),
    ("is_global", "global"),
    ("send_data", "send_data"),
    ("headers", "headers"),
    ("request_params", "params"),
    ("protected", "protected"),
];

/// The key of the field that Channex calls so.
pub(super) fn key_of(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(theirs, _)| *theirs == name).map(|(_, key)| *key)
}
