//! The first steps of somebody new: send something, add a secret, hand deliveries on to an app. Each can
//! be skipped; what was chosen is written at the end as a config, if the user says so.

use super::choices::moved;
use super::context::Context;
use super::editor::Editor;
use super::session::{FirstRun, Session};
use crate::domain::proposal::{Beginning, Proposal, Table};
use crate::domain::url::Url;

/// How far somebody is in the first steps.
#[derive(Clone, Debug)]
pub struct Guide {
    step: Step,
    standings: [Standing; Step::ALL.len()],
    env_files: Vec<String>,
    names: Names,
    cursor: usize,
    /// The address of the app, as it is typed.
    pub forward: Editor,
    /// What is wrong with it.
    pub mistake: Option<String>,
    writing: Writing,
}

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something is sent here.
    Send,
    /// A secret to check signatures by.
    Secret,
    /// Where deliveries are handed on to.
    Forward,
    /// The config is written.
    Write,
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing yet.
    Open,
    /// It is done.
    Done,
    /// The user went on without it.
    Skipped,
}

/// What is known of the names in the `.env` files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// Nobody looked.
    Unseen,
    /// They are being looked at.
    Looking,
    /// What they suggest.
    Seen {
        /// Endpoints, and whether each is chosen.
        endpoints: Vec<(Proposal, bool)>,
        /// What else they suggest, which is proposed in the config.
        others: Vec<Proposal>,
    },
}

/// What became of the config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Writing {
    /// It was not asked for.
    Unasked,
    /// It is being written.
    UnderWay,
    /// It is there.
    Written,
    /// It could not be written, for this reason.
    Failed(String),
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 4] = [Self::Send, Self::Secret, Self::Forward, Self::Write];

    /// What it is, in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Send => "Send something",
            Self::Secret => "Add a secret",
            Self::Forward => "Hand deliveries on to your app",
            Self::Write => "Write the config",
        }
    }
}

impl Guide {
    /// The steps from the first one on. An app that is set already is kept.
    #[must_use]
    pub fn new(first_run: &FirstRun, session: &Session) -> Self {
        let mut targets = session.endpoints.iter().flat_map(|it| &it.forwarding.targets);
        let forward = targets.next().map(|target| target.to.to_string()).unwrap_or_default();
        let mut guide = Self {
            step: Step::Send,
            standings: [Standing::Open; Step::ALL.len()],
            env_files: first_run.env_files.clone(),
            names: Names::Unseen,
            cursor: 0,
            forward: Editor::new(&forward),
            mistake: None,
            writing: Writing::Unasked,
        };
        if !forward.is_empty() {
            guide.standings[Step::Forward as usize] = Standing::Done;
        }
        guide
    }

    /// The step that has the keys.
    #[must_use]
    pub fn step(&self) -> Step {
        self.step
    }

    /// What became of a step.
    #[must_use]
    pub fn standing(&self, step: Step) -> Standing {
        self.standings[step as usize]
    }

    /// The `.env` files of the folder.
    #[must_use]
    pub fn env_files(&self) -> &[String] {
        &self.env_files
    }

    /// What is known of the names in them.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The place of the cursor among the endpoints.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// What became of the config.
    #[must_use]
    pub fn writing(&self) -> &Writing {
        &self.writing
    }

    /// The context of its keys.
    #[must_use]
    pub fn context(&self) -> Context {
        match (self.step, &self.names) {
            (Step::Send, _) => Context::GuideSend,
            (Step::Secret, Names::Seen { endpoints, .. }) if !endpoints.is_empty() => {
                Context::GuideSecret
            }
            _ => Context::Guide,
        }
    }

    /// The line that is typed in, if this step has one.
    pub fn editor_mut(&mut self) -> Option<&mut Editor> {
        (self.step == Step::Forward).then_some(&mut self.forward)
    }

    /// Something was captured.
    pub fn captured(&mut self) {
        self.standings[Step::Send as usize] = Standing::Done;
        if self.step == Step::Send {
            self.step = Step::Secret;
        }
    }

    /// Whether Enter has the names looked at: it is the consent.
    pub fn look(&mut self) -> bool {
        let looks =
            self.step == Step::Secret && self.names == Names::Unseen && !self.env_files.is_empty();
        if looks {
            self.names = Names::Looking;
        }
        looks
    }

    /// What the names suggest. Endpoints are chosen unless the user says otherwise.
    pub fn looked(&mut self, proposals: Vec<Proposal>) {
        let (endpoints, others) =
            proposals.into_iter().partition::<Vec<_>, _>(|it| it.table == Table::Endpoint);
        let endpoints = endpoints.into_iter().map(|it| (it, true)).collect();
        self.names = Names::Seen { endpoints, others };
        self.cursor = 0;
    }

    /// Moves among the endpoints; stops at the ends.
    pub fn move_by(&mut self, rows: isize) {
        if let (Step::Secret, Names::Seen { endpoints, .. }) = (self.step, &self.names) {
            self.cursor = moved(self.cursor, rows, endpoints.len());
        }
    }

    /// Chooses the endpoint under the cursor, or not.
    pub fn choose(&mut self) {
        if let (Step::Secret, Names::Seen { endpoints, .. }) = (self.step, &mut self.names)
            && let Some((_, is_chosen)) = endpoints.get_mut(self.cursor)
        {
            *is_chosen = !*is_chosen;
        }
    }

    /// Goes on to the next step with what this one has; stays where something is wrong.
    pub fn go_on(&mut self, session: &Session) {
        let is_done = match self.step {
            Step::Send => self.standing(Step::Send) == Standing::Done,
            Step::Secret => self.beginning().is_some_and(|it| !it.chosen.is_empty()),
            Step::Forward if self.forward.text().trim().is_empty() => false,
            Step::Forward => match self.address(session) {
                Ok(_) => true,
                Err(mistake) => {
                    self.mistake = Some(mistake);
                    return;
                }
            },
            Step::Write => return,
        };
        self.leave(if is_done { Standing::Done } else { Standing::Skipped });
    }

    /// Goes on without this step; false if there is none behind it.
    pub fn skip(&mut self) -> bool {
        match self.step {
            Step::Send => {}
            Step::Secret => self.names = Names::Unseen,
            Step::Forward => self.forward.clear(),
            Step::Write => return false,
        }
        let is_done = self.step == Step::Send && self.standing(Step::Send) == Standing::Done;
        self.leave(if is_done { Standing::Done } else { Standing::Skipped });
        true
    }

    fn leave(&mut self, standing: Standing) {
        self.standings[self.step as usize] = standing;
        self.mistake = None;
        let next = Step::ALL.get(self.step as usize + 1);
        self.step = next.copied().unwrap_or(Step::Write);
    }

    /// Goes back to the step before; what was written stays so.
    pub fn step_back(&mut self) {
        let before = (self.step as usize).checked_sub(1).and_then(|at| Step::ALL.get(at));
        if self.writing != Writing::Written && self.writing != Writing::UnderWay {
            self.step = before.copied().unwrap_or(Step::Send);
            self.mistake = None;
        }
    }

    /// The address that was typed, or what is wrong with it.
    fn address(&self, session: &Session) -> Result<Url, String> {
        let text = self.forward.text().trim();
        let url = Url::parse(text).map_err(|error| {
            format!("the address {error}; one is written as in http://127.0.0.1:3000")
        })?;
        let is_here = session.listening.as_deref().and_then(|here| Url::parse(here).ok());
        let is_here = is_here.is_some_and(|here| {
            here.port() == url.port() && (here.host() == url.host() || url.is_loopback())
        });
        if is_here { Err("that is where hookscope itself listens".to_owned()) } else { Ok(url) }
    }

    /// What the config would begin with; none while the address is wrong.
    #[must_use]
    pub fn beginning(&self) -> Option<Beginning> {
        let text = self.forward.text().trim();
        let forward = if text.is_empty() { None } else { Some(Url::parse(text).ok()?) };
        let env_files = self.env_files.clone();
        let Names::Seen { endpoints, others } = &self.names else {
            return Some(Beginning { env_files, forward, ..Beginning::default() });
        };
        let of = |wanted| {
            let those = endpoints.iter().filter(move |(_, is_chosen)| *is_chosen == wanted);
            those.map(|(proposal, _)| proposal.clone())
        };
        let proposed = of(false).chain(others.iter().cloned()).collect();
        Some(Beginning { env_files, chosen: of(true).collect(), proposed, forward })
    }

    /// What is to be written, if that is asked for now.
    pub fn write(&mut self) -> Option<Beginning> {
        let may_write = matches!(self.writing, Writing::Unasked | Writing::Failed(_));
        let beginning = self.beginning().filter(|_| self.step == Step::Write && may_write)?;
        self.writing = Writing::UnderWay;
        Some(beginning)
    }

    /// The config was written, or not.
    pub fn wrote(&mut self, written: Result<(), String>) {
        self.writing = match written {
            Ok(()) => {
                self.standings[Step::Write as usize] = Standing::Done;
                Writing::Written
            }
            Err(reason) => Writing::Failed(reason),
        };
    }
}

#[cfg(test)]
mod tests;
