use super::{Comment, LONGEST_NOTE, LONGEST_TAG, MOST_TAGS};

#[test]
fn a_note_is_one_line_of_bounded_length_or_none() {
    for (text, note) in [
        ("", None),
        (" \n\t ", None),
        ("  seen by\nthe team ", Some("seen by the team")),
        ("\u{1b}[31mred", Some("[31mred")),
    ] {
        assert_eq!(Comment::new(text, []).note(), note, "{text:?}");
    }
    let long = Comment::new(&"é".repeat(LONGEST_NOTE + 1), []);
    assert_eq!(long.note().map(|note| note.chars().count()), Some(LONGEST_NOTE));
}

#[test]
fn tags_are_words_that_are_there_once() {
    for (text, tags) in [
        ("", &[][..]),
        ("bug, #ask  BUG later", &["bug", "ask", "later"]),
        ("-bug # ,\"x\"", &["bug", "x"]),
    ] {
        assert_eq!(Comment::new("", [text]).tags(), tags, "{text:?}");
    }
    let many = (0..=MOST_TAGS).map(|n| format!("t{n}")).collect::<Vec<_>>();
    assert_eq!(Comment::new("", many.iter().map(String::as_str)).tags().len(), MOST_TAGS);
    let long = Comment::new("", [&*"x".repeat(LONGEST_TAG + 1)]);
    assert_eq!(long.tags()[0].len(), LONGEST_TAG);
}

#[test]
fn tags_are_put_on_and_taken_off_by_words() {
    let mut comment = Comment::new("a note", ["bug ask"]);
    comment.change_tags("-BUG later ask");
    assert_eq!(comment.tags(), ["ask", "later"]);
    comment.change_tags("-ask -later");
    assert_eq!((comment.tags(), comment.note()), (&[][..], Some("a note")));
    comment.set_note("");
    assert!(comment.is_empty());
}
