use proptest::prelude::*;

use super::{Block, Editor};
use crate::app::key::{Code, Key};

fn typed(start: &str, keys: &str) -> Editor {
    let mut editor = Editor::new(start);
    for key in Key::parse_sequence(keys).unwrap() {
        editor.input(key);
    }
    editor
}

#[test]
fn a_line_is_edited_with_the_usual_keys() {
    for (start, keys, text, cursor) in [
        ("", "a b space c", "ab c", 4),
        ("abc", "backspace", "ab", 2),
        ("abc", "left left x", "axbc", 2),
        ("abc", "home delete", "bc", 0),
        ("one two", "ctrl-w", "one ", 4),
        ("one two", "left left ctrl-u", "wo", 0),
        ("one two", "home ctrl-k", "", 0),
        ("äé", "left backspace", "é", 0),
        ("abc", "enter ctrl-m ctrl-j tab up down", "abc", 3),
    ] {
        let editor = typed(start, keys);
        assert_eq!((editor.text(), editor.cursor()), (text, cursor), "{start:?} {keys}");
    }
}

#[test]
fn only_a_change_of_the_text_counts_as_one() {
    let mut editor = Editor::new("ab");
    assert!(!editor.input(Key::plain(Code::Left)));
    assert!(editor.input(Key::plain(Code::Backspace)));
    assert!(!editor.input(Key::plain(Code::Backspace)), "nothing stands before the cursor");
    assert!(!editor.paste(""));
}

#[test]
fn pasted_text_stays_on_one_line_and_within_the_bound() {
    let mut editor = Editor::default();
    assert!(editor.paste("a\r\nb\tc\u{1b}[31m\n"));
    assert_eq!(editor.text(), "a  b c [31m");
    editor.paste(&"x".repeat(2 * Editor::MOST));
    assert_eq!(editor.text().chars().count(), Editor::MOST);
    assert!(!editor.input(Key::plain(Code::Char('y'))));
}

fn any_key() -> impl Strategy<Value = Key> {
    let code = prop_oneof![
        any::<char>().prop_map(Code::Char),
        Just(Code::Backspace),
        Just(Code::Delete),
        Just(Code::Left),
        Just(Code::Right),
        Just(Code::Home),
        Just(Code::End),
        Just(Code::Enter),
    ];
    (code, any::<[bool; 3]>()).prop_map(|(code, [ctrl, alt, shift])| Key { code, ctrl, alt, shift })
}

proptest! {
    #[test]
    fn no_key_ever_begins_a_second_line(keys in proptest::collection::vec(any_key(), 0..60)) {
        let mut editor = Editor::new("start");
        for key in keys {
            let before = editor.text().to_owned();
            let changed = editor.input(key);
            prop_assert_eq!(changed, before != editor.text());
            prop_assert_eq!(editor.area().lines().len(), 1);
            prop_assert!(editor.cursor() <= editor.text().chars().count());
        }
    }
}

#[test]
fn a_block_has_lines_that_are_typed_and_pasted() {
    let mut block = Block::new("{\r\n\t\"a\": 1\r\n}\n");
    assert_eq!(block.text(), "{\n \"a\": 1\n}");
    assert_eq!(block.cursor(), (2, 1));
    assert!(block.break_line() && block.input(Key::parse("x").unwrap()));
    assert_eq!(block.lines().len(), 4);
    assert!(!block.move_by(1), "it is the last line");
    assert!(block.move_by(-1));
    assert!(!block.input(Key::parse("ctrl-m").unwrap()));
    assert_eq!(block.text(), "{\n \"a\": 1\n}\nx");
}

#[test]
fn a_block_takes_no_more_than_its_most() {
    let mut block = Block::new(&"line\n".repeat(Block::MOST));
    assert!(block.text().chars().count() <= Block::MOST);
    block.paste(&"x".repeat(Block::MOST));
    let full = block.text();
    assert!(!block.input(Key::parse("x").unwrap()) && !block.break_line());
    assert_eq!(block.text(), full);
}
