use super::{Keymap, Meaning};
use crate::app::action::{Action, Motion};
use crate::app::bindings::BINDINGS;
use crate::app::command::Copied;
use crate::app::context::Context;
use crate::app::key::Key;
use crate::app::overrides::{self, Override};
use crate::app::tab::Tab;

fn keys(text: &str) -> Vec<Key> {
    Key::parse_sequence(text).unwrap()
}

fn resolve(context: Context, text: &str) -> Meaning {
    let keys = keys(text);
    let (last, pending) = keys.split_last().unwrap();
    Keymap::default().resolve(context, pending, *last)
}

#[test]
fn every_key_of_the_table_can_be_read() {
    for binding in BINDINGS {
        assert!(!binding.keys.is_empty() && !binding.hint.is_empty(), "{binding:?}");
        for keys in binding.keys {
            assert!(Key::parse_sequence(keys).is_some_and(|keys| !keys.is_empty()), "{keys}");
        }
    }
}

#[test]
fn within_one_context_no_sequence_hides_another() {
    let keymap = Keymap::default();
    let chords = keymap.chords().collect::<Vec<_>>();
    for (at, one) in chords.iter().enumerate() {
        for other in chords.iter().skip(at + 1) {
            if one.binding.context == other.binding.context {
                let hides = one.keys.starts_with(&other.keys) || other.keys.starts_with(&one.keys);
                assert!(!hides, "{one} and {other} in {:?}", one.binding.context);
            }
        }
    }
}

#[test]
fn the_nearest_context_decides() {
    let fold = Meaning::Action(Action::ToggleFold);
    for (context, keys, expected) in [
        (Context::Body, "enter", fold),
        (Context::Stream, "enter", Meaning::Action(Action::Open)),
        (Context::Detail, "enter", Meaning::Unbound),
        (Context::Body, "j", Meaning::Action(Action::Move(Motion::Down))),
        (Context::Stream, "y", Meaning::Pending),
        (Context::Stream, "y y", Meaning::Action(Action::Copy(Copied::Body))),
        (Context::Stream, "y x", Meaning::Unbound),
        (Context::Empty, "y", Meaning::Action(Action::Copy(Copied::Example))),
        (Context::Stream, "g g", Meaning::Action(Action::Move(Motion::First))),
        (Context::Stream, "4", Meaning::Action(Action::Show(Tab::Auth))),
        (Context::Prompt, "q", Meaning::Unbound),
        (Context::Prompt, "Q", Meaning::Unbound),
        (Context::Prompt, "ctrl-c", Meaning::Action(Action::Quit)),
        (Context::Help, "?", Meaning::Action(Action::Back)),
    ] {
        assert_eq!(resolve(context, keys), expected, "{keys} in {context:?}");
    }
}

#[test]
fn the_footer_names_what_works_and_after_a_prefix_what_may_follow() {
    let keymap = Keymap::default();
    let footer = |context, pending: &str| {
        let pending = keys(pending);
        let chords = keymap.footer(context, &pending);
        chords.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(footer(Context::Stream, "")[..3], ["enter", "r", "R"]);
    assert_eq!(footer(Context::Attempts, "")[..4], ["}", "{", "c", "enter"]);
    assert_eq!(
        footer(Context::Stream, "g"),
        ["g f", "g e", "g t", "g s", "g g", "g a", "g r", "g o", "g l", "g c"]
    );
    assert_eq!(footer(Context::Empty, "")[0], "y");
    assert!(!footer(Context::Empty, "").contains(&"y y".to_owned()), "y alone is taken there");
    assert_eq!(footer(Context::Body, "y"), ["y y", "y h", "y c", "y p", "y v", "y u"]);
    assert_eq!(footer(Context::Prompt, ""), ["enter", "esc"]);
}

#[test]
fn what_is_called_available_means_that_very_thing_there() {
    let keymap = Keymap::default();
    for context in Context::ALL {
        for chord in keymap.available(context, &[]) {
            let text = chord.to_string();
            assert_eq!(resolve(context, &text), Meaning::Action(chord.binding.action), "{text}");
        }
    }
}

#[test]
fn a_hint_names_the_first_key_that_is_set_else_the_command_else_nothing() {
    let hint = |keys: &[&str], context, action| {
        let keys = keys.iter().map(|keys| self::keys(keys)).collect();
        let keymap = overrides::keymap(&[Override { action, keys }]).unwrap();
        keymap.hint(context, action, "does it")
    };
    for (keys, context, action, expected) in [
        (&["g h", "ctrl-h"][..], Context::Stream, Action::Hold, Some("g h does it")),
        (&[], Context::Stream, Action::Hold, Some(":hold does it")),
        (&[], Context::Subscriptions, Action::Hold, None),
        (&["ctrl-y"], Context::Replay, Action::Rehearse, Some("ctrl-y does it")),
        (&[], Context::Replay, Action::Rehearse, None),
    ] {
        assert_eq!(hint(keys, context, action).as_deref(), expected, "{keys:?} in {context:?}");
    }
    let set = [Action::Hold, Action::CommandLine].map(|action| Override { action, keys: vec![] });
    let keymap = overrides::keymap(&set).unwrap();
    assert_eq!(keymap.hint(Context::Stream, Action::Hold, "does it"), None, "nothing can be typed");
}
