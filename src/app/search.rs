//! What is looked for in a pane.

/// Text to look for. Letter case matters only when it has an upper-case letter itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle {
    text: String,
    exact: bool,
}

impl Needle {
    /// Looks for this text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), exact: text.chars().any(char::is_uppercase) }
    }

    /// The text as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the text holds it; nothing holds the empty one.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        if self.exact {
            text.contains(&self.text)
        } else {
            text.to_lowercase().contains(&self.text)
        }
    }
}

/// In which direction the next match is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// From here on, this place included.
    Here,
    /// Behind this place.
    Next,
    /// Before this place.
    Previous,
}

/// The nearest of `count` places that holds what is looked for, going around the ends.
pub fn nearest(
    from: usize,
    count: usize,
    step: Step,
    holds: impl Fn(usize) -> bool,
) -> Option<usize> {
    let found = |place: &usize| holds(*place);
    match step {
        Step::Here => (0..count).map(|n| (from + n) % count).find(found),
        Step::Next => (1..=count).map(|n| (from + n) % count).find(found),
        Step::Previous => (1..=count).map(|n| (from + count - n) % count).find(found),
    }
}

#[cfg(test)]
mod tests;
