//! Lines for people: one for each happening, columns under columns.
//!
//! Everything that comes from outside goes through [`text`] before it is part of a line.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::attempt::{Attempt, AttemptId, Outcome, duration_text};
use crate::domain::event::ProviderId;
use crate::domain::name::AccountName;
use crate::domain::record::Summary;
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
        if self.colors { format!("\x1b[{}m{text}\x1b[0m", tone.sgr()) } else { text.to_owned() }
    }

    /// The line of a delivery, without a line end.
    pub fn delivery(&self, row: &Summary) -> String {
        [
            format!("{:>6}", row.id.0),
            self.painted(&self.time(row.received_at), Tone::Dim),
            column(row.endpoint.as_str(), 12),
            column(row.account.as_ref().map_or("-", AccountName::as_str), 12),
            column(row.provider.map_or("-", ProviderId::as_str), 9),
            column(row.event.as_deref().unwrap_or("-"), 20),
            id_column(row.resource.as_deref().unwrap_or("-"), 16),
            self.verdict(row.standing),
            row.status.as_str().to_owned(),
            format!("{:>9}", size(row.size)),
            padded(&repeat(row), 4),
            format!("{} {}", row.method, text::visible(&row.target)),
        ]
        .join("  ")
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
        let verdict = format!("{} {}", Glyphs::UNICODE.standing(standing), standing.word());
        self.painted(&padded(&verdict, 11), tone)
    }

    /// A time to the millisecond.
    pub fn time(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M:%S%.3f").to_string()
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
fn repeat(row: &Summary) -> String {
    let doubt = if repeats_are_certain(row.provider) { "" } else { "?" };
    if row.repeat > 1 { format!("×{}{doubt}", row.repeat) } else { String::new() }
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
    let missing = columns.saturating_sub(text::width(harmless));
    format!("{harmless}{:missing$}", "")
}

#[cfg(test)]
mod tests;
