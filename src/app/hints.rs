//! Sentences that end with what can be done.

/// A text, then what can be done, where something can; between them the sign.
#[must_use]
pub fn hinted(text: &str, sign: char, hints: impl IntoIterator<Item = String>) -> String {
    let hints = hints.into_iter().collect::<Vec<_>>().join(", ");
    let gap = if text.is_empty() || hints.is_empty() { "" } else { &format!("{sign} ") };
    format!("{text}{gap}{hints}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_done_stands_behind_the_text_where_there_is_something() {
        let rows: [(&str, &[&str], &str); 4] = [
            ("nothing", &["n makes one"], "nothing: n makes one"),
            ("nothing", &["n makes one", "r asks again"], "nothing: n makes one, r asks again"),
            ("nothing", &[], "nothing"),
            ("", &["n makes one"], "n makes one"),
        ];
        for (text, hints, expected) in rows {
            let hints = hints.iter().map(ToString::to_string);
            assert_eq!(hinted(text, ':', hints), expected);
        }
    }
}
