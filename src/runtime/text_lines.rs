//! Lines for people: one for each happening, columns under columns.
//!
//! Everything that comes from outside goes through [`text`] before it is part of a line.

use std::fmt::Write as _;

use http::{Method, StatusCode};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::attempt::{Attempt, AttemptId, Outcome, duration_text};
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::event::ProviderId;
use crate::domain::inspection::Inspection;
use crate::domain::name::AccountName;
use crate::domain::record::{Record, Summary};
use crate::domain::refusal::Refusal;
use crate::domain::verdict::Standing;
use crate::providers::repeats_are_certain;
use crate::ui::glyphs::Glyphs;
use crate::ui::text;

/// How lines are written.
#[derive(Clone, Debug)]
pub struct Style {
    /// Whether the terminal takes colours.
    pub colors: bool,
    /// The zone that times are shown in.
    pub zone: TimeZone,
}

/// Between two columns.
const GAP: &str = "  ";

/// Most lines are no longer without the target, in bytes.
const USUAL: usize = 192;

/// What a line tells of a delivery.
struct Told<'a> {
    id: DeliveryId,
    received_at: Timestamp,
    endpoint: &'a str,
    account: Option<&'a AccountName>,
    provider: Option<ProviderId>,
    event: Option<&'a str>,
    resource: Option<&'a str>,
    standing: Standing,
    status: StatusCode,
    size: u64,
    repeat: u32,
    method: &'a Method,
    target: &'a str,
}

/// What a colour says here. Meaning never rests on it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Good,
    /// It is not.
    Bad,
    /// Somebody should look.
    Doubtful,
    /// Beside the point.
    Dim,
}

impl Tone {
    /// The number of the SGR sequence.
    fn sgr(self) -> u8 {
        match self {
            Self::Good => 32,
            Self::Bad => 31,
            Self::Doubtful => 33,
            Self::Dim => 2,
        }
    }
}

impl Style {
    /// The text in the colour of its tone, if there are colours.
    pub fn painted(&self, text: &str, tone: Tone) -> String {
        let mut painted = String::new();
        self.paint(&mut painted, tone, |painted| painted.push_str(text));
        painted
    }

    fn paint(&self, line: &mut String, tone: Tone, write: impl FnOnce(&mut String)) {
        if !self.colors {
            return write(line);
        }
        let _ = write!(line, "\x1b[{}m", tone.sgr());
        write(line);
        line.push_str("\x1b[0m");
    }

    /// The line of a delivery, without a line end.
    pub fn delivery(&self, row: &Summary) -> String {
        self.line(&Told {
            id: row.id,
            received_at: row.received_at,
            endpoint: row.endpoint.as_str(),
            account: row.account.as_ref(),
            provider: row.provider,
            event: row.event.as_deref(),
            resource: row.resource.as_deref(),
            standing: row.standing,
            status: row.status,
            size: row.size,
            repeat: row.repeat,
            method: &row.method,
            target: &row.target,
        })
    }

    /// The same line from all that is known of it; a flood of deliveries is told by it.
    pub fn record(&self, record: &Record) -> String {
        let Delivery { received_at, endpoint, request, .. } = &record.delivery;
        let Inspection { provider, account, event, verdict } = &record.inspection;
        self.line(&Told {
            id: record.id,
            received_at: *received_at,
            endpoint: endpoint.as_str(),
            account: account.as_ref(),
            provider: *provider,
            event: event.label().as_deref(),
            resource: event.resource.as_ref().and_then(|resource| resource.id.as_deref()),
            standing: verdict.standing(),
            status: record.answered.status,
            size: request.body.len() as u64,
            repeat: record.repeat,
            method: &request.method,
            target: &request.target,
        })
    }

    fn line(&self, told: &Told<'_>) -> String {
        let mut line = String::with_capacity(USUAL + told.target.len());
        // Writing to a text never fails.
        let _ = write!(line, "{:>6}  ", told.id.0);
        self.paint(&mut line, Tone::Dim, |line| self.push_time(line, told.received_at));
        for (foreign, columns) in [
            (told.endpoint, 12),
            (told.account.map_or("-", AccountName::as_str), 12),
            (told.provider.map_or("-", ProviderId::as_str), 9),
            (told.event.unwrap_or("-"), 20),
        ] {
            line.push_str(GAP);
            push_padded(&mut line, &text::truncate(&text::visible(foreign), columns), columns);
        }
        line.push_str(GAP);
        line.push_str(&id_column(told.resource.unwrap_or("-"), 16));
        line.push_str(GAP);
        line.push_str(&self.verdict(told.standing));
        let _ = write!(line, "{GAP}{}{GAP}{:>9}{GAP}", told.status.as_str(), size(told.size));
        push_padded(&mut line, &repeat(told), 4);
        let _ = write!(line, "{GAP}{} {}", told.method, text::visible(told.target));
        line
    }

    /// The line of an outward request, without a line end.
    pub fn attempt(&self, id: AttemptId, attempt: &Attempt) -> String {
        let tone = match &attempt.outcome {
            Outcome::Answered(response) if response.status.is_success() => Tone::Good,
            Outcome::Answered(_) => Tone::Doubtful,
            Outcome::Failed { .. } => Tone::Bad,
        };
        let url = attempt.call.url.to_string();
        let insecure = attempt.call.insecure.then(|| self.painted("insecure", Tone::Bad));
        let columns = [
            format!("{:>6}", id.0),
            self.painted(&self.time(attempt.started_at), Tone::Dim),
            column(attempt.purpose.as_str(), 12),
            self.painted(&column(attempt.word(), 16), tone),
            format!("{:>7}", duration_text(attempt.timing.total)),
            column(attempt.account.as_ref().map_or("-", AccountName::as_str), 12),
            format!("{} {}", attempt.call.request.method, text::visible(&url)),
        ];
        columns.into_iter().chain(insecure).collect::<Vec<_>>().join("  ")
    }

    /// The line of a delivery that was sent again, without a line end.
    pub fn replayed(&self, attempt: &Attempt) -> String {
        let Attempt { call, outcome, .. } = attempt;
        let (tone, why) = match outcome {
            Outcome::Answered(response) if response.status.is_success() => (Tone::Good, None),
            Outcome::Answered(_) => (Tone::Doubtful, None),
            Outcome::Failed { message, .. } => (Tone::Bad, Some(message)),
        };
        let delivery = attempt.delivery.map_or_else(|| "-".to_owned(), |id| id.to_string());
        let columns = [
            format!("{delivery:>6}"),
            self.painted(&self.time(attempt.started_at), Tone::Dim),
            self.painted(&column(attempt.word(), 9), tone),
            format!("{:>7}", duration_text(attempt.timing.total)),
            format!("{} {}", call.request.method, text::visible(&call.url.to_string())),
        ];
        let why = why.map(|why| text::visible(why).into_owned());
        columns.into_iter().chain(why).collect::<Vec<_>>().join("  ")
    }

    /// The line of a request that was not captured, without a line end.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let Refusal { at, peer, reason, message } = refusal;
        let time = self.painted(&self.time(*at), Tone::Dim);
        let refused = self.painted("refused", Tone::Bad);
        let status = reason.status().as_u16();
        let message = text::visible(message);
        format!("{:>6}  {time}  {refused} {status} {reason} from {peer}: {message}", "-")
    }

    /// A verdict at a glance, as a glyph and a word.
    pub fn verdict(&self, standing: Standing) -> String {
        let tone = match standing {
            Standing::Verified => Tone::Good,
            Standing::Refuted => Tone::Bad,
            Standing::Stale => Tone::Doubtful,
            Standing::Unchecked => Tone::Dim,
        };
        // Both are of one column for each character, which need not be found out line by line.
        let verdict = format!("{} {:<9}", Glyphs::UNICODE.standing(standing), standing.word());
        self.painted(&verdict, tone)
    }

    /// A time to the millisecond.
    pub fn time(&self, at: Timestamp) -> String {
        let mut time = String::new();
        self.push_time(&mut time, at);
        time
    }

    fn push_time(&self, line: &mut String, at: Timestamp) {
        let time = at.to_zoned(self.zone.clone());
        let _ = write!(line, "{}", time.strftime("%Y-%m-%d %H:%M:%S%.3f"));
    }
}

/// A size in the largest unit that leaves a number before the point.
pub fn size(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    match UNITS.iter().find(|(_, unit)| bytes >= *unit) {
        Some((name, unit)) => format!("{:.1} {name}", bytes as f64 / *unit as f64),
        None => format!("{bytes} B"),
    }
}

/// Which delivery of its event it is; with a question mark where the same body is all that tells.
fn repeat(told: &Told<'_>) -> String {
    let doubt = if repeats_are_certain(told.provider) { "" } else { "?" };
    if told.repeat > 1 { format!("×{}{doubt}", told.repeat) } else { String::new() }
}

/// Foreign text in so many columns; what does not fit is cut off at the end.
fn column(foreign: &str, columns: usize) -> String {
    padded(&text::truncate(&text::visible(foreign), columns), columns)
}

/// The same, cut in the middle, because the end of an id tells more.
fn id_column(foreign: &str, columns: usize) -> String {
    padded(&text::truncate_middle(&text::visible(foreign), columns), columns)
}

fn padded(harmless: &str, columns: usize) -> String {
    let mut line = String::new();
    push_padded(&mut line, harmless, columns);
    line
}

fn push_padded(line: &mut String, harmless: &str, columns: usize) {
    line.push_str(harmless);
    let missing = columns.saturating_sub(text::width(harmless));
    line.extend(std::iter::repeat_n(' ', missing));
}

#[cfg(test)]
mod tests;
