//! How the apps are that deliveries are handed on to, in the status bar.

use jiff::Timestamp;

use super::strip::Strip;
use super::theme::{Role, Theme};
use crate::app::forwarding::{Forward, Trouble, TroubleKind, Waiting};

/// The app that has been in trouble for the longest time, else those that take deliveries; nothing if
/// none was looked at.
pub(super) fn strip(forwards: &[Forward], now: Timestamp, theme: &Theme) -> Strip {
    let troubled = forwards.iter().filter_map(|forward| Some((forward, forward.trouble.as_ref()?)));
    let mut strip = Strip::new();
    let Some((worst, trouble)) = troubled.min_by_key(|(_, trouble)| trouble.since) else {
        let Some(first) = forwards.first() else { return strip };
        strip.push("forward ", theme.style(Role::Dim));
        strip.push(theme.glyphs.well, theme.style(Role::Verified));
        let others = forwards.iter().filter(|other| other.target != first.target).count();
        let more = if others > 0 { format!(" +{others}") } else { String::new() };
        strip.push(&format!(" {}{more}", first.target), theme.style(Role::Plain));
        return strip;
    };
    strip.push("forward ", theme.style(Role::Dim));
    strip.push(theme.glyphs.trouble, theme.style(Role::Refuted));
    let text =
        format!(" {} {}", worst.target, in_words(trouble, now, waiting_for(worst, forwards)));
    strip.push(&text, theme.style(Role::Refuted));
    strip
}

/// What waits for an app at all of its addresses.
fn waiting_for(app: &Forward, forwards: &[Forward]) -> Waiting {
    let same = forwards.iter().filter(|other| other.target == app.target);
    let troubles = same.filter_map(|other| other.trouble.as_ref());
    troubles.fold(Waiting::default(), |sum, trouble| sum.with(trouble.waiting))
}

fn in_words(trouble: &Trouble, now: Timestamp, waiting: Waiting) -> String {
    let seconds = now.duration_since(trouble.since).as_secs().max(0);
    let passed = match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        _ => format!("{} h", seconds / 3_600),
    };
    let what = match trouble.kind {
        TroubleKind::Down => "down",
        TroubleKind::Slow => "no answer for",
    };
    match waiting {
        Waiting { count: 0, .. } => format!("{what} {passed}"),
        Waiting { count, or_more } => {
            let more = if or_more { "+" } else { "" };
            format!("{what} {passed}, {count}{more} waiting")
        }
    }
}

#[cfg(test)]
mod tests;
