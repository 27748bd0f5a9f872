//! What can be read at Channex about a notification. A revision is never acknowledged here: that
//! would take it out of the feed.

use jiff::civil::Date;
use serde_json::value::RawValue;

use crate::domain::account::Account;
use crate::domain::event::Event;
use crate::domain::http::Request;
use crate::providers::api::Link;
use crate::providers::envelope::Envelope;
use crate::providers::members::{Member, members};
use crate::providers::segment::segment;

/// Why nothing can be read about an event without data.
const NO_DATA: &str = "sent without data (send_data is off), so its id is not known";

/// Every restriction that the documents name; the endpoint insists on a choice.
const RESTRICTIONS: &str = "availability,rate,min_stay_arrival,min_stay_through,min_stay,\
     closed_to_arrival,closed_to_departure,stop_sell,max_stay,availability_offset,max_availability";

/// What can be read: what the event is about first.
pub(super) fn links(account: &Account, request: &Request, event: &Event) -> Vec<Link> {
    let envelope = Envelope::of(&request.body);
    let notification =
        Notification { account, property: envelope.property_id, payload: envelope.payload };
    match event.kind.as_deref() {
        Some(
            "booking"
            | "booking_new"
            | "booking_modification"
            | "booking_cancellation"
            | "booking_unmapped_room"
            | "booking_unmapped_rate"
            | "non_acked_booking",
        ) => notification.of_booking(),
        Some("message" | "inquiry" | "message_thread_booking_assigned") => notification.of_thread(),
        Some("review" | "updated_review") => {
            let review = notification.id(&["id"]).map(|id| format!("/reviews/{id}"));
            vec![notification.link("review", review)]
        }
        Some("ari") => notification.of_ari(),
        Some(other) => nothing(format!("the documents name nothing to read for {other}")),
        None => nothing("the body names no event of Channex".to_owned()),
    }
}

fn nothing(reason: String) -> Vec<Link> {
    vec![Link { label: "resource".to_owned(), url: Err(reason) }]
}

/// What a notification tells about where to read.
struct Notification<'a> {
    account: &'a Account,
    property: Member<'a>,
    payload: Member<'a>,
}

impl Notification<'_> {
    fn of_booking(&self) -> Vec<Link> {
        let feed = self.property().map(|property| {
            format!("/booking_revisions/feed?filter[property_id]={property}&order[inserted_at]=asc")
        });
        let feed = self.link("booking revisions not acknowledged yet", feed);
        if !self.payload.is_given() {
            return vec![feed];
        }
        let revision = self
            .id(&["revision_id", "booking_revision_id"])
            .map(|id| format!("/booking_revisions/{id}"));
        let booking = self.id(&["booking_id"]).map(|id| format!("/bookings/{id}"));
        vec![self.link("booking revision", revision), self.link("booking", booking), feed]
    }

    fn of_thread(&self) -> Vec<Link> {
        let thread = self.id(&["message_thread_id"]).map(|id| format!("/message_threads/{id}"));
        let messages = thread.clone().map(|thread| format!("{thread}/messages"));
        let mut links = vec![self.link("message thread", thread.clone())];
        if thread.is_ok() {
            links.push(self.link("messages of the thread", messages));
        }
        // An inquiry has no booking yet.
        if let Ok(booking) = self.id(&["booking_id"]) {
            let messages = Ok(format!("/bookings/{booking}/messages"));
            links.push(self.link("messages of the booking", messages));
        }
        links
    }

    fn of_ari(&self) -> Vec<Link> {
        let filter = self.dates().and_then(|(first, last)| {
            let property = self.property()?;
            Ok(format!(
                "filter[property_id]={property}&filter[date][gte]={first}&filter[date][lte]={last}"
            ))
        });
        let restrictions = filter
            .clone()
            .map(|filter| format!("/restrictions?{filter}&filter[restrictions]={RESTRICTIONS}"));
        let availability = filter.map(|filter| format!("/availability?{filter}"));
        vec![
            self.link("rates and restrictions", restrictions),
            self.link("availability", availability),
        ]
    }

    /// The first and the last day that the payload is about.
    fn dates(&self) -> Result<(Date, Date), String> {
        if !self.payload.is_given() {
            return Err(
                "sent without data (send_data is off), so its dates are not known".to_owned()
            );
        }
        let rows =
            serde_json::from_slice::<Vec<&RawValue>>(self.payload.json()).unwrap_or_default();
        let mut dates = Vec::new();
        for row in rows {
            let [date] = members(row.get().as_bytes(), ["date"]);
            dates.extend(date.word().and_then(|date| date.parse::<Date>().ok()));
        }
        let ends = dates.iter().min().zip(dates.iter().max());
        ends.map(|(first, last)| (*first, *last))
            .ok_or_else(|| "the payload has no date".to_owned())
    }

    fn property(&self) -> Result<String, String> {
        let id = self.property.id().ok_or("the notification has no property_id")?;
        segment(&id)
    }

    /// The first of these members of the payload that is an id.
    fn id(&self, names: &[&str]) -> Result<String, String> {
        if !self.payload.is_given() {
            return Err(NO_DATA.to_owned());
        }
        for name in names {
            let [id] = members(self.payload.json(), [name]);
            if let Some(id) = id.id() {
                return segment(&id);
            }
        }
        Err(format!("the payload has no {}", names.join(" and no ")))
    }

    fn link(&self, label: &str, path: Result<String, String>) -> Link {
        let url = path.and_then(|path| {
            self.account.base_url.join(&path).map_err(|error| format!("its address {error}"))
        });
        Link { label: label.to_owned(), url }
    }
}

#[cfg(test)]
mod tests;
