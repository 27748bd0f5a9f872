use super::{Line, Lines};
use crate::app::fixtures::at;
use crate::app::search::{Needle, Step};

fn lines(count: usize) -> Lines {
    Lines::new(
        (0..count).map(|n| Line::field(&format!("name {n}"), format!("value {n}"))).collect(),
    )
}

#[test]
fn the_cursor_stops_at_the_ends_and_stays_in_sight() {
    let mut lines = lines(20);
    for (rows, cursor, scroll) in [
        (0, 0, 0),
        (4, 4, 0),
        (1, 5, 1),
        (isize::MAX, 19, 15),
        (-3, 16, 15),
        (-3, 13, 13),
        (isize::MIN, 0, 0),
    ] {
        lines.move_by(rows);
        lines.keep_in_sight(80, 5, false);
        assert_eq!((lines.cursor(), lines.scroll()), (cursor, scroll), "moved by {rows}");
    }
}

#[test]
fn wrapped_lines_take_the_rows_that_they_need() {
    let long = Line::field("name", "x".repeat(75));
    let (width, names) = (50, 16);
    assert_eq!(long.height(width, names, true), 3);
    assert_eq!(long.height(width, names, false), 1);
    assert_eq!(Line::field("name", "").height(width, names, true), 1);
    assert_eq!(Line::time("received", at(0)).height(1, names, true), 1);
    assert_eq!(
        Line::Note("日本".repeat(5)).height(12, names, true),
        2,
        "wide characters take two columns"
    );
    let mut lines = Lines::new(vec![long.clone(), long.clone(), long]);
    lines.move_by(2);
    lines.keep_in_sight(width, 6, true);
    assert_eq!(lines.scroll(), 1);
    lines.keep_in_sight(width, 1, true);
    assert_eq!(lines.scroll(), 2, "a line that is too tall begins at the top");
}

#[test]
fn names_get_the_columns_that_the_longest_one_needs_but_not_most_of_the_pane() {
    let of = |name: &str| Lines::new(vec![Line::field("Host", "a"), Line::field(name, "b")]);
    assert_eq!(of("Accept").name_width(80), 16);
    assert_eq!(of("X-Avinode-ApiToken").name_width(80), 22);
    assert_eq!(of(&"x".repeat(60)).name_width(80), 32);
    assert_eq!(of("Accept").name_width(0), 0);
}

#[test]
fn no_lines_are_no_trouble() {
    let mut lines = lines(0);
    lines.move_by(3);
    lines.keep_in_sight(0, 0, true);
    assert!(!lines.search(&Needle::new("a"), Step::Here));
    assert_eq!((lines.cursor(), lines.scroll(), lines.current()), (0, 0, None));
}

#[test]
fn names_and_values_are_searched() {
    let mut lines = lines(20);
    let needle = Needle::new("value 1");
    assert!(lines.search(&needle, Step::Here));
    assert_eq!(lines.cursor(), 1);
    assert!(lines.search(&needle, Step::Next));
    assert_eq!(lines.cursor(), 10);
    assert!(lines.search(&needle, Step::Previous));
    assert_eq!(lines.cursor(), 1);
    assert!(!lines.search(&Needle::new("NAME 1"), Step::Next));
    assert!(lines.search(&Needle::new("name 19"), Step::Next));
    assert_eq!(lines.current().map(Line::value), Some("value 19".to_owned()));
}

#[test]
fn a_sentence_is_parted_between_words_and_only_a_long_word_within() {
    for (sentence, room, rows) in [
        ("set public_url", 20, vec!["set public_url"]),
        ("set public_url to it", 14, vec!["set public_url", "to it"]),
        ("set public_url", 8, vec!["set", "public_u", "rl"]),
        ("日本語", 3, vec!["日", "本", "語"]),
        ("日本", 1, vec!["日", "本"]),
        ("", 5, vec![""]),
    ] {
        assert_eq!(super::rows_of(sentence, room), rows, "{sentence} in {room}");
    }
}
