//! The first steps: each a row with what became of it, the one that has the keys unfolded.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::overlay::{field, window};
use super::sentence::{below, said};
use super::strip::Strip;
use super::theme::{Role, Theme};
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::guide::{Guide, Names, Standing, Step, Writing};
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::domain::proposal::{Beginning, Proposal};

/// What is drawn with.
struct Pen<'a> {
    buffer: &'a mut Buffer,
    /// What is left of the window.
    rest: Rect,
    guide: &'a Guide,
    app: &'a App,
    theme: &'a Theme,
}

/// Draws the steps; returns the place of the text's cursor.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: &Screen,
    guide: &Guide,
    app: &App,
    theme: &Theme,
) -> Option<Position> {
    let rest = window(buffer, &screen.filled(), "First steps", theme);
    let mut pen = Pen { buffer, rest, guide, app, theme };
    let mut cursor = None;
    for (at, step) in Step::ALL.into_iter().enumerate() {
        pen.title(at + 1, step);
        if step != guide.step() {
            continue;
        }
        pen.gap();
        match step {
            Step::Send => pen.send(),
            Step::Secret => pen.secret(),
            Step::Forward => cursor = pen.forward(),
            Step::Write => pen.write(),
        }
        pen.gap();
    }
    cursor
}

impl Pen<'_> {
    fn gap(&mut self) {
        self.rest = below(self.rest, 1);
    }

    fn strip(&mut self, strip: Strip) {
        strip.draw(self.buffer, Rect { height: self.rest.height.min(1), ..self.rest });
        self.gap();
    }

    fn say(&mut self, role: Role, sentence: &str) {
        let area =
            Rect { x: self.rest.x + 2, width: self.rest.width.saturating_sub(2), ..self.rest };
        let rest = said(self.buffer, area, sentence, role, self.theme);
        self.rest = Rect { y: rest.y, height: rest.height, ..self.rest };
    }

    /// What can be pressed, where something can.
    fn hint(&mut self, action: Action, does: &str) {
        let hint = self.app.keymap.hint(self.guide.context(), action, does);
        if let Some(hint) = hint {
            self.say(Role::Plain, &hint);
        }
    }

    fn title(&mut self, number: usize, step: Step) {
        let theme = self.theme;
        let is_here = step == self.guide.step();
        let (glyph, word, role) = match self.guide.standing(step) {
            Standing::Done => (theme.glyphs.done(), "done", Role::Verified),
            Standing::Skipped => (theme.glyphs.nobody, "skipped", Role::Dim),
            Standing::Open => ("", "", Role::Dim),
        };
        let mut strip = Strip::new();
        let cursor = if is_here { theme.glyphs.cursor } else { "" };
        strip.column(cursor, 2, theme.style(Role::Accent));
        let title = if is_here { Role::Strong } else { Role::Dim };
        strip.push(&format!("{number} {}", step.title()), theme.style(title));
        strip.gap(2);
        strip.push(glyph, theme.style(role));
        strip.gap(1);
        strip.push(word, theme.style(role));
        self.strip(strip);
    }

    fn send(&mut self) {
        self.say(
            Role::Plain,
            "Whatever is sent to hookscope is kept and shown. From another terminal:",
        );
        self.gap();
        self.say(Role::Accent, &self.app.session.example().unwrap_or_default());
        self.gap();
        self.hint(
            Action::Samples,
            "sends a sample of Avinode, Schedaero, Avionté or Channex instead",
        );
    }

    fn secret(&mut self) {
        let files = self.guide.env_files().join(", ");
        let is_listed = self.guide.context() == Context::GuideSecret;
        if !is_listed {
            let needs =
                "With the secret of a sender hookscope tells whether a delivery is genuine.";
            self.say(Role::Plain, needs);
        }
        match self.guide.names() {
            Names::Unseen if files.is_empty() => {
                let text = "There is no .env file in this folder: the config that is written at the end \
                            tells how to name a secret.";
                self.say(Role::Plain, text);
            }
            Names::Unseen => {
                self.say(Role::Plain, &format!("In this folder there is {files}."));
                self.gap();
                let looks =
                    "looks for names in it that tell of a sender; no value is kept or shown";
                self.hint(Action::Submit, looks);
            }
            Names::Looking => self.say(Role::Dim, "looking"),
            Names::Seen { endpoints, .. } if endpoints.is_empty() => {
                let text =
                    format!("No name in {files} tells of a sender whose deliveries are signed.");
                self.say(Role::Plain, &text);
            }
            Names::Seen { endpoints, .. } => {
                // The titles of the steps behind this one, and a gap.
                let room = usize::from(self.rest.height.saturating_sub(3)).max(1);
                let cursor = self.guide.cursor();
                let first = (cursor + 1).saturating_sub(room);
                for (at, (proposal, is_on)) in endpoints.iter().enumerate().skip(first).take(room) {
                    self.proposal(proposal, *is_on, at == cursor);
                }
            }
        }
    }

    fn proposal(&mut self, proposal: &Proposal, is_on: bool, is_here: bool) {
        let theme = self.theme;
        let mut strip = Strip::new();
        strip.gap(2);
        let cursor = if is_here { theme.glyphs.cursor } else { "" };
        strip.column(cursor, 2, theme.style(Role::Accent));
        strip.push(if is_on { "[x] " } else { "[ ] " }, theme.style(Role::Plain));
        strip.push(&format!("/{}  ", proposal.name), theme.style(Role::Plain));
        strip.push(&proposal.values.join(", "), theme.style(Role::Dim));
        if is_here {
            let row = Rect { height: self.rest.height.min(1), ..self.rest };
            self.buffer.set_style(row, theme.style(Role::Cursor));
        }
        self.strip(strip);
    }

    fn forward(&mut self) -> Option<Position> {
        let area =
            Rect { x: self.rest.x + 2, width: self.rest.width.saturating_sub(4), ..self.rest };
        let row = Rect { height: area.height.min(1), ..area };
        let label = Strip::of("  address ", self.theme.style(Role::Accent));
        let (cursor, _) = field(self.buffer, row, label, &self.guide.forward, self.theme);
        self.gap();
        if let Some(mistake) = &self.guide.mistake {
            self.say(Role::Refuted, mistake);
        }
        self.gap();
        let text = "Your app gets there what is captured, as it came and in order; while it is down, \
                    deliveries wait. One is http://127.0.0.1:3000.";
        self.say(Role::Plain, text);
        cursor
    }

    fn write(&mut self) {
        let Some(first_run) = &self.app.session.first_run else { return };
        let beginning = self.guide.beginning().unwrap_or_default();
        let file = &first_run.file;
        match self.guide.writing() {
            Writing::Written => return self.written(file, &beginning),
            Writing::UnderWay => return self.say(Role::Dim, "writing"),
            Writing::Failed(reason) => self.say(Role::Refuted, reason),
            Writing::Unasked => {}
        }
        let paths = beginning.chosen.iter().map(|proposal| format!("/{}", proposal.name));
        let paths = paths.collect::<Vec<_>>().join(", ");
        if !paths.is_empty() {
            self.say(
                Role::Plain,
                &format!("An endpoint for each of {paths}, and one for all else."),
            );
        }
        if let Some(url) = &beginning.forward {
            self.say(Role::Plain, &format!("Deliveries are handed on to {url}."));
        }
        if paths.is_empty() && beginning.forward.is_none() {
            self.say(
                Role::Plain,
                "Nothing was chosen: all that can be set stands there as comments.",
            );
        }
        self.gap();
        self.hint(Action::Submit, &format!("writes {file} in this folder"));
        self.hint(Action::Back, "leaves it");
    }

    fn written(&mut self, file: &str, beginning: &Beginning) {
        self.say(Role::Plain, &format!("{file} is written. The next start takes it up:"));
        self.gap();
        self.say(Role::Accent, &beginning.start());
        self.gap();
        self.hint(Action::Quit, "quits");
        self.hint(Action::Submit, "goes to what was captured");
    }
}
