//! The list of samples: what is typed narrows it down.

use super::choices::moved;
use super::editor::Editor;
use super::search::Needle;
use crate::domain::event::ProviderId;
use crate::providers::samples::{self, Content, Sample};

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
        self.cursor = moved(self.cursor, rows, self.choices().len());
    }

    /// What is typed has changed.
    pub fn narrowed(&mut self) {
        self.cursor = 0;
    }
}
