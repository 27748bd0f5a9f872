//! The open delivery: its tabs, where the reader stands in each, and what is being loaded.
//!
//! It shows one delivery whole or nothing. While another one is loading, the one before stays, so
//! that nothing blinks; at most one load is under way, however fast the selection moves.
//!
//! Reading order: [`rules`] and [`facts`] (what the tabs say), [`content`] (one tab to move in), then here.

use std::sync::Arc;

use super::document;
use super::lines::Lines;
use super::message::Opened;
use super::search::{Needle, Step};
use super::tab::Tab;
use crate::domain::delivery::DeliveryId;
use crate::domain::evidence::Evidence;
use crate::domain::record::Record;
use crate::providers::about::About;
use content::Content;

pub mod rules;
pub mod facts;
pub mod content;

/// The detail pane.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    tab: Tab,
    shown: Option<Shown>,
    loading: Option<DeliveryId>,
    failure: Option<(DeliveryId, String)>,
    search: Needle,
}

#[derive(Clone, Debug)]
struct Shown {
    record: Arc<Record>,
    evidence: Arc<Evidence>,
    about: Arc<About>,
    contents: [Content; Tab::ALL.len()],
}

impl Detail {
    /// The tab on top.
    #[must_use]
    pub fn tab(&self) -> Tab {
        self.tab
    }

    /// The delivery that is shown.
    #[must_use]
    pub fn record(&self) -> Option<&Arc<Record>> {
        self.shown.as_ref().map(|shown| &shown.record)
    }

    /// The id of the delivery that is shown.
    #[must_use]
    pub fn id(&self) -> Option<DeliveryId> {
        self.record().map(|record| record.id)
    }

    /// What the tab on top holds.
    #[must_use]
    pub fn content(&self) -> Option<&Content> {
        self.shown.as_ref().map(|shown| &shown.contents[self.tab as usize])
    }

    /// The delivery that is being loaded.
    #[must_use]
    pub fn loading(&self) -> Option<DeliveryId> {
        self.loading
    }

    /// Why that delivery cannot be shown, if it was tried.
    #[must_use]
    pub fn failure(&self, id: DeliveryId) -> Option<&str> {
        let (failed, reason) = self.failure.as_ref()?;
        (*failed == id).then_some(reason)
    }

    /// What is looked for in this pane.
    #[must_use]
    pub fn needle(&self) -> &Needle {
        &self.search
    }

    /// The path of what is under the cursor: a JSON path in the body, a name elsewhere.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        self.content().map(Content::path).filter(|path| !path.is_empty())
    }

    /// The value under the cursor.
    #[must_use]
    pub fn value(&self) -> Option<String> {
        self.content().map(Content::value).filter(|value| !value.is_empty())
    }

    /// Shows another tab. A search belongs to the tab that it was begun in.
    pub fn show(&mut self, tab: Tab) {
        if tab != self.tab {
            self.search("");
            self.tab = tab;
        }
    }

    /// Asks for the delivery, unless it is there, failed before, or a load is under way. The
    /// answer is what has to be loaded now.
    pub fn want(&mut self, id: DeliveryId) -> Option<DeliveryId> {
        let have = self.id() == Some(id) || self.failure(id).is_some();
        if have || self.loading.is_some() {
            return None;
        }
        self.loading = Some(id);
        self.loading
    }

    /// Takes in what was loaded. `url` is the address that the delivery was sent to.
    pub fn opened(&mut self, opened: &Opened, url: &str) {
        let Opened { record, document, evidence, about } = opened;
        self.loading = None;
        self.failure = None;
        self.search = Needle::default();
        let contents = Tab::ALL.map(|tab| {
            let lines = lines(tab, record, url, evidence, about).map(Content::Lines);
            let body = || Content::Document(document::View::new(Arc::clone(document)));
            lines.unwrap_or_else(body)
        });
        let (record, evidence, about) = (record.clone(), evidence.clone(), about.clone());
        self.shown = Some(Shown { record, evidence, about, contents });
    }

    /// Shows what is known of the delivery now, if it is the one that is shown.
    pub fn reinspected(&mut self, record: &Arc<Record>, url: &str) {
        let Some(shown) = self.shown.as_mut().filter(|shown| shown.record.id == record.id) else {
            return;
        };
        for (tab, content) in Tab::ALL.into_iter().zip(&mut shown.contents) {
            if let Some(lines) = lines(tab, record, url, &shown.evidence, &shown.about) {
                *content = Content::Lines(lines);
            }
        }
        shown.record = Arc::clone(record);
    }

    /// The delivery could not be loaded.
    pub fn failed(&mut self, id: DeliveryId, reason: String) {
        self.loading = None;
        self.shown = None;
        self.failure = Some((id, reason));
    }

    /// Lets a delivery that failed be asked for again.
    pub fn retry(&mut self) {
        self.failure = None;
    }

    /// Shows nothing.
    pub fn clear(&mut self) {
        self.shown = None;
        self.failure = None;
        self.search = Needle::default();
    }

    /// What the tab on top holds, to move and fold in.
    pub fn content_mut(&mut self) -> Option<&mut Content> {
        self.shown.as_mut().map(|shown| &mut shown.contents[self.tab as usize])
    }

    /// Looks for text from here on; false if it is not there.
    pub fn search(&mut self, text: &str) -> bool {
        self.search = Needle::new(text);
        self.step(Step::Here)
    }

    /// Goes to a neighbouring match; false if there is none.
    pub fn step(&mut self, step: Step) -> bool {
        let Some(shown) = &mut self.shown else { return false };
        shown.contents[self.tab as usize].search(&self.search, step)
    }
}

/// What a tab says in lines; none for the body, which is a document.
fn lines(
    tab: Tab,
    record: &Record,
    url: &str,
    evidence: &Evidence,
    about: &About,
) -> Option<Lines> {
    let lines = match tab {
        Tab::Overview => facts::overview(record, url, about),
        Tab::Headers => facts::headers(record),
        Tab::Body => return None,
        Tab::Auth => facts::auth(record, evidence),
        Tab::Answer => facts::answer(record),
    };
    Some(Lines::new(lines))
}

#[cfg(test)]
mod tests;
