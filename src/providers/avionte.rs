//! Avionté. The Front Office puts the thing that an event is about as JSON into a string; the Back
//! Office sends it flat. Their pages' samples are not always valid, so nothing here may insist.
//!
//! <https://developer.avionte.com/docs/webhooks>

mod links;
mod token;
mod api;
mod about;
pub(super) mod request_sheet;

use std::borrow::Cow;

use crate::domain::delivery::Delivery;
use crate::domain::event::{Event, ProviderId, Resource};

use api::AvionteApi;

use super::about::About;
use super::api::Api;
use super::envelope::Envelope;
use super::members::{Member, members_in_any_case};
use super::provider::{Confidence, EventType, Provider};

/// Avionté.
#[derive(Clone, Copy, Debug)]
pub(super) struct Avionte;

/// The Front Office events that are known; the whole list is not published. `id_member` stands in
/// the JSON of `Resource`.
const EVENTS: &[EventType] = &[
    EventType::new("talent_created", "a talent is created").about("talent", "Id"),
    EventType::new("talent_saved", "a talent is saved").about("talent", "Id"),
    EventType::new("talent_merged", "two talents are merged").about("talent", "GoodTalentId"),
    EventType::new("talent_login_created", "a login of a talent is created")
        .about("talent", "TalentId"),
    EventType::new("direct_deposit_created", "a direct deposit of a talent is created")
        .about("talent", "TalentId"),
    EventType::new("talent_submitted", "a talent is submitted").about("nomination", "NominationId"),
    EventType::new("contact_created", "a contact is created").about("contact", "Id"),
    EventType::new("contact_updated", "a contact is changed").about("contact", "Id"),
    EventType::new("contact_tag_added", "a contact gets a tag").about("contact", "ContactId"),
    EventType::new("company_updated", "a company is changed").about("company", "Id"),
    EventType::new("company_department_created", "a department, or a company, is created")
        .about("department", "DepartmentId"),
    EventType::new("company_address_created", "an address of a company is created")
        .about("address", "AddressId"),
    EventType::new("company_address_updated", "an address of a company is changed")
        .about("address", "AddressId"),
    EventType::new("company_tag_added", "a company gets a tag").about("company", "CompanyId"),
    EventType::new("company_tag_deleted", "a company loses a tag").about("company", "CompanyId"),
    EventType::new("company_statuses_updated", "company statuses are changed")
        .about_some("company_statuses"),
    EventType::new("job_created", "a job is created").about("job", "Id"),
    EventType::new("job_updated", "a job is changed").about("job", "Id"),
    EventType::new("job_post_deleted", "a posting of a job is deleted")
        .about("job_posting", "jobPostingId"),
    EventType::new("VMS_job_created", "a VMS job is created").about("job", "JobId"),
    EventType::new("placement_started", "a placement starts").about("placement", "PlacementId"),
    EventType::new("placement_updated", "a placement is changed").about("placement", "PlacementId"),
    EventType::new("placement_extension_deleted", "an extension of a placement is deleted")
        .about("placement_extension", "PlacementExtensionId"),
    EventType::new("placement_end_reasons_updated", "placement end reasons are changed")
        .about("placement_end_reason", "ReasonId"),
    EventType::new("branch_created", "a branch is created").about("branch", "Id"),
    EventType::new("time_sheet_processed", "a time sheet is processed").about("time_sheet", "Id"),
    EventType::new("day_pay_approved", "a day pay is approved").about("day_pay", "DayPayId"),
    EventType::new(BENEFIT, "a talent's eligibility for a partner's benefits is reported")
        .about("talent", TALENT_GUID),
];

/// The event of the Back Office. Its `Partner` stands for the partner's own name.
const BENEFIT: &str = "PartnerTalentBenefitEligibleEvent";

/// How its name ends whoever the partner is.
const BENEFIT_END: &str = "TalentBenefitEligibleEvent";

/// Where the Back Office has the id: in the notification itself.
const TALENT_GUID: &str = "TalentGuid";

impl Provider for Avionte {
    fn id(&self) -> ProviderId {
        ProviderId::Avionte
    }

    fn events(&self) -> Vec<&'static EventType> {
        EVENTS.iter().collect()
    }

    fn api(&self) -> &'static dyn Api {
        &AvionteApi
    }

    fn about(&self, delivery: &Delivery) -> About {
        about::about(delivery)
    }

    fn recognizes(&self, envelope: &Envelope<'_>) -> Confidence {
        let own =
            [envelope.resource_model_type, envelope.front_office_tenant_id, envelope.tenant_id];
        if envelope.event_name.word().is_none() {
            Confidence::No
        } else if own.into_iter().any(Member::is_given) {
            Confidence::Certain
        } else if envelope.correlation_id.is_given() {
            Confidence::Likely
        } else {
            // Storage servers send a bare `EventName` too.
            Confidence::No
        }
    }

    fn event(&self, envelope: &Envelope<'_>) -> Event {
        let name = envelope.event_name.word();
        let documented = name.as_deref().and_then(documented);
        Event {
            resource: documented.and_then(|event| resource(envelope, event)),
            key: envelope.correlation_id.word().map(Cow::into_owned),
            ..name.as_deref().map(Event::of_kind).unwrap_or_default()
        }
    }
}

/// The documented event of that name; letter case varies between pages and samples.
fn documented(name: &str) -> Option<&'static EventType> {
    let name = if name.ends_with(BENEFIT_END) { BENEFIT } else { name };
    EVENTS.iter().find(|event| event.name.eq_ignore_ascii_case(name))
}

fn resource(envelope: &Envelope<'_>, event: &EventType) -> Option<Resource> {
    if event.id_member == Some(TALENT_GUID) {
        return event.resource_with(envelope.talent_guid);
    }
    let inner = inner(envelope.resource);
    let [id] = members_in_any_case(&inner, [event.id_member.unwrap_or_default()]);
    event.resource_with(id)
}

/// The JSON of the thing: what the string holds, or the value itself where it is no string. Pages
/// and samples differ in the letter case of its members as well.
fn inner(resource: Member<'_>) -> Cow<'_, [u8]> {
    match resource.text() {
        Some(Cow::Borrowed(text)) => Cow::Borrowed(text.as_bytes()),
        Some(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
        None => Cow::Borrowed(resource.json()),
    }
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
