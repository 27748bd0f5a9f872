//! The states that scenarios begin in.

use hookscope::app::forwarding::{Forward, Trouble, TroubleKind, Waiting};
use hookscope::app::message::Message;
use hookscope::domain::forwarding::Forwarding;
use hookscope::domain::replay_targets::ReplayTargets;
use hookscope::domain::url::Url;

use super::stage::{self, Stage};
use super::{desk, guiding, subscribing};

/// The states that scenarios begin in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Begin {
    /// Both panes side by side over thirty deliveries.
    Wide,
    /// One pane at a time.
    Narrow,
    /// Nothing was captured yet.
    Empty,
    /// The same without a config: the first steps are shown.
    New,
    /// The same at the second step, where two endpoints and an account were suggested.
    Named,
    /// Both panes over thirty deliveries of a company whose account is known.
    Linked,
    /// The same, one pane at a time.
    LinkedNarrow,
    /// A former run left a lease open.
    Left,
    /// The two newest deliveries wait for an answer.
    Held,
    /// Wide, and deliveries were replayed to two targets in former runs, a third is configured.
    Before,
    /// Wide, and three deliveries wait for an app that is down.
    Down,
}

impl Begin {
    pub(super) fn stage(self) -> Stage {
        match self {
            Self::Wide => Stage::new(120, 40, 30),
            Self::Narrow => Stage::new(80, 15, 30),
            Self::Empty => Stage::new(80, 24, 0),
            Self::New => guiding::new(),
            Self::Named => guiding::named(),
            Self::Linked => Stage::linked(120, 40),
            Self::LinkedNarrow => Stage::linked(80, 15),
            Self::Left => {
                let mut stage = Stage::new(120, 40, 30);
                assert_eq!(stage.send(subscribing::left_open(&["1"])), []);
                stage
            }
            Self::Held => desk::held(Stage::new(120, 40, 30)),
            Self::Before => {
                let mut stage = Self::Wide.stage();
                let used = ["http://a.test/last", "http://b.test"].map(url).to_vec();
                let targets = ReplayTargets::used(used).with(&Forwarding::to(url("http://c.test")));
                let targets = [("default".into(), targets)].into();
                assert_eq!(stage.send(Message::TargetsLoaded(Ok(targets))), []);
                stage
            }
            Self::Down => {
                let mut stage = Self::Wide.stage();
                stage.send(Message::Forwarding(vec![down("localhost:3000", 3)]));
                stage
            }
        }
    }
}

/// An address.
pub(super) fn url(text: &str) -> Url {
    Url::parse(text).expect("an address")
}

/// An app for which so many deliveries wait.
pub(super) fn down(target: &str, count: u64) -> Forward {
    let waiting = Waiting { count, or_more: false };
    let trouble = Trouble { kind: TroubleKind::Down, since: stage::at(0), waiting };
    Forward { target: target.to_owned(), trouble: Some(trouble) }
}
