//! What a part of the screen means.

/// What a part of the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// What is read first.
    Plain,
    /// What is secondary: rules, units, names of fields.
    Dim,
    /// Headings and what is marked by weight.
    Strong,
    /// The one colour that leads the eye: the focus, keys in hints.
    Accent,
    /// The row under the cursor, in the pane that has the keys.
    Cursor,
    /// The row under the cursor, in the other pane.
    CursorAside,
    /// What was searched for.
    Match,
    /// A proof that holds; a listener that is well.
    Verified,
    /// A proof that does not hold; a failure.
    Refuted,
    /// A proof that holds at another time; a warning.
    Stale,
    /// What was not checked.
    Unchecked,
    /// A key in JSON, the name of a pair.
    Key,
    /// A string in JSON.
    Text,
    /// A number in JSON.
    Number,
    /// `true`, `false`, `null`.
    Literal,
    /// Something is not well: the whole title.
    Alarm,
}

/// Every role in its order, with its name in a theme and what has it.
#[rustfmt::skip]
const NAMES: [(Role, &str, &str); Role::Alarm as usize + 1] = [
    (Role::Plain,       "plain",        "what is read first"),
    (Role::Dim,         "dim",          "what is secondary: lines, units, names of fields"),
    (Role::Strong,      "strong",       "headings"),
    (Role::Accent,      "accent",       "the pane with the keys, keys in hints"),
    (Role::Cursor,      "cursor",       "the row under the cursor"),
    (Role::CursorAside, "cursor-aside", "the same in the other pane; notices"),
    (Role::Match,       "match",        "what was searched for"),
    (Role::Verified,    "verified",     "a proof that holds, what went well"),
    (Role::Refuted,     "refuted",      "a proof that does not hold, a failure"),
    (Role::Stale,       "stale",        "a proof that holds at another time, a warning"),
    (Role::Unchecked,   "unchecked",    "what was not checked"),
    (Role::Key,         "key",          "a key in JSON, the name of a pair"),
    (Role::Text,        "text",         "a string in JSON"),
    (Role::Number,      "number",       "a number in JSON"),
    (Role::Literal,     "literal",      "true, false and null in JSON"),
    (Role::Alarm,       "alarm",        "the status bar while something is not well"),
];

impl Role {
    /// Every role, in its order.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(role, ..)| *role)
    }

    /// Its name in a theme.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES[self as usize].1
    }

    /// What has it, in a few words.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        NAMES[self as usize].2
    }

    /// The role of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known, _)| *known == name).map(|(role, ..)| *role)
    }
}
