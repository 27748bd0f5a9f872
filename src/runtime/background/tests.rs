use super::*;

fn key(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn typed(text: &str) -> Vec<Event> {
    text.chars().map(|character| key(KeyCode::Char(character))).collect()
}

#[test]
fn answers_and_keys_are_told_apart() {
    for (bytes, palette, keys, is_over) in [
        ("\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?62;22c", Some(Palette::Dark), "", true),
        ("\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[?6c", Some(Palette::Light), "", true),
        ("\x1b]11;rgb:f/f/e\x07", Some(Palette::Light), "", false),
        ("\x1b]11;rgba:0000/0000/0000/ffff\x07", Some(Palette::Dark), "", false),
        ("j\x1b]11;rgb:ff/ff/ff\x07k\x1b[?1;2cG", Some(Palette::Light), "jkG", true),
        ("\x1b[?62c", None, "", true),
        ("jj", None, "jj", false),
        ("\x1b]11;nonsense\x07", None, "", false),
        ("\x1b]11;rgb://\x07", None, "", false),
        ("\x1b[A", None, "\x1b[A", false),
        ("", None, "", false),
    ] {
        let typed = keys.as_bytes().to_vec();
        assert_eq!(hear(bytes.as_bytes()), Heard { palette, typed, is_over, is_cut: false });
    }
}

#[test]
fn an_answer_that_has_begun_is_no_key() {
    let whole = b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?62;22c";
    for length in 5..whole.len() {
        let heard = hear(&whole[..length]);
        assert_eq!(heard.typed.iter().filter(|byte| **byte != 0x1b && **byte != b'[').count(), 0);
        assert!(!heard.is_over);
    }
}

#[test]
fn what_is_typed_meanwhile_becomes_keys() {
    let control = |letter| Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL));
    for (bytes, expected) in [
        ("jé", typed("jé")),
        ("\r\t\x7f", vec![key(KeyCode::Enter), key(KeyCode::Tab), key(KeyCode::Backspace)]),
        ("\x03\x10", vec![control('c'), control('p')]),
        ("\x1b[B\x1b[5~", vec![key(KeyCode::Down), key(KeyCode::PageUp)]),
        ("\x1b", vec![key(KeyCode::Esc)]),
        ("\x00\x1f", Vec::new()),
    ] {
        assert_eq!(keys(bytes.as_bytes()), expected, "{bytes:?}");
    }
}

/// An answer as it is read when nobody waits for it.
fn late_answer(end: (char, KeyModifiers)) -> Vec<Event> {
    let alt = |code| Event::Key(KeyEvent::new(KeyCode::Char(code), KeyModifiers::ALT));
    let end = Event::Key(KeyEvent::new(KeyCode::Char(end.0), end.1));
    [vec![alt(']')], typed("11;rgb:1e1e/1e1e/2e2e"), vec![end]].concat()
}

#[test]
fn a_late_answer_is_dropped_and_everything_else_is_passed_on() {
    for end in [('\\', KeyModifiers::ALT), ('g', KeyModifiers::CONTROL)] {
        let mut late = Late::new(true);
        let happened = [typed("j"), late_answer(end), typed("kr")].concat();
        let passed = happened.into_iter().flat_map(|event| late.pass(event)).collect::<Vec<_>>();
        assert_eq!(passed, typed("jkr"));
    }
}

#[test]
fn keys_that_only_begin_like_an_answer_are_not_lost() {
    let mut late = Late::new(true);
    let begun = &late_answer(('g', KeyModifiers::CONTROL))[..5];
    let happened = [begun, &typed("q")].concat();
    let passed = happened.iter().flat_map(|event| late.pass(event.clone())).collect::<Vec<_>>();
    assert_eq!(passed, happened);
    // Where everything was answered nothing is held back.
    let mut late = Late::new(false);
    let answer = late_answer(('g', KeyModifiers::CONTROL));
    let passed = answer.iter().flat_map(|event| late.pass(event.clone())).collect::<Vec<_>>();
    assert_eq!(passed, answer);
}
