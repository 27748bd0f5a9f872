//! What can be read at Avionté about a notification. Its pages name an endpoint for most events, and
//! the path of one of them: the others are configured, never guessed.
//!
//! <https://developer.avionte.com/docs/webhooks>

use std::borrow::Cow;

use serde::de::IgnoredAny;

use crate::domain::account::Account;
use crate::domain::event::{self, Event};
use crate::domain::http::Request;
use crate::domain::url::Url;
use crate::providers::api::Link;
use crate::providers::envelope::Envelope;
use crate::providers::members::members;
use crate::providers::segment::segment;

/// An endpoint that the documents name as the follow-up of events.
struct FollowUp {
    /// Its name in the documents.
    name: &'static str,
    /// Its key among the paths of an account.
    key: &'static str,
    /// The events it follows.
    events: &'static [&'static str],
    /// Its path, if the documents tell.
    path: Option<&'static str>,
}

const fn follow_up(
    name: &'static str,
    key: &'static str,
    events: &'static [&'static str],
) -> FollowUp {
    FollowUp { name, key, events, path: None }
}

const FOLLOW_UPS: &[FollowUp] = &[
    FollowUp {
        path: Some("talent/{id}"),
        ..follow_up("Get a Talent", "talent", &["talent_created", "talent_saved", "talent_merged"])
    },
    follow_up("Get a User by ID", "user", &["talent_login_created"]),
    follow_up("Get a Talent Stage", "talent_stage", &["talent_submitted"]),
    follow_up("Get a Contact", "contact", &["contact_created", "contact_updated"]),
    follow_up("Get Contact Tags", "contact_tags", &["contact_tag_added"]),
    follow_up("Get a Company", "company", &["company_updated"]),
    follow_up("Get a Department", "department", &["company_department_created"]),
    follow_up(
        "Get a Department Address",
        "department_address",
        &["company_address_created", "company_address_updated"],
    ),
    follow_up("Get Company Tags", "company_tags", &["company_tag_added", "company_tag_deleted"]),
    follow_up("Get Company Statuses", "company_statuses", &["company_statuses_updated"]),
    follow_up("Get a Job", "job", &["job_created", "job_updated"]),
    follow_up("Get Posted Jobs", "posted_jobs", &["job_post_deleted"]),
    follow_up("Get a Placement", "placement", &["placement_started", "placement_updated"]),
    follow_up(
        "Get Placement End Reason Definitions",
        "placement_end_reasons",
        &["placement_end_reasons_updated"],
    ),
    follow_up("Get a Branch", "branch", &["branch_created"]),
    follow_up("Get Approved Timesheet", "approved_timesheet", &["time_sheet_processed"]),
];

/// What can be read: one thing, by the path that the account names for the event or its follow-up,
/// else by the documented one.
pub(super) fn links(account: &Account, request: &Request, event: &Event) -> Vec<Link> {
    let Some(kind) = event.kind.as_deref() else {
        return vec![link("resource", Err("the body names no event of Avionté".to_owned()))];
    };
    let known =
        FOLLOW_UPS.iter().find(|it| it.events.iter().any(|it| it.eq_ignore_ascii_case(kind)));
    let named = |key: &str| account.paths.get(key).map(String::as_str);
    let path = named(kind).or_else(|| named(known?.key)).or_else(|| known?.path);
    let Some(path) = path else {
        return vec![without_path(kind, known)];
    };
    let label = known.map_or(kind, |known| known.name);
    let url = Resource::of(request, event).and_then(|resource| {
        let path = resource.fill(path)?;
        account.base_url.join(&path).map_err(|error| format!("its address {error}"))
    });
    vec![link(label, url)]
}

fn link(label: &str, url: Result<Url, String>) -> Link {
    Link { label: label.to_owned(), url }
}

fn without_path(kind: &str, known: Option<&FollowUp>) -> Link {
    match known {
        Some(FollowUp { name, key, .. }) => link(
            &format!("{name} (path not documented here)"),
            Err(format!(
                "Avionté's page names \"{name}\", but its path is not known to hookscope: set \
                 paths.{key} in the account, for example \"{key}/{{id}}\""
            )),
        ),
        None => link(
            "resource",
            Err(format!(
                "the documents name nothing to read for {kind}; if there is, set paths.{kind} in \
                 the account"
            )),
        ),
    }
}

/// What a notification is about, as JSON: its `Resource`, in the flat envelope itself.
struct Resource<'a> {
    json: Cow<'a, [u8]>,
    /// What the event is about; none for an event that is not documented.
    about: Option<&'a event::Resource>,
}

impl<'a> Resource<'a> {
    fn of(request: &'a Request, event: &'a Event) -> Result<Self, String> {
        let envelope = Envelope::of(&request.body);
        let json = match envelope.resource.text() {
            Some(Cow::Borrowed(text)) => Cow::Borrowed(text.as_bytes()),
            Some(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
            None if envelope.resource.is_given() => Cow::Borrowed(envelope.resource.json()),
            None => Cow::Borrowed(&request.body[..]),
        };
        serde_json::from_slice::<IgnoredAny>(&json).map_err(|_malformed| {
            "its Resource is not valid JSON, so no id can be read".to_owned()
        })?;
        Ok(Self { json, about: event.resource.as_ref() })
    }

    /// The template with its `{names}` replaced by members, `{id}` by the id of the event's thing.
    fn fill(&self, template: &str) -> Result<String, String> {
        let mut path = "/".to_owned();
        let mut rest = template.trim_start_matches('/');
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, after) = behind
                .split_once('}')
                .ok_or_else(|| format!("the path \"{template}\" has a {{ without its }}"))?;
            path += before;
            path += &segment(&self.member(name)?)?;
            rest = after;
        }
        Ok(path + rest)
    }

    fn member(&self, name: &str) -> Result<Cow<'_, str>, String> {
        let found = match (name, self.about) {
            ("id", Some(about)) => about.id.as_deref().map(Cow::Borrowed),
            ("id", None) => self.own("Id").or_else(|| self.own("id")),
            (name, _) => self.own(name),
        };
        found.ok_or_else(|| format!("its Resource holds no {name}"))
    }

    fn own(&self, name: &str) -> Option<Cow<'_, str>> {
        let [member] = members(&self.json, [name]);
        member.id()
    }
}

#[cfg(test)]
mod tests;
