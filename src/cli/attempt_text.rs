//! An outward request and its answer for people to read.

use std::fmt::Write as _;

use super::show_text::ShowText;
use crate::app::attempted::OpenedAttempt;
use crate::domain::name::AccountName;
use crate::ui::text;

/// So many bytes of a value tell what changed.
const SHOWN_OF_VALUE: usize = 120;

/// What came of it in a sentence, what has to be known about it, what changed, then the answer's
/// body.
pub(super) fn whole(show: &ShowText, opened: &OpenedAttempt) -> String {
    let OpenedAttempt { id, attempt, remarks, since, document: _ } = opened;
    let mut text = String::new();
    let mut line = |name: &str, value: &str| show.line(&mut text, name, value);
    line(attempt.purpose.as_str(), &attempt.sentence());
    for remark in remarks {
        line("note", remark);
    }
    line("url", &attempt.call.url.to_string());
    line("account", attempt.account.as_ref().map_or("-", AccountName::as_str));
    if let Some(id) = id {
        line("attempt", &id.to_string());
    }
    if let Some(since) = since {
        let at = show.style.time(since.at);
        line("since", &format!("{at}: {}", since.changes.summary()));
        for change in &since.changes.found {
            let value = change.kind.text(SHOWN_OF_VALUE);
            line(change.kind.as_str(), &format!("{}  {value}", change.pointer));
        }
    }
    if let Some(response) = attempt.response().filter(|response| !response.body.is_empty()) {
        text.push('\n');
        for line in text::visible_lines(&response.body) {
            let _ = writeln!(text, "{line}");
        }
    }
    text
}
