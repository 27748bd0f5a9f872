//! A range of whole numbers, for statuses and ids.

use std::fmt;

/// All whole numbers from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The smallest.
    pub from: i64,
    /// The largest; never less than `from`.
    pub to: i64,
}

impl Span {
    /// Reads `42`, `40..50`, `40..`, `..50`, `>=40`, `>40`, `<=50` or `<50`; none if the text is
    /// something else or no number can be in it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (from, to) = match split_operator(text) {
            Some((">=", number)) => (whole(number)?, i64::MAX),
            Some((">", number)) => (whole(number)?.checked_add(1)?, i64::MAX),
            Some(("<=", number)) => (0, whole(number)?),
            Some((_, number)) => (0, whole(number)? - 1),
            None => match text.split_once("..") {
                Some(("", to)) => (0, whole(to)?),
                Some((from, "")) => (whole(from)?, i64::MAX),
                Some((from, to)) => (whole(from)?, whole(to)?),
                None => (whole(text)?, whole(text)?),
            },
        };
        (from <= to).then_some(Self { from, to })
    }

    /// Whether the number is one of them.
    #[must_use]
    pub fn holds(self, number: i64) -> bool {
        (self.from..=self.to).contains(&number)
    }
}

fn split_operator(text: &str) -> Option<(&str, &str)> {
    let operator = [">=", ">", "<=", "<"].into_iter().find(|sign| text.starts_with(sign))?;
    Some((operator, text.strip_prefix(operator)?))
}

fn whole(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (from, to) if from == to => write!(f, "{from}"),
            (from, i64::MAX) => write!(f, ">={from}"),
            (0, to) => write!(f, "<={to}"),
            (from, to) => write!(f, "{from}..{to}"),
        }
    }
}
