//! Samples of events.

use jiff::Timestamp;
use uuid::Uuid;

use crate::app::message::Message;
use crate::app::toast::Notice;
use crate::domain::url::Url;
use crate::providers::route::Route;
use crate::providers::samples::{Content, Sample};
use crate::providers::trigger::Trigger;
use crate::runtime::outward::Outward;

/// Sends a sample of a provider's event, and keeps what went out.
pub(super) async fn send(
    outward: Outward,
    sample: &'static Sample,
    content: Content,
    url: Url,
    route: Option<&Route>,
) -> Message {
    let public_url = route.and_then(|route| route.endpoint.public_url.as_deref());
    let trigger = Trigger { sample, content, edits: &[], url, route, public_url };
    match trigger.call(Timestamp::now(), &Uuid::now_v7().to_string()) {
        Ok(call) => {
            let (id, attempt) = outward.trigger(call).await;
            Message::Attempted { id, attempt }
        }
        Err(error) => Message::Failed(Notice::error(error.to_string())),
    }
}
