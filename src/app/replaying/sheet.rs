//! The replay sheet: a plan to fill in.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;

use crate::app::context::Context;
use crate::app::editor::{Block, Editor};
use crate::app::subscribing::field::{Field, Input};
use crate::app::subscribing::fields::Fields;
use crate::app::subscribing::recalled::Recalled;
use crate::domain::delivery::DeliveryId;
use crate::domain::edit::Edit;
use crate::domain::event::ProviderId;
use crate::domain::http::Request;
use crate::domain::name::EndpointName;
use crate::domain::plan::{Changes, HeaderChange, Pace, Plan, Proof};
use crate::domain::record::Record;
use crate::domain::url::Url;
use crate::providers::rules::delay_after;

/// The keys of the fields.
pub mod keys {
    /// Where to.
    pub const TARGET: &str = "target";
    /// What proves them.
    pub const SIGN: &str = "sign";
    /// Whether what is signed afresh keeps its id.
    pub const KEEPS_ID: &str = "keeps id";
    /// The whole body.
    pub const BODY: &str = "body";
    /// Single values of the body.
    pub const VALUES: &str = "values";
    /// Header fields that are different.
    pub const HEADERS: &str = "headers";
    /// How often.
    pub const TIMES: &str = "times";
    /// How many at once.
    pub const PARALLEL: &str = "parallel";
    /// The time between two.
    pub const GAP: &str = "gap";
    /// Whether they go out at the intervals at which they arrived.
    pub const SPACED: &str = "spaced";
    /// Whose retries to imitate.
    pub const RETRY: &str = "retry";
    /// Whether the delivery is named in a header.
    pub const MARKED: &str = "marked";
}

/// The replay sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    deliveries: Vec<DeliveryId>,
    /// The endpoints that they arrived at.
    pub endpoints: BTreeSet<EndpointName>,
    /// The fields, from the top.
    pub fields: Fields,
    /// Endpoints whose schemes can sign, in the order of the choice.
    signers: Vec<EndpointName>,
    /// Providers that say when they try again, in the order of the choice.
    retrying: Vec<ProviderId>,
    captured: Option<Captured>,
    /// The plan whose request was asked for last.
    pub rehearsed: Option<Plan>,
}

/// What is known of a single delivery.
#[derive(Clone, Debug)]
struct Captured {
    request: Request,
    /// The body that is sent if the field is not touched, and whether it is the captured one.
    body: Bytes,
    is_edited: bool,
    is_json: bool,
    /// The text that the field began with, if the body can be edited there.
    text: Option<String>,
}

impl Captured {
    fn new(record: &Record, edited: Option<Bytes>) -> Self {
        let request = &record.delivery.request;
        let is_edited = edited.is_some();
        let body = edited.unwrap_or_else(|| request.body.clone());
        let text = std::str::from_utf8(&body).ok().map(str::trim_end);
        // What the field would change by itself is not edited there.
        let text = text.filter(|text| Block::new(text).text() == *text).map(str::to_owned);
        Self { request: request.clone(), is_json: is_json(&request.body), body, is_edited, text }
    }
}

impl Sheet {
    /// A sheet for these deliveries, which sends them as they were captured. `record` is the one if
    /// it is a single one, `edited` its new body; `targets` begins with the one to fill in, and
    /// `signers` are all endpoints.
    #[must_use]
    pub fn new(
        wanted: &[(DeliveryId, EndpointName)],
        record: Option<&Record>,
        edited: Option<Bytes>,
        targets: Vec<String>,
        signers: Vec<EndpointName>,
    ) -> Self {
        let deliveries = wanted.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        let endpoints = wanted.iter().map(|(_, endpoint)| endpoint.clone()).collect();
        let captured = record.map(|record| Captured::new(record, edited));
        let retrying = ProviderId::ALL.into_iter().filter(|id| delay_after(*id, 1).is_some());
        let retrying = retrying.collect::<Vec<_>>();
        let text = captured.as_ref().and_then(|captured| captured.text.as_deref());
        let all = fields(targets, &signers, text, &retrying);
        let (fields, rehearsed) = (Fields::new(all), None);
        Self { deliveries, endpoints, fields, signers, retrying, captured, rehearsed }
    }

    /// The context of its keys: that of the field that has them.
    #[must_use]
    pub fn context(&self) -> Context {
        match self.fields.context() {
            Context::FormText => Context::ReplayText,
            Context::FormChoice => Context::ReplayChoice,
            _ => Context::Replay,
        }
    }

    /// What it is about.
    #[must_use]
    pub fn title(&self) -> String {
        match self.deliveries.as_slice() {
            [id] => format!("Replay #{id}"),
            several => format!("Replay {} deliveries", several.len()),
        }
    }

    /// The plan that it makes; none if a field has something that is no value of it, which is then
    /// said there.
    pub fn plan(&mut self) -> Option<Plan> {
        for field in self.fields.iter_mut() {
            field.mistake = None;
        }
        match self.planned() {
            Ok(plan) => Some(plan),
            Err((key, mistake)) => {
                if let Some(field) = self.fields.field_of_mut(key) {
                    field.mistake = Some(mistake);
                }
                self.fields.to_mistake();
                None
            }
        }
    }

    fn planned(&self) -> Result<Plan, (&'static str, String)> {
        let target = Url::parse(self.fields.line(keys::TARGET));
        let target = target.map_err(|error| (keys::TARGET, format!("the address {error}")))?;
        let values = self.block(keys::VALUES);
        let edits = values.lines().map(str::trim).filter(|line| !line.is_empty());
        let edits = edits.map(Edit::parse).collect::<Result<_, _>>();
        let edits = edits.map_err(|error| (keys::VALUES, error.message()))?;
        let headers = header_changes(&self.block(keys::HEADERS));
        let headers = headers.map_err(|mistake| (keys::HEADERS, mistake))?;
        let gap = self.number(keys::GAP, 0)?;
        let pace = match (self.is_on(keys::SPACED), gap) {
            (true, _) => Pace::Original,
            (false, 0) => Pace::AtOnce,
            (false, gap) => Pace::Gap(Duration::from_millis(u64::from(gap))),
        };
        Ok(Plan {
            proof: self.proof(),
            changes: Changes { body: self.new_body(), edits, headers },
            times: self.number(keys::TIMES, 1)?,
            parallel: self.number(keys::PARALLEL, 1)?,
            pace,
            retry_like: self.chosen(keys::RETRY).and_then(|at| self.retrying.get(at).copied()),
            marked: self.is_on(keys::MARKED),
            ..Plan::verbatim(self.deliveries.clone(), target)
        })
    }

    fn proof(&self) -> Proof {
        let keeps_id = self.is_on(keys::KEEPS_ID);
        match self.fields.field_of(keys::SIGN).map(|field| &field.input) {
            Some(Input::Choice { chosen: 1, .. }) => Proof::Afresh { by: None, keeps_id },
            Some(Input::Choice { chosen: at @ 2.., .. }) => {
                Proof::Afresh { by: self.signers.get(at - 2).cloned(), keeps_id }
            }
            _ => Proof::AsCaptured,
        }
    }

    /// The body that is sent in place of the captured one.
    fn new_body(&self) -> Option<Bytes> {
        let captured = self.captured.as_ref()?;
        let typed = self.block(keys::BODY);
        match &captured.text {
            Some(text) if *text != typed => Some(Bytes::from(typed)),
            _ => captured.is_edited.then(|| captured.body.clone()),
        }
    }

    /// What it would do, a line each, and what deserves a look.
    #[must_use]
    pub fn says(&self) -> Vec<(String, bool)> {
        let new_body = self.new_body();
        let Ok(plan) = self.planned() else { return Vec::new() };
        let mut says = if let Some(captured) = &self.captured {
            let body = new_body.as_ref().unwrap_or(&captured.body);
            let Request { method, headers, .. } = &captured.request;
            let url = plan.url_of(&captured.request);
            let url = url.map_or_else(|error| error.to_string(), |url| url.to_string());
            let (fields, bytes) = (headers.iter().count(), body.len());
            vec![(format!("will send {method} {url}  {fields} headers  {bytes} B"), false)]
        } else {
            let (count, to) = (plan.deliveries.len(), &plan.target);
            vec![(format!("will send {count} deliveries to {to}"), false)]
        };
        if plan.total() > 1 {
            says.push((format!("{} requests in all", plan.total()), false));
        }
        let was_json = self.captured.as_ref().is_some_and(|captured| captured.is_json);
        if was_json && new_body.is_some_and(|body| !is_json(&body)) {
            says.push(("the new body is not JSON any more".to_owned(), true));
        }
        says
    }

    fn block(&self, key: &str) -> String {
        match self.fields.field_of(key).map(|field| &field.input) {
            Some(Input::Lines(block)) => block.text(),
            _ => String::new(),
        }
    }

    fn is_on(&self, key: &str) -> bool {
        self.fields.field_of(key).is_some_and(Field::is_on)
    }

    /// Which of a choice is chosen, not counting its first option, which stands for none.
    fn chosen(&self, key: &str) -> Option<usize> {
        match self.fields.field_of(key).map(|field| &field.input) {
            Some(Input::Choice { chosen, .. }) => chosen.checked_sub(1),
            _ => None,
        }
    }

    fn number(&self, key: &'static str, least: u32) -> Result<u32, (&'static str, String)> {
        let number = self.fields.line(key).parse::<u32>().ok().filter(|number| *number >= least);
        number.ok_or_else(|| (key, format!("this is a whole number, {least} or more")))
    }
}

fn is_json(body: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok()
}

/// Lines of `Name: value`, which set a field, and of `-Name`, which leave it out.
fn header_changes(text: &str) -> Result<Vec<HeaderChange>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let change = |line: &str| match (line.strip_prefix('-'), line.split_once(':')) {
        (Some(name), _) => Ok(HeaderChange::Remove { name: name.trim().to_owned() }),
        (None, Some((name, value))) => {
            Ok(HeaderChange::Set { name: name.to_owned(), value: value.trim().to_owned() })
        }
        (None, None) => Err(format!("{line:?} is neither `Name: value` nor `-Name`")),
    };
    lines.map(change).collect()
}

fn fields(
    targets: Vec<String>,
    signers: &[EndpointName],
    body: Option<&str>,
    retrying: &[ProviderId],
) -> Vec<Field> {
    let line = |text: &str| Input::Line(Editor::new(text));
    let choice = |options: Vec<String>| Input::Choice { options, chosen: 0 };
    let own = ["as captured", "afresh by the scheme of its endpoint"].map(str::to_owned);
    let others = signers.iter().map(|name| format!("afresh by the scheme of {name}"));
    let sign = own.into_iter().chain(others).collect();
    let retry = ["no".to_owned()].into_iter();
    let retry = retry.chain(retrying.iter().map(|id| format!("as {id} does"))).collect();
    let to = "an address without a path keeps the path of the delivery";
    let mut fields = vec![
        Field::new(keys::TARGET, "to", to, Input::Recalled(Recalled::new(targets))),
        Field::new(keys::SIGN, "sign", "afresh: signed anew, with the time of now", choice(sign)),
        Field::new(
            keys::KEEPS_ID,
            "keep id",
            "what is signed afresh keeps the id that it came with, else it gets a new one",
            Input::Flag(false),
        ),
    ];
    if let Some(body) = body {
        let help = "the body; untouched it goes out byte for byte";
        fields.push(Field::new(keys::BODY, "body", help, Input::Lines(Block::new(body))));
    }
    let help = "single values of a JSON body, a line each, such as /data/id=\"a-1\"";
    fields.push(Field::new(keys::VALUES, "values", help, Input::Lines(Block::new(""))));
    let help = "header fields that are different, a line each: `Name: value` sets one, `-Name` \
                leaves it out";
    fields.push(Field::new(keys::HEADERS, "headers", help, Input::Lines(Block::new(""))));
    fields.extend([
        Field::new(keys::TIMES, "times", "how often each delivery is sent", line("1")),
        Field::new(
            keys::PARALLEL,
            "parallel",
            "how many are under way at once; with 1 they arrive in order",
            line("1"),
        ),
        Field::new(keys::GAP, "gap in ms", "the time from one to the next", line("0")),
        Field::new(
            keys::SPACED,
            "spacing",
            "at the intervals at which they arrived, whatever the gap",
            Input::Flag(false),
        ),
        Field::new(keys::RETRY, "retry", "tries again when the provider would", choice(retry)),
        Field::new(
            keys::MARKED,
            "name it",
            "a header hookscope-delivery tells the receiver which delivery it is",
            Input::Flag(true),
        ),
    ]);
    fields
}

#[cfg(test)]
mod tests;
