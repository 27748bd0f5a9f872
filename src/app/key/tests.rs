use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use proptest::prelude::*;

use super::{Code, Key, NAMED};

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

#[test]
fn keys_are_written_as_people_say_them() {
    let plain = Key::plain;
    for (text, expected) in [
        ("j", plain(Code::Char('j'))),
        ("G", plain(Code::Char('G'))),
        ("?", plain(Code::Char('?'))),
        ("-", plain(Code::Char('-'))),
        ("é", plain(Code::Char('é'))),
        ("f", plain(Code::Char('f'))),
        ("f1", plain(Code::Function(1))),
        ("space", plain(Code::Char(' '))),
        ("pagedown", plain(Code::PageDown)),
        ("ctrl-d", Key { ctrl: true, ..plain(Code::Char('d')) }),
        ("ctrl--", Key { ctrl: true, ..plain(Code::Char('-')) }),
        ("shift-tab", Key { shift: true, ..plain(Code::Tab) }),
        ("ctrl-alt-up", Key { ctrl: true, alt: true, ..plain(Code::Up) }),
    ] {
        assert_eq!(key(text), expected, "{text}");
        assert_eq!(expected.to_string(), text);
    }
}

#[test]
fn what_no_key_is_called_is_not_read() {
    for text in ["", "ctrl-", "jj", "f0", "f25", "hyper-x", "Enter", " ", "\u{1b}"] {
        assert_eq!(Key::parse(text), None, "{text:?}");
    }
    assert_eq!(Key::parse_sequence("g G"), Some(vec![key("g"), key("G")]));
    assert_eq!(Key::parse_sequence("g what"), None);
}

#[test]
fn terminals_that_tell_shift_differently_mean_the_same_key() {
    for (code, modifiers, expected) in [
        (KeyCode::Char('g'), KeyModifiers::SHIFT, "G"),
        (KeyCode::Char('G'), KeyModifiers::SHIFT, "G"),
        (KeyCode::Char('G'), KeyModifiers::NONE, "G"),
        (KeyCode::Char('?'), KeyModifiers::SHIFT, "?"),
        (KeyCode::Char('D'), KeyModifiers::CONTROL, "ctrl-d"),
        (KeyCode::BackTab, KeyModifiers::NONE, "shift-tab"),
        (KeyCode::Tab, KeyModifiers::SHIFT, "shift-tab"),
        (KeyCode::Char(' '), KeyModifiers::NONE, "space"),
        (KeyCode::F(1), KeyModifiers::NONE, "f1"),
    ] {
        let event = KeyEvent::new(code, modifiers);
        assert_eq!(Key::of(event), Some(key(expected)), "{event:?}");
    }
}

#[test]
fn releases_and_unknown_keys_are_no_keys() {
    let mut event = KeyEvent::new(KeyCode::Char('j'), KeyModifiers::NONE);
    event.kind = KeyEventKind::Repeat;
    assert_eq!(Key::of(event), Some(key("j")));
    event.kind = KeyEventKind::Release;
    assert_eq!(Key::of(event), None);
    assert_eq!(Key::of(KeyEvent::new(KeyCode::CapsLock, KeyModifiers::NONE)), None);
}

fn any_key() -> impl Strategy<Value = Key> {
    let named = (0..NAMED.len()).prop_map(|at| NAMED[at].1);
    let written = any::<char>()
        .prop_filter("a key writes it", |c| !c.is_control() && !c.is_whitespace())
        .prop_map(Code::Char);
    let code = prop_oneof![named, (1_u8..=24).prop_map(Code::Function), written];
    (code, any::<[bool; 3]>())
        .prop_map(|(code, [ctrl, alt, shift])| Key { code, ctrl, alt, shift }.normal())
}

proptest! {
    #[test]
    fn every_key_is_read_back_from_how_it_is_written(key in any_key()) {
        prop_assert_eq!(Key::parse(&key.to_string()), Some(key));
    }
}
