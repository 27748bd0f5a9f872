//! The delivery that is shown, and what its tabs hold.

use std::sync::Arc;

use super::attempts::Attempts;
use super::content::Content;
use super::facts;
use super::fetching::Fetching;
use crate::app::document::View;
use crate::app::keymap::Keymap;
use crate::app::lines::{Line, Lines};
use crate::app::message::Opened;
use crate::app::tab::Tab;
use crate::domain::evidence::Evidence;
use crate::domain::record::{Record, Summary};
use crate::domain::sameness::sameness;
use crate::providers::about::About;

/// The delivery that is shown.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) record: Arc<Record>,
    /// The address that it was sent to.
    url: String,
    evidence: Arc<Evidence>,
    pub(super) about: Arc<About>,
    pub(super) sameness: i64,
    /// The deliveries of the same event, as far as they were read.
    pub(super) same: Vec<Summary>,
    /// They have to be read, for the first time or again.
    pub(super) wants_same: bool,
    pub(super) contents: [Content; Tab::ALL.len()],
    keymap: Arc<Keymap>,
}

impl Shown {
    /// Each tab seen from its top.
    pub(super) fn new(
        opened: &Opened,
        url: &str,
        under_way: &[Fetching],
        keymap: &Arc<Keymap>,
    ) -> Self {
        let Opened { record, document, evidence, about } = opened;
        let contents = Tab::ALL.map(|tab| match tab {
            Tab::Attempts => {
                let attempts = Attempts::new(under_way.to_vec(), Arc::clone(keymap));
                Content::Attempts(Box::new(attempts))
            }
            Tab::Body => Content::Document(View::new(Arc::clone(document))),
            Tab::Overview | Tab::Headers | Tab::Auth | Tab::Answer => {
                Content::Lines(Lines::default())
            }
        });
        let mut shown = Self {
            record: Arc::clone(record),
            url: url.to_owned(),
            evidence: Arc::clone(evidence),
            about: Arc::clone(about),
            sameness: sameness(&record.delivery, &record.inspection),
            same: Vec::new(),
            wants_same: true,
            contents,
            keymap: Arc::clone(keymap),
        };
        shown.tell();
        shown
    }

    /// Says anew what the tabs in lines say; the reader stays where they are.
    pub(super) fn tell(&mut self) {
        for tab in Tab::ALL {
            let lines = self.lines(tab);
            if let Content::Lines(shown) = &mut self.contents[tab as usize] {
                shown.replace(lines);
            }
        }
    }

    /// What a tab says in lines; nothing for the body and the attempts, which are more than that.
    fn lines(&self, tab: Tab) -> Vec<Line> {
        let record = &self.record;
        match tab {
            Tab::Overview => {
                facts::overview(record, &self.url, &self.about, &self.same, &self.keymap)
            }
            Tab::Headers => facts::headers(record),
            Tab::Body | Tab::Attempts => Vec::new(),
            Tab::Auth => facts::auth(record, &self.evidence),
            Tab::Answer => facts::answer(record),
        }
    }
}
