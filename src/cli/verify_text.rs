//! A check that was made again, for people to read.

use super::show_text::ShowText;
use crate::domain::evidence::Evidence;
use crate::domain::verdict::Verdict;
use crate::verify::likeness::Likeness;

/// The most of the signed bytes that is printed.
const MOST_SIGNED: usize = 2_000;

/// The text of a check; every line ends in a newline.
pub(super) fn text(
    show: &ShowText,
    verdict: &Verdict,
    judged_at: &str,
    evidence: &Evidence,
    likeness: Option<&Likeness>,
) -> String {
    let mut text = show.auth(verdict);
    let mut line = |name: &str, value: &str| show.line(&mut text, name, value);
    line("judged", judged_at);
    for (place, value) in &evidence.carried {
        line("carried", &format!("{place}: {value}"));
    }
    if let Some(signed) = &evidence.signed {
        let shown = &signed.bytes[..signed.bytes.len().min(MOST_SIGNED)];
        let more = if shown.len() < signed.total { "…" } else { "" };
        let shown = String::from_utf8_lossy(shown);
        line("signed", &format!("{} bytes: {shown}{more}", signed.total));
    }
    for expected in &evidence.expected {
        line("expected", expected);
    }
    for received in &evidence.received {
        line("received", received);
    }
    if let Some(apart) = evidence.apart {
        let side = if apart < 0 { "after" } else { "before" };
        line("clock", &format!("signed {} s {side} the arrival", apart.unsigned_abs()));
    }
    if let Some(likeness) = likeness {
        line("hint", &likeness.sentence());
    }
    text
}
