//! The members of a notification that some provider is recognized or understood by.

use jiff::Timestamp;

use super::members::{Member, members};

macro_rules! envelope {
    ($(#[$doc:meta])* $name:ident { $($field:ident = $member:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $name<'a> {
            $(#[doc = concat!("The member `", $member, "`.")] pub $field: Member<'a>,)+
        }

        impl<'a> $name<'a> {
            /// Reads the body of a request.
            #[must_use]
            pub fn of(body: &'a [u8]) -> Self {
                let [$($field),+] = members(body, [$($member),+]);
                Self { $($field),+ }
            }
        }
    };
}

envelope! {
    /// What is read of a body, in one pass for all providers. Every member is empty if the body is
    /// not a JSON object.
    Envelope {
        id = "id",
        href = "href",
        kind = "type",
        event = "event",
        event_type = "event_type",
        object = "object",
        payload = "payload",
        property_id = "property_id",
        timestamp = "timestamp",
        event_name = "EventName",
        resource = "Resource",
        resource_model_type = "ResourceModelType",
        correlation_id = "CorrelationId",
        front_office_tenant_id = "FrontOfficeTenantId",
        tenant_id = "TenantId",
        talent_guid = "TalentGuid",
    }
}

impl Envelope<'_> {
    /// The time in `timestamp`, if it is written as RFC 3339 has it.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.timestamp.word()?.parse().ok()
    }
}
