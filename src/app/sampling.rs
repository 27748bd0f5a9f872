//! The list of samples: what is typed narrows it down, and one is sent to the listener as its
//! provider would send it.

use super::command::Command;
use super::editor::Editor;
use super::overlay::Overlay;
use super::search::Needle;
use super::state::App;
use super::toast::Notice;
use crate::domain::attempt::Attempt;
use crate::domain::endpoint::Endpoint;
use crate::domain::event::ProviderId;
use crate::domain::url::Url;
use crate::providers::samples::{self, Content, Sample};
use crate::providers::trigger::endpoint_for;

/// The list of samples.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    /// What to look for.
    pub editor: Editor,
    cursor: usize,
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The sample.
    pub sample: &'static Sample,
    /// With its data or without.
    pub content: Content,
}

impl Choice {
    /// What else there is to say about it.
    #[must_use]
    pub fn remark(&self) -> &'static str {
        match (self.content, self.sample.data_is_documented()) {
            (Content::WithoutData, _) => "without data",
            (Content::Whole, false) => "its data is not documented",
            (Content::Whole, true) => "",
        }
    }
}

impl Samples {
    /// The samples that fit what is typed, provider by provider.
    #[must_use]
    pub fn choices(&self) -> Vec<Choice> {
        let words = self.editor.text().split_whitespace().map(Needle::new).collect::<Vec<_>>();
        let all = ProviderId::ALL.into_iter().flat_map(samples::of).flat_map(|sample| {
            let without = sample.can_leave_data() && sample.data_is_documented();
            let contents = [Some(Content::Whole), without.then_some(Content::WithoutData)];
            contents.into_iter().flatten().map(move |content| Choice { sample, content })
        });
        let fits = |choice: &Choice| {
            let Sample { provider, event, .. } = choice.sample;
            let text = format!("{provider} {event} {}", choice.remark());
            words.iter().all(|word| word.is_in(&text))
        };
        all.filter(fits).collect()
    }

    /// The place of the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Moves the cursor; stops at the ends.
    pub fn move_by(&mut self, rows: isize) {
        let last = self.choices().len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(rows).min(last);
    }

    /// What is typed has changed.
    pub fn narrowed(&mut self) {
        self.cursor = 0;
    }
}

/// Shows the list.
pub fn open(app: &mut App) {
    app.overlays.push(Overlay::Samples(Samples::default()));
}

/// Sends the sample under the cursor. The list stays open.
pub fn send(app: &mut App) -> Option<Command> {
    let Some(Overlay::Samples(samples)) = app.overlays.last() else { return None };
    let Choice { sample, content } = samples.choices().get(samples.cursor).copied()?;
    match destination(app, sample.provider) {
        Ok((endpoint, url)) => {
            let endpoint = endpoint.name.clone();
            app.overlays.pop();
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
