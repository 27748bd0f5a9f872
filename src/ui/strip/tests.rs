use proptest::prelude::*;
use ratatui::buffer::Cell;
use ratatui::style::Color;

use super::*;

fn text_of(strip: &Strip) -> String {
    strip.pieces.iter().map(|(text, _)| text.as_str()).collect()
}

fn texts(strips: &[Strip]) -> Vec<String> {
    strips.iter().map(text_of).collect()
}

#[test]
fn columns_are_filled_up_and_cut_off() {
    let mut strip = Strip::new();
    strip.column("ab", 4, Style::new());
    strip.column("abcdef", 4, Style::new());
    strip.column_right("12", 4, Style::new());
    strip.column_right("123456", 4, Style::new());
    assert_eq!(text_of(&strip), "ab  abc…  12123…");
    assert_eq!(strip.width(), 16);
}

#[test]
fn what_is_searched_for_is_marked_each_time() {
    let mark = Style::new().bg(Color::Yellow);
    let mut strip = Strip::new();
    strip.push_marked("aXbxc", Style::new(), &Needle::new("x"), mark);
    let marked = strip.pieces.iter().filter(|(_, style)| *style == mark);
    assert_eq!(marked.map(|(text, _)| text.as_str()).collect::<Vec<_>>(), ["X", "x"]);
    assert_eq!(text_of(&strip), "aXbxc");
    for (text, needle) in [("ǅ", "ǆ"), ("aΣ", "aς"), ("é", "É")] {
        let mut strip = Strip::new();
        strip.push_marked(text, Style::new(), &Needle::new(needle), mark);
        assert_eq!(text_of(&strip), text, "letters change their length with their case");
    }
}

#[test]
fn lines_are_wrapped_across_pieces_and_the_last_one_says_that_there_is_more() {
    let mut strip = Strip::of("abc", Style::new());
    strip.push("defgh", Style::new());
    assert_eq!(texts(&strip.clone().wrapped(2, 9)), ["ab", "cd", "ef", "gh"]);
    assert_eq!(texts(&strip.clone().wrapped(2, 2)), ["ab", "c…"]);
    assert_eq!(texts(&strip.wrapped(8, 1)), ["abcdefgh"]);
    assert_eq!(texts(&Strip::new().wrapped(4, 1)), [""]);
}

/// Two pieces of any text, with wide and marked characters more often than by chance.
fn pieces() -> impl Strategy<Value = (String, String)> {
    let text = "([a-z ]|日|👍🏽|e\u{301}|\u{1b}|\\PC){0,30}";
    (text, text)
}

proptest! {
    #[test]
    fn a_wrapped_line_loses_nothing_and_keeps_to_its_columns(
        (one, two) in pieces(),
        columns in 2..20usize,
    ) {
        let mut strip = Strip::of(&one, Style::new());
        strip.push(&two, Style::new());
        let lines = strip.clone().wrapped(columns, usize::MAX);
        prop_assert_eq!(texts(&lines).concat(), text_of(&strip));
        for line in &lines {
            prop_assert!(line.width() <= columns || text_of(line).chars().count() > 1);
        }
        prop_assert!(strip.wrapped(columns, 3).len() <= 3);
    }

    #[test]
    fn a_cut_line_keeps_to_its_columns_and_drawing_it_to_its_area(
        (one, two) in pieces(),
        columns in 0..20u16,
    ) {
        let mut strip = Strip::of(&one, Style::new());
        strip.push(&two, Style::new());
        prop_assert!(strip.clone().truncated(usize::from(columns)).width() <= usize::from(columns));
        let mut buffer = Buffer::filled(Rect::new(0, 0, 30, 3), Cell::new("#"));
        strip.draw(&mut buffer, Rect::new(5, 1, columns, 1));
        for (at, cell) in buffer.content.iter().enumerate() {
            let (x, y) = buffer.pos_of(at);
            let inside = y == 1 && (5..5 + columns).contains(&x);
            prop_assert!(inside || cell.symbol() == "#", "({}, {})", x, y);
        }
    }
}
