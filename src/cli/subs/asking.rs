//! What is about to be sent is shown, and asked about.

use std::io::{self, Write as _};

use serde_json::Value;

use super::means::{Manner, Means};
use super::trouble::Trouble as _;
use crate::cli::asking;
use crate::domain::attempt::Call;
use crate::domain::subscription::Change;
use crate::ui::text;

/// Whether the change is to be made.
pub(super) fn agreed(means: &Means, change: &Change) -> anyhow::Result<bool> {
    let call = means.subscribing.preview(&means.account.name, change).trouble()?;
    let what = format!("{} a subscription of {}", change.as_str(), means.account.name);
    ask(&means.manner, &what, &shown(&call))
}

/// Whether it is to be done. It is shown in any case, and asked about unless that was answered by
/// `--yes`.
pub(super) fn ask(manner: &Manner, what: &str, shown: &str) -> anyhow::Result<bool> {
    if !(manner.yes && manner.quiet) {
        let mut err = io::stderr().lock();
        writeln!(err, "hookscope: {}:", text::visible(what))?;
        for line in shown.lines() {
            writeln!(err, "hookscope:   {}", text::visible(line))?;
        }
    }
    if manner.yes {
        return Ok(true);
    }
    let nobody = "this is asked about before it is sent, and there is no terminal to ask at";
    let is_yes = asking::agreed(&text::visible(what), nobody)?;
    if !is_yes {
        manner.say("nothing was sent");
    }
    Ok(is_yes)
}

/// The call as people read it. It holds no secret.
fn shown(call: &Call) -> String {
    let line = format!("{} {}", call.request.method, call.url);
    let json = serde_json::from_slice::<Value>(&call.request.body).ok();
    match json.and_then(|json| serde_json::to_string_pretty(&json).ok()) {
        Some(body) => format!("{line}\n{body}"),
        None => line,
    }
}
