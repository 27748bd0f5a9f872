//! The forms in which the user says what is answered and what is held.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue, StatusCode};
use jiff::Timestamp;

use crate::app::editor::{Block, Editor};
use crate::app::subscribing::field::{Field, Input};
use crate::app::subscribing::form::{Form, Purpose};
use crate::domain::delivery::DeliveryId;
use crate::domain::duration::duration;
use crate::domain::endpoint::Answer;
use crate::domain::filter::Filter;
use crate::domain::name::EndpointName;
use crate::domain::shape::{Hold, Manner, Reply, Shape, Span};
use crate::domain::subscription::Rejection;

/// The keys of the fields.
mod keys {
    pub(super) const PRESET: &str = "preset";
    pub(super) const STATUS: &str = "status";
    pub(super) const MANNER: &str = "manner";
    pub(super) const BODY: &str = "body";
    pub(super) const HEADERS: &str = "headers";
    pub(super) const DELAY: &str = "delay";
    pub(super) const SPAN: &str = "span";
    pub(super) const FILTER: &str = "filter";
    pub(super) const BUDGET: &str = "budget";
}

/// The choice that takes back what is set.
const TAKE_BACK: &str = "take back what is set";

/// The choice that leaves the other fields as they are.
const AS_BELOW: &str = "as written below";

/// Choices that set the status and the manner: what they are called, and both.
const PRESETS: &[(&str, &str, usize)] = &[
    ("500 Internal Server Error", "500", WHOLE),
    ("503 Service Unavailable", "503", WHOLE),
    ("429 Too Many Requests", "429", WHOLE),
    ("404 Not Found", "404", WHOLE),
    ("200 OK", "200", WHOLE),
    ("close without an answer", "200", SILENT),
    ("drip: 200 OK, byte by byte", "200", DRIP),
];

/// The manners of an answer, by the places of their choices.
const MANNERS: [&str; 3] = ["whole", "not at all: the connection is closed", "a byte each second"];
const WHOLE: usize = 0;
const SILENT: usize = 1;
const DRIP: usize = 2;

/// The pause before each byte of a dripping answer.
const DRIP_PAUSE: Duration = Duration::from_secs(1);

/// What drips unless the user writes a body.
const DRIPPING: &str = "hookscope";

/// For how long an answer stands, by the places of the choices.
const SPANS: [&str; 2] = ["the next delivery", "all deliveries until it is taken back"];
const NEXT: usize = 0;
const UNTIL_TAKEN_BACK: usize = 1;

/// How long deliveries are held unless the user says otherwise.
const BUDGET: Duration = Duration::from_secs(30);

/// The form for what an endpoint answers: what is set, which can be taken back, else the first of the
/// presets.
#[must_use]
pub fn shape(endpoint: &EndpointName, set: Option<&Shape>) -> Form {
    let purpose = Purpose::Answer { endpoint: endpoint.clone(), held: None };
    let presets = PRESETS.iter().map(|(name, ..)| *name);
    let presets = set.map(|_| TAKE_BACK).into_iter().chain(presets).chain([AS_BELOW]);
    let span = match set.map(|set| set.span) {
        None | Some(Span::Next) => NEXT,
        Some(Span::UntilTakenBack) => UNTIL_TAKEN_BACK,
    };
    let mut fields = reply_fields(presets, set.map(|set| &set.reply));
    let help = "which deliveries are answered so; the title bar shows it for that long";
    fields.push(Field::new(keys::SPAN, "for", help, choice(SPANS, span)));
    let mut form = Form::of_desk(purpose, fields);
    changed(&mut form);
    form
}

/// The form for what a delivery that is held is answered.
#[must_use]
pub fn release(endpoint: &EndpointName, id: DeliveryId) -> Form {
    let presets = PRESETS.iter().map(|(name, ..)| *name);
    let fields = reply_fields(presets.chain([AS_BELOW]), None);
    let purpose = Purpose::Answer { endpoint: endpoint.clone(), held: Some(id) };
    let mut form = Form::of_desk(purpose, fields);
    changed(&mut form);
    form
}

/// The form for what is held; it begins with this filter.
#[must_use]
pub fn hold(filter: &str) -> Form {
    let which = "a filter: deliveries that match it wait for your answer; without one, all of them";
    let budget = "how long each waits at most, such as 30s; then it is answered as usual";
    let fields = vec![
        Field::new(keys::FILTER, "which", which, Input::Line(Editor::new(filter))),
        Field::new(keys::BUDGET, "at most", budget, line(BUDGET)),
    ];
    Form::of_desk(Purpose::Hold, fields)
}

fn reply_fields<'a>(presets: impl Iterator<Item = &'a str>, reply: Option<&Reply>) -> Vec<Field> {
    let answer = reply.map(|reply| &reply.answer);
    let manner = match reply.map(|reply| reply.manner) {
        None | Some(Manner::Whole) => WHOLE,
        Some(Manner::Silent) => SILENT,
        Some(Manner::Drip(_)) => DRIP,
    };
    let status = answer.map_or(String::new(), |answer| answer.status.as_str().to_owned());
    let body =
        answer.map_or(String::new(), |answer| String::from_utf8_lossy(&answer.body).into_owned());
    let headers = answer.map(|answer| answer.headers.iter().map(header_line).collect::<Vec<_>>());
    let headers = Block::new(&headers.unwrap_or_default().join("\n"));
    let delay = answer.map_or(Duration::ZERO, |answer| answer.delay);
    let preset = "what else it is stands below";
    let status_help = "a number from 200 to 599";
    let manner_help = "whether the sender gets an answer at all, and how fast";
    let headers_help = "further header fields, a line each, such as Retry-After: 5";
    let delay_help = "how long the sender waits for it, such as 2s";
    vec![
        Field::new(keys::PRESET, "answer", preset, choice(presets, 0)),
        Field::new(keys::STATUS, "status", status_help, Input::Line(Editor::new(&status))),
        Field::new(keys::MANNER, "given", manner_help, choice(MANNERS, manner)),
        Field::new(keys::BODY, "body", "lines of text", Input::Lines(Block::new(&body))),
        Field::new(keys::HEADERS, "headers", headers_help, Input::Lines(headers)),
        Field::new(keys::DELAY, "delay", delay_help, line(delay)),
    ]
}

fn choice<'a>(options: impl IntoIterator<Item = &'a str>, chosen: usize) -> Input {
    Input::Choice { options: options.into_iter().map(str::to_owned).collect(), chosen }
}

fn line(duration: Duration) -> Input {
    let millis = duration.as_millis();
    let text = if millis.is_multiple_of(1_000) {
        format!("{}s", millis / 1_000)
    } else {
        format!("{millis}ms")
    };
    Input::Line(Editor::new(&text))
}

fn header_line((name, value): &(HeaderName, HeaderValue)) -> String {
    format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))
}

/// Something in the field that has the keys was changed: a preset sets the other fields, and another
/// field ends the preset.
pub fn changed(form: &mut Form) {
    let Some(field) = form.fields.field() else { return };
    let name = match &field.input {
        Input::Choice { options, chosen } if field.key == keys::PRESET => options.get(*chosen),
        _ => {
            return set(form, keys::PRESET, |input| {
                if let Input::Choice { options, chosen } = input {
                    *chosen = options.len().saturating_sub(1);
                }
            });
        }
    };
    let preset = PRESETS.iter().find(|(known, ..)| name.is_some_and(|name| name == known));
    let Some((_, status, manner)) = preset else { return };
    set(form, keys::STATUS, |input| *input = Input::Line(Editor::new(status)));
    set(form, keys::MANNER, |input| {
        if let Input::Choice { chosen, .. } = input {
            *chosen = *manner;
        }
    });
    if *manner == DRIP {
        set(form, keys::BODY, |input| {
            if let Input::Lines(block) = input
                && block.text().is_empty()
            {
                *block = Block::new(DRIPPING);
            }
        });
    }
}

fn set(form: &mut Form, key: &str, change: impl FnOnce(&mut Input)) {
    if let Some(field) = form.fields.field_of_mut(key) {
        change(&mut field.input);
        field.mistake = None;
    }
}

/// Whether what is set is to be taken back.
#[must_use]
pub fn takes_back(form: &Form) -> bool {
    match form.fields.field_of(keys::PRESET).map(|field| &field.input) {
        Some(Input::Choice { options, chosen }) => {
            options.get(*chosen).is_some_and(|name| name == TAKE_BACK)
        }
        _ => false,
    }
}

/// What the form sets, as [`reply_of`] says.
pub fn shape_of(form: &mut Form) -> Option<Shape> {
    let span = match chosen(form, keys::SPAN) {
        UNTIL_TAKEN_BACK => Span::UntilTakenBack,
        _ => Span::Next,
    };
    reply_of(form).map(|reply| Shape { reply, span })
}

/// The answer that the form makes; none if a field has something that is no value of it, which is
/// then said there.
pub fn reply_of(form: &mut Form) -> Option<Reply> {
    let mut mistakes = Vec::new();
    let mut read = |key: &str, mistake: String| mistakes.push((key.to_owned(), mistake));
    let status = form.fields.line(keys::STATUS);
    let status = status.parse::<u16>().ok().filter(|number| (200..600).contains(number));
    let status = status.and_then(|number| StatusCode::from_u16(number).ok()).unwrap_or_else(|| {
        read(keys::STATUS, "a status is a number from 200 to 599".to_owned());
        StatusCode::OK
    });
    let headers = headers(&text(form, keys::HEADERS)).unwrap_or_else(|mistake| {
        read(keys::HEADERS, mistake);
        Vec::new()
    });
    let delay = duration(form.fields.line(keys::DELAY)).unwrap_or_else(|mistake| {
        read(keys::DELAY, mistake);
        Duration::ZERO
    });
    let manner = match chosen(form, keys::MANNER) {
        SILENT => Manner::Silent,
        DRIP => Manner::Drip(DRIP_PAUSE),
        _ => Manner::Whole,
    };
    if !mistakes.is_empty() {
        form.rejected(&Rejection { message: String::new(), fields: mistakes });
        return None;
    }
    let body = text(form, keys::BODY).into();
    Some(Reply { answer: Answer { status, headers, body, delay }, manner })
}

/// What the form holds; none if a field has something that is no value of it, which is then said
/// there.
pub fn hold_of(form: &mut Form, now: Timestamp) -> Option<Hold> {
    let filter = Filter::parse(form.fields.line(keys::FILTER), now);
    let budget = duration(form.fields.line(keys::BUDGET));
    let mut mistakes = Vec::new();
    if let Err(error) = &filter {
        mistakes.push((keys::FILTER.to_owned(), error.message.clone()));
    }
    match &budget {
        Err(mistake) => mistakes.push((keys::BUDGET.to_owned(), mistake.clone())),
        Ok(budget) if budget.is_zero() => {
            mistakes.push((keys::BUDGET.to_owned(), "nobody could answer in no time".to_owned()));
        }
        Ok(_) => {}
    }
    if let (Ok(filter), Ok(budget), true) = (filter, budget, mistakes.is_empty()) {
        return Some(Hold { filter: Arc::new(filter), budget });
    }
    form.rejected(&Rejection { message: String::new(), fields: mistakes });
    None
}

fn headers(lines: &str) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (name, value) = line
                .split_once(':')
                .ok_or_else(|| format!("{line:?} is not a header such as Retry-After: 5"))?;
            Answer::header(name.trim(), value.trim())
        })
        .collect()
}

fn text(form: &Form, key: &str) -> String {
    match form.fields.field_of(key).map(|field| &field.input) {
        Some(Input::Lines(block)) => block.text(),
        _ => String::new(),
    }
}

fn chosen(form: &Form, key: &str) -> usize {
    match form.fields.field_of(key).map(|field| &field.input) {
        Some(Input::Choice { chosen, .. }) => *chosen,
        _ => 0,
    }
}
