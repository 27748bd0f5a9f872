//! What the user says of a delivery. Whatever it is, the delivery is kept when old ones are deleted.

/// A longer note is cut, in characters.
pub const LONGEST_NOTE: usize = 2_000;

/// A longer tag is cut, in characters.
pub const LONGEST_TAG: usize = 40;

/// More tags than these are left out.
pub const MOST_TAGS: usize = 20;

/// What the user says of one delivery; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotation {
    /// It is marked.
    pub marked: bool,
    /// What is written about it.
    pub comment: Comment,
}

/// What the user writes about one delivery; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    note: Option<String>,
    tags: Vec<String>,
}

impl Comment {
    /// A note and tags, brought into the form in which they are kept: the note on one line, each tag
    /// a word that is there once, whatever its letter case.
    pub fn new<'a>(note: &str, tags: impl IntoIterator<Item = &'a str>) -> Self {
        let mut comment = Self::default();
        comment.set_note(note);
        comment.set_tags(tags);
        comment
    }

    /// The same from what it was kept as.
    #[must_use]
    pub fn kept(note: Option<&str>, tags: &[String]) -> Self {
        Self::new(note.unwrap_or_default(), tags.iter().map(String::as_str))
    }

    /// The note.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The tags, in the order in which they were given.
    #[must_use]
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.note.is_none() && self.tags.is_empty()
    }

    /// Replaces the note; an empty one is none.
    pub fn set_note(&mut self, note: &str) {
        let line = note.replace(char::is_control, " ");
        let note = line.trim().chars().take(LONGEST_NOTE).collect::<String>();
        self.note = (!note.is_empty()).then_some(note);
    }

    /// Replaces the tags.
    pub fn set_tags<'a>(&mut self, tags: impl IntoIterator<Item = &'a str>) {
        self.tags.clear();
        for tag in tags.into_iter().flat_map(words) {
            self.tag(tag);
        }
    }

    /// Changes the tags as words say: `name` puts one on, `-name` takes it off.
    pub fn change_tags(&mut self, text: &str) {
        for word in words(text) {
            match word.strip_prefix('-') {
                Some(off) => self.tags.retain(|tag| !tag.eq_ignore_ascii_case(off)),
                None => self.tag(word),
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        let tag = tag.trim_start_matches(['#', '-']).chars().take(LONGEST_TAG).collect::<String>();
        let is_there = self.tags.iter().any(|known| known.eq_ignore_ascii_case(&tag));
        if !tag.is_empty() && !is_there && self.tags.len() < MOST_TAGS {
            self.tags.push(tag);
        }
    }
}

/// The words of a line of tags. What has a meaning in a filter is no part of one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let divides = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | '"' | '\\');
    text.split(divides).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests;
