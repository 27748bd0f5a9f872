//! One sample of every documented event, as the provider would send it. What the documents leave
//! open is left out of a sample too; ids and names in them are made up.

use http::Method;
use serde_json::Value;

use crate::domain::event::ProviderId;
use crate::domain::headers::Headers;
use crate::domain::http::{Request, Version};

/// A notification as the provider's documents show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The provider.
    pub provider: ProviderId,
    /// The event, in the words of the provider's subscriptions.
    pub event: &'static str,
    file: &'static str,
}

/// Whether a notification carries what it is about, where a subscription can choose that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// As the provider's documents show it, whole.
    #[default]
    Whole,
    /// Without the `payload`, as Channex sends it unless `send_data` is on.
    WithoutData,
}

impl Sample {
    /// The body, as it is sent.
    #[must_use]
    pub fn body(&self, content: Content) -> String {
        let whole = self.file.trim_end();
        let parsed = serde_json::from_str(whole);
        match (content, parsed) {
            (Content::WithoutData, Ok(Value::Object(mut members))) if self.can_leave_data() => {
                members.shift_remove(PAYLOAD);
                Value::Object(members).to_string()
            }
            _ => whole.to_owned(),
        }
    }

    /// Whether the provider can send it without its data.
    #[must_use]
    pub fn can_leave_data(&self) -> bool {
        self.provider == ProviderId::Channex
    }

    /// Whether the documents tell what data it carries; else it is sent without.
    #[must_use]
    pub fn data_is_documented(&self) -> bool {
        // Asked for every sample with every key: the files are ours, and a look is enough.
        !self.can_leave_data() || self.file.contains("\"payload\":")
    }

    /// The request that brings it to a target. The documents tell of no header but the type of the
    /// body and what authenticates it.
    #[must_use]
    pub fn request(&self, content: Content, target: &str, host: &str) -> Request {
        Request {
            method: Method::POST,
            target: target.to_owned(),
            version: Version::Http11,
            headers: Headers::from_pairs([("Host", host), ("Content-Type", "application/json")]),
            body: self.body(content).into(),
        }
    }
}

/// Where Channex has the data of a notification.
const PAYLOAD: &str = "payload";

/// Every sample of a provider, in the order of its events; other shapes come last.
pub fn of(provider: ProviderId) -> impl Iterator<Item = &'static Sample> {
    SAMPLES.iter().filter(move |sample| sample.provider == provider)
}

/// The sample of that event; letter case does not matter.
#[must_use]
pub fn named(provider: ProviderId, event: &str) -> Option<&'static Sample> {
    of(provider).find(|sample| sample.event.eq_ignore_ascii_case(event))
}

macro_rules! sample {
    ($provider:ident, $folder:literal, $event:literal) => {
        Sample {
            provider: ProviderId::$provider,
            event: $event,
            file: include_str!(concat!("../../assets/samples/", $folder, "/", $event, ".json")),
        }
    };
}

#[rustfmt::skip]
const SAMPLES: &[Sample] = &[
    sample!(Avinode, "avinode", "TripRequest"),
    sample!(Avinode, "avinode", "TripChatFromBuyer"),
    sample!(Avinode, "avinode", "TripRequestSellerResponse"),
    sample!(Avinode, "avinode", "TripChatFromSeller"),
    sample!(Avinode, "avinode", "TripRequestMine"),
    sample!(Avinode, "avinode", "TripRequestSellerResponseMine"),
    sample!(Avinode, "avinode", "TripChatMine"),
    sample!(Avinode, "avinode", "EmptyLegs"),
    sample!(Avinode, "avinode", "ClientLeads"),
    sample!(Schedaero, "schedaero", "SchedAeroContacts"),
    sample!(Schedaero, "schedaero", "SchedAeroPassengers"),
    sample!(Schedaero, "schedaero", "SchedAeroLogistics"),
    sample!(Schedaero, "schedaero", "schedaero-trip"),
    sample!(Avionte, "avionte", "talent_created"),
    sample!(Avionte, "avionte", "talent_saved"),
    sample!(Avionte, "avionte", "talent_merged"),
    sample!(Avionte, "avionte", "talent_login_created"),
    sample!(Avionte, "avionte", "direct_deposit_created"),
    sample!(Avionte, "avionte", "talent_submitted"),
    sample!(Avionte, "avionte", "contact_created"),
    sample!(Avionte, "avionte", "contact_updated"),
    sample!(Avionte, "avionte", "contact_tag_added"),
    sample!(Avionte, "avionte", "company_updated"),
    sample!(Avionte, "avionte", "company_department_created"),
    sample!(Avionte, "avionte", "company_address_created"),
    sample!(Avionte, "avionte", "company_address_updated"),
    sample!(Avionte, "avionte", "company_tag_added"),
    sample!(Avionte, "avionte", "company_tag_deleted"),
    sample!(Avionte, "avionte", "company_statuses_updated"),
    sample!(Avionte, "avionte", "job_created"),
    sample!(Avionte, "avionte", "job_updated"),
    sample!(Avionte, "avionte", "job_post_deleted"),
    sample!(Avionte, "avionte", "VMS_job_created"),
    sample!(Avionte, "avionte", "placement_started"),
    sample!(Avionte, "avionte", "placement_updated"),
    sample!(Avionte, "avionte", "placement_extension_deleted"),
    sample!(Avionte, "avionte", "placement_end_reasons_updated"),
    sample!(Avionte, "avionte", "branch_created"),
    sample!(Avionte, "avionte", "time_sheet_processed"),
    sample!(Avionte, "avionte", "day_pay_approved"),
    sample!(Avionte, "avionte", "PartnerTalentBenefitEligibleEvent"),
    sample!(Channex, "channex", "ari"),
    sample!(Channex, "channex", "booking"),
    sample!(Channex, "channex", "booking_new"),
    sample!(Channex, "channex", "booking_modification"),
    sample!(Channex, "channex", "booking_cancellation"),
    sample!(Channex, "channex", "booking_unmapped_room"),
    sample!(Channex, "channex", "booking_unmapped_rate"),
    sample!(Channex, "channex", "non_acked_booking"),
    sample!(Channex, "channex", "message"),
    sample!(Channex, "channex", "sync_error"),
    sample!(Channex, "channex", "sync_warning"),
    sample!(Channex, "channex", "rate_error"),
    sample!(Channex, "channex", "reservation_request"),
    sample!(Channex, "channex", "alteration_request"),
    sample!(Channex, "channex", "accepted_reservation"),
    sample!(Channex, "channex", "declined_reservation"),
    sample!(Channex, "channex", "inquiry"),
    sample!(Channex, "channex", "review"),
    sample!(Channex, "channex", "updated_review"),
    sample!(Channex, "channex", "new_channel"),
    sample!(Channex, "channex", "updated_channel"),
    sample!(Channex, "channex", "disconnect_channel"),
    sample!(Channex, "channex", "disconnect_listing"),
    sample!(Channex, "channex", "activate_channel"),
    sample!(Channex, "channex", "deactivate_channel"),
    sample!(Channex, "channex", "channel_removal_warning"),
    sample!(Channex, "channex", "property_removal_warning"),
    sample!(Channex, "channex", "message_thread_booking_assigned"),
];

#[cfg(test)]
mod tests;
