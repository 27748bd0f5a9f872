//! An outward request and its answer for people to read.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::sync::Arc;

use super::format::Format;
use super::show_text::ShowText;
use crate::app::attempted::OpenedAttempt;
use crate::domain::attempt::{Attempt, AttemptId};
use crate::runtime::ndjson;
use crate::runtime::outward::Outward;
use crate::ui::text;

/// So many bytes of a value tell what changed.
const SHOWN_OF_VALUE: usize = 120;

/// Prints it. One that could not be stored is told of.
pub(super) async fn print(
    outward: &Outward,
    stored: Option<AttemptId>,
    attempt: &Arc<Attempt>,
    format: Format,
    show: &ShowText,
) -> anyhow::Result<()> {
    if stored.is_none() {
        writeln!(io::stderr(), "hookscope: the attempt could not be stored")?;
    }
    match format {
        Format::Text => {
            let opened = outward.opened(stored, Arc::clone(attempt)).await?;
            io::stdout().write_all(whole(show, &opened).as_bytes())?;
        }
        Format::Json => {
            let line = ndjson::attempt::line(stored, attempt, false);
            ndjson::write_line(&mut io::stdout().lock(), &line)?;
        }
    }
    Ok(())
}

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
    if let Some(account) = &attempt.account {
        line("account", account.as_str());
    }
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
