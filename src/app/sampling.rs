//! Sending a sample to the listener as its provider would send it.

use super::command::Command;
use super::overlay::Overlay;
use super::samples::{Choice, Samples};
use super::state::App;
use super::toast::Notice;
use crate::domain::attempt::Attempt;
use crate::domain::endpoint::Endpoint;
use crate::domain::event::ProviderId;
use crate::domain::url::Url;
use crate::providers::trigger::endpoint_for;

/// Shows the list.
pub fn open(app: &mut App) {
    app.overlays.push(Overlay::Samples(Samples::default()));
}

/// Sends the sample under the cursor.
pub fn send(app: &mut App) -> Option<Command> {
    let Some(Overlay::Samples(samples)) = app.overlays.last() else { return None };
    let choice = samples.choices().get(samples.cursor()).copied()?;
    let command = send_choice(app, choice);
    if command.is_some() {
        app.overlays.pop();
    }
    command
}

/// Sends a sample to the endpoint of its provider.
pub fn send_choice(app: &mut App, choice: Choice) -> Option<Command> {
    let Choice { sample, content } = choice;
    match destination(app, sample.provider) {
        Ok((endpoint, url)) => {
            let endpoint = endpoint.name.clone();
            Some(Command::SendSample { sample, content, endpoint, url })
        }
        Err(notice) => {
            app.notify(notice);
            None
        }
    }
}

fn destination(app: &App, provider: ProviderId) -> Result<(&Endpoint, Url), Notice> {
    let nowhere = || Notice::warning("nothing listens here: start hookscope without a command");
    let listening = app.session.listening.as_deref().ok_or_else(nowhere)?;
    let endpoint = endpoint_for(app.session.endpoints.iter(), provider).ok_or_else(nowhere)?;
    let url = Url::parse(&format!("{listening}{}", endpoint.path.example()));
    let url = url.map_err(|error| Notice::warning(format!("the listener's address {error}")))?;
    Ok((endpoint, url))
}

/// A sample has gone out; the delivery shows up in the stream.
pub fn sent(app: &mut App, attempt: &Attempt) {
    let text = format!("sample: {}", attempt.sentence());
    let is_success = attempt.is_success();
    app.notify(if is_success { Notice::done(text) } else { Notice::warning(text) });
}
