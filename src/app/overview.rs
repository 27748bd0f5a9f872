//! The overview: what came in of late, and how everything around it is. Read from the store when it
//! is shown, and again when something has arrived meanwhile; never while nothing happens.

use std::sync::Arc;

use jiff::Timestamp;

use super::action::Action;
use super::context::Context;
use super::forwarding::{Forward, TroubleKind};
use super::keymap::Keymap;
use super::lines::Line;
use super::session::Session;
use super::traffic::Traffic;
use crate::domain::attempt::{duration_text, status_text};
use crate::domain::duration::rounded;
use crate::domain::overview::{Answers, Overview, Shares, Unaccepted};
use crate::providers::rules::{Next, next};

/// What is known of the store, and whether it has to be read.
#[derive(Clone, Debug, Default)]
pub struct Looking {
    found: Option<Result<Arc<Overview>, String>>,
    /// It is in sight.
    is_shown: bool,
    /// Something came that was not counted.
    is_outdated: bool,
    is_asking: bool,
    asked_at: Option<Timestamp>,
}

impl Looking {
    /// What was found, or why it could not be read; none before.
    #[must_use]
    pub fn found(&self) -> Option<&Result<Arc<Overview>, String>> {
        self.found.as_ref()
    }

    /// Something has arrived, or is gone.
    pub fn outdated(&mut self) {
        self.is_outdated = true;
    }

    /// Whether it has to be read by and by though nothing else happens.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.is_shown && self.is_outdated && !self.is_asking
    }

    /// It is in sight or not. Whether it has to be read now: when it comes in sight, and when it is
    /// outdated, but not more than once a second.
    pub fn shown(&mut self, is_shown: bool, now: Timestamp) -> bool {
        let opens = is_shown && !self.is_shown;
        self.is_shown = is_shown;
        let second_passed =
            self.asked_at.is_none_or(|at| !(0..1).contains(&now.duration_since(at).as_secs()));
        let asks = opens || (self.is_waiting() && second_passed);
        if !asks || self.is_asking {
            return false;
        }
        (self.is_asking, self.is_outdated, self.asked_at) = (true, false, Some(now));
        true
    }

    /// It was read.
    pub fn read(&mut self, found: Result<Arc<Overview>, String>) {
        self.is_asking = false;
        self.found = Some(found);
    }
}

/// What the overview is made of.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// What came in of late.
    pub found: Option<&'a Result<Arc<Overview>, String>>,
    /// Counts of this run.
    pub traffic: &'a Traffic,
    /// The apps that deliveries are handed on to.
    pub forwards: &'a [Forward],
    /// What the program was started with.
    pub session: &'a Session,
    /// What can be done.
    pub keymap: &'a Keymap,
    /// What time it is.
    pub now: Timestamp,
}

/// The overview as lines.
#[must_use]
pub fn lines(facts: &Facts<'_>) -> Vec<Line> {
    let mut lines = match facts.found {
        None => vec![Line::headline("reading")],
        Some(Err(reason)) => vec![Line::headline(format!("the store cannot be read: {reason}"))],
        Some(Ok(overview)) => counted(overview, facts),
    };
    lines.extend([Line::Blank, Line::field("refused", refused(facts.traffic))]);
    lines.extend(facts.forwards.iter().map(|forward| forwarded(forward, facts)));
    let Session { listening, public_url, .. } = facts.session;
    let nowhere = "nowhere: this is a look into a store";
    lines.push(Line::field("listening", listening.as_deref().unwrap_or(nowhere)));
    let none = "none: senders elsewhere do not reach this; --public-url names a tunnel";
    lines.push(Line::field("public URL", public_url.as_deref().unwrap_or(none)));
    lines
}

fn counted(overview: &Overview, facts: &Facts<'_>) -> Vec<Line> {
    let Overview { looked_at, since, minutes, .. } = overview;
    let stored = facts.traffic.stored().unwrap_or(*looked_at).max(*looked_at);
    let mut lines = vec![Line::headline(match (looked_at, stored) {
        (0, _) => "nothing is stored".to_owned(),
        (all, stored) if *all == stored => format!("all {all} deliveries that are stored"),
        (some, stored) => format!("the newest {some} of {stored} deliveries that are stored"),
    })];
    lines.extend(since.map(|since| Line::time("since", since)));
    lines.push(Line::Blank);
    lines.push(Line::Spark { name: "last hour".to_owned(), counts: minutes.clone() });
    let (sum, most) = (minutes.iter().sum::<u32>(), minutes.iter().max().copied().unwrap_or(0));
    lines.push(Line::field("", format!("{sum} deliveries, at most {most} in a minute")));
    for (name, shares, nameless) in [
        ("providers", &overview.providers, "not known"),
        ("accounts", &overview.accounts, "of none"),
        ("events", &overview.events, "not known"),
        ("verdicts", &overview.verdicts, ""),
    ] {
        lines.push(Line::field(name, shared(shares, nameless)));
    }
    lines.push(Line::field("answered in", answered(overview.answers)));
    lines.push(expected(&overview.unaccepted, facts.now));
    lines
}

fn shared(shares: &Shares, nameless: &str) -> String {
    let named = shares.named.iter().map(|(name, count)| format!("{name} {count}"));
    let counted = |count: u64, name: &str| (count > 0).then(|| format!("{name} {count}"));
    let others = counted(shares.others, "others");
    let all = named.chain(others).chain(counted(shares.nameless, nameless));
    let text = all.collect::<Vec<_>>().join(", ");
    if text.is_empty() { "none".to_owned() } else { text }
}

fn answered(answers: Option<Answers>) -> String {
    let Some(Answers { of, median, p99 }) = answers else { return "not known".to_owned() };
    let (median, p99) = (duration_text(median), duration_text(p99));
    format!("p50 {median}, p99 {p99} over {of} deliveries")
}

/// The next attempt of a provider that its documents let expect.
fn expected(unaccepted: &[Unaccepted], now: Timestamp) -> Line {
    let due = unaccepted.iter().filter_map(|row| {
        let Next::At(at) = next(row.provider, row.status, row.repeat, row.received_at) else {
            return None;
        };
        (at > now).then_some((at, row))
    });
    let name = "next retry";
    let Some((at, row)) = due.min_by_key(|(at, _)| *at) else {
        return Line::field(name, "none that is documented");
    };
    let event = row.event.as_deref().unwrap_or("a delivery");
    let status = status_text(row.status);
    let after = rounded(at.duration_since(now));
    let text = format!("in {after}: {} with {event}, #{} got {status}", row.provider, row.id);
    Line::Moment { name: name.to_owned(), at, text }
}

fn refused(traffic: &Traffic) -> String {
    match (traffic.refused(), traffic.refusals().next()) {
        (count, Some(last)) => {
            let status = last.reason.status().as_u16();
            format!("{count} in this run, the last one with {status}: {}", last.message)
        }
        (count, None) => format!("{count} in this run"),
    }
}

fn forwarded(forward: &Forward, facts: &Facts<'_>) -> Line {
    let state = forward.trouble.as_ref().map(|trouble| {
        let what = match trouble.kind {
            TroubleKind::Down => "is down",
            TroubleKind::Slow => "does not answer",
        };
        let more = if trouble.waiting.or_more { "+" } else { "" };
        let (since, waiting) =
            (rounded(facts.now.duration_since(trouble.since)), trouble.waiting.count);
        let skip = facts.keymap.hint(Context::Panes, Action::SkipForwards, "leaves them out");
        let skip = skip.map(|hint| format!("; {hint}")).unwrap_or_default();
        format!("{what} for {since}, {waiting}{more} wait{skip}")
    });
    let state = state.unwrap_or_else(|| "takes deliveries".to_owned());
    Line::field("forward", format!("{} {state}", forward.target))
}

#[cfg(test)]
mod tests;
