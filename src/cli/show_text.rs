//! One delivery for people to read, in paragraphs.

use std::fmt::Write as _;

use super::arguments::Part;
use crate::domain::body::BodyKind;
use crate::domain::masking;
use crate::domain::record::{Answered, Record};
use crate::domain::verdict::Verdict;
use crate::providers::repeats_are_certain;
use crate::runtime::text_lines::{Style, Tone, size};
use crate::ui::text;

/// How it is written.
#[derive(Clone, Debug)]
pub(super) struct ShowText {
    /// Colours and time zone.
    pub(super) style: Style,
    /// Whether credentials are shown.
    pub(super) reveal: bool,
}

impl ShowText {
    /// The text of this part; every line ends in a newline.
    pub(super) fn of(&self, record: &Record, part: Part) -> String {
        let answered = &record.answered;
        match part {
            Part::All => [
                self.overview(record),
                self.auth(&record.inspection.verdict),
                self.answer(answered),
                self.head(record),
                body(record),
            ]
            .join("\n"),
            Part::Head => self.head(record),
            Part::Body => body(record),
            Part::Auth => self.auth(&record.inspection.verdict),
            Part::Answer => self.answer(answered),
            // They are not part of a record: whoever has read them prints them.
            Part::Attempts => String::new(),
        }
    }

    fn overview(&self, record: &Record) -> String {
        let delivery = &record.delivery;
        let event = &record.inspection.event;
        let mut text = String::new();
        let mut line = |name: &str, value: &str| self.line(&mut text, name, value);
        line("delivery", &format!("{} ({})", record.id, delivery.uid));
        let at = self.style.time(delivery.received_at);
        line("received", &format!("{at} from {}", delivery.peer));
        line("endpoint", delivery.endpoint.as_str());
        if let Some(account) = &record.inspection.account {
            line("account", account.as_str());
        }
        if let Some(provider) = record.inspection.provider {
            line("provider", provider.as_str());
        }
        if let Some(label) = event.label() {
            line("event", &label);
        }
        if event.kind.is_none() && event.candidates.len() > 1 {
            line("one of", &event.candidates.join(", "));
        }
        if let Some(resource) = &event.resource {
            let parts = [&resource.kind, &resource.id, &resource.href];
            let parts = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
            line("resource", &parts.join(" "));
        }
        if let Some(at) = event.occurred_at {
            line("occurred", &self.style.time(at));
        }
        let of = if repeats_are_certain(record.inspection.provider) {
            "of this event"
        } else {
            "with this body; the provider sends no event id, so a retry and a new change look alike"
        };
        let comment = &record.annotation.comment;
        if let Some(note) = comment.note() {
            line("note", note);
        }
        if !comment.tags().is_empty() {
            line("tags", &comment.tags().join(" "));
        }
        line("repeat", &format!("delivery {} {of}", record.repeat));
        text
    }

    /// A verdict.
    pub(super) fn auth(&self, verdict: &Verdict) -> String {
        let mut text = String::new();
        self.line_of(&mut text, "auth", self.style.verdict(verdict.standing()).trim_end());
        let mut line = |name: &str, value: &str| self.line(&mut text, name, value);
        if let Some(scheme) = verdict.scheme() {
            line("scheme", scheme.as_str());
        }
        if let Some(reason) = verdict.reason() {
            line("reason", reason);
        }
        match verdict {
            Verdict::Verified { notes, .. } => {
                for note in notes {
                    line("note", note);
                }
            }
            Verdict::Refuted { message, clues, .. } => {
                line("because", message);
                for clue in clues {
                    line("clue", &clue.message);
                }
            }
            Verdict::Unchecked { .. } => {}
        }
        text
    }

    fn answer(&self, answered: &Answered) -> String {
        let mut text = String::new();
        let took = answered.took.map(|took| format!(" after {:.1} ms", took.as_secs_f64() * 1e3));
        let value = format!("{}{}", answered.status, took.unwrap_or_default());
        self.line(&mut text, "answer", &value);
        text
    }

    fn head(&self, record: &Record) -> String {
        let request = &record.delivery.request;
        let start = format!("{} {} {}", request.method, request.target, request.version);
        let mut text = text::visible(&start).into_owned() + "\n";
        for field in request.headers.iter() {
            let name = text::visible(&field.name);
            let value = masking::shown(field, self.reveal);
            let value = text::visible(&value);
            let _ = writeln!(text, "{}: {value}", self.style.painted(&name, Tone::Dim));
        }
        text
    }

    /// A name and a value, made safe to show.
    pub(super) fn line(&self, text: &mut String, name: &str, value: &str) {
        self.line_of(text, name, &text::visible(value));
    }

    /// A line whose value is safe already.
    fn line_of(&self, text: &mut String, name: &str, value: &str) {
        let _ = writeln!(text, "{}  {value}", self.style.painted(&format!("{name:<8}"), Tone::Dim));
    }
}

/// The body as sent, but for what a terminal would obey.
fn body(record: &Record) -> String {
    let body = &record.delivery.request.body;
    match BodyKind::of(&record.delivery.request) {
        BodyKind::Empty => "(no body)\n".to_owned(),
        BodyKind::Binary => {
            let length = size(body.len() as u64);
            format!("({length} that are not text; --part body --format raw has them)\n")
        }
        BodyKind::Json | BodyKind::Form | BodyKind::Text => {
            text::visible_lines(body).map(|line| line.into_owned() + "\n").collect()
        }
    }
}
