//! What is put on the clipboard. Credentials are masked.

use super::action::Action;
use super::command::Copied;
use super::context::Context;
use super::detail::Detail;
use super::keymap::Keymap;
use super::message::CopyOutcome;
use super::session::Session;
use super::toast::Notice;
use crate::domain::curl;
use crate::domain::headers::Headers;
use crate::domain::masking;
use crate::domain::record::Record;

/// The text of a delivery's part, or why there is none.
pub fn text_of(
    what: Copied,
    record: &Record,
    session: &Session,
    keymap: &Keymap,
) -> Result<String, Notice> {
    let request = &record.delivery.request;
    match what {
        Copied::Body => String::from_utf8(request.body.to_vec()).map_err(|_not_text| {
            let curl =
                keymap.hint(Context::Panes, Action::Copy(Copied::Curl), "copies a curl line");
            Notice::warning("the body is not text").hinting(curl)
        }),
        Copied::Headers => Ok(headers(&request.headers)),
        Copied::Curl => Ok(curl::command(request, &session.local_url_of(request), false)),
        Copied::Url => Ok(session.url_of(request, &record.delivery.endpoint)),
        Copied::Path => Ok(request.path().to_owned()),
        Copied::Value | Copied::Link => {
            let what = what.as_str();
            Err(Notice::warning(format!("there is no {what} here: open the delivery first")))
        }
        Copied::Example => session.example().ok_or_else(not_listening),
        Copied::SubscriptionId | Copied::Target | Copied::Subscription | Copied::Sheet => {
            Err(Notice::warning("that is no part of a delivery"))
        }
    }
}

/// The text of what is under the cursor of the open delivery, or why there is none.
pub fn under_cursor(what: Copied, detail: &Detail) -> Result<String, Notice> {
    let text = if what == Copied::Path { detail.path() } else { detail.value() };
    text.ok_or_else(|| Notice::warning(format!("there is no {} under the cursor", what.as_str())))
}

/// Why the command of the first screen cannot be copied.
pub fn not_listening() -> Notice {
    Notice::warning("nothing listens here: start hookscope without open to capture deliveries")
}

/// What became of a copy, in words that claim no more than is known.
#[must_use]
pub fn notice(what: Copied, outcome: &CopyOutcome) -> Notice {
    let what = what.as_str();
    match (&outcome.clipboard, &outcome.terminal) {
        (Ok(()), _) => Notice::done(format!("{what} copied")),
        (Err(_), Ok(())) => Notice::done(format!(
            "{what} handed to the terminal (OSC 52), which does not tell whether it took it"
        )),
        (Err(clipboard), Err(terminal)) => {
            Notice::error(format!("{what} not copied: {clipboard}; {terminal}"))
        }
    }
}

fn headers(headers: &Headers) -> String {
    let mut text = String::new();
    for field in headers.iter() {
        text.push_str(&String::from_utf8_lossy(&field.name));
        text.push_str(": ");
        text.push_str(&String::from_utf8_lossy(&masking::shown(field, false)));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests;
