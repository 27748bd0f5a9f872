use super::{Override, keymap};
use crate::app::action::{Action, Motion};
use crate::app::context::Context;
use crate::app::key::Key;
use crate::app::keymap::{Keymap, Meaning};
use crate::app::names::action_of;

/// The keys of an action, written as in the config, with commas between them.
fn set(name: &str, keys: &str) -> Override {
    let keys = keys.split(',').filter(|keys| !keys.is_empty());
    let keys = keys.map(|keys| Key::parse_sequence(keys).unwrap()).collect();
    Override { action: action_of(name).unwrap(), keys }
}

fn meaning(keymap: &Keymap, context: Context, text: &str) -> Meaning {
    let keys = Key::parse_sequence(text).unwrap();
    let (last, pending) = keys.split_last().unwrap();
    keymap.resolve(context, pending, *last)
}

#[test]
fn without_overrides_the_keys_are_those_of_the_table() {
    assert_eq!(keymap(&[]), Ok(Keymap::default()));
}

#[test]
fn keys_take_the_place_of_those_of_the_table_wherever_the_action_is_bound() {
    let sets = [set("mark-all", "ctrl-a"), set("down", "j,ctrl-n"), set("suspend", "")];
    let keymap = keymap(&sets).unwrap();
    let down = Meaning::Action(Action::Move(Motion::Down));
    for (context, keys, expected) in [
        (Context::Stream, "ctrl-a", Meaning::Action(Action::MarkAll)),
        (Context::Stream, "*", Meaning::Unbound),
        (Context::Stream, "j", down),
        (Context::Stream, "ctrl-n", down),
        (Context::Stream, "down", Meaning::Unbound),
        // Where a text is typed, only what does not write.
        (Context::Samples, "j", Meaning::Unbound),
        (Context::Samples, "ctrl-n", down),
        (Context::Samples, "down", Meaning::Unbound),
        (Context::Stream, "ctrl-z", Meaning::Unbound),
    ] {
        assert_eq!(meaning(&keymap, context, keys), expected, "{keys} in {context:?}");
    }
    assert_eq!(keymap.keys_of(Context::Stream, Action::Move(Motion::Down)), "j, ctrl-n");
    assert_eq!(keymap.keys_of(Context::Stream, Action::Suspend), "");
}

#[test]
fn where_a_text_is_typed_the_keys_of_the_table_stay_if_all_others_write() {
    let sets = [set("back", "x"), set("quit", "X"), set("auth", "a"), set("answer-with", "K")];
    let keymap = keymap(&sets).unwrap();
    for (context, keys, action) in [
        (Context::Stream, "x", Action::Back),
        (Context::Prompt, "esc", Action::Back),
        (Context::Stream, "X", Action::Quit),
        (Context::Prompt, "ctrl-c", Action::Quit),
    ] {
        assert_eq!(meaning(&keymap, context, keys), Meaning::Action(action), "{keys}");
    }
    assert_eq!(meaning(&keymap, Context::Prompt, "x"), Meaning::Unbound);
    // Two bindings of the table, 4 and V, become one.
    let auth = keymap.chords().filter(|chord| chord.to_string() == "a").count();
    assert_eq!(auth, 1);
    assert_eq!(meaning(&keymap, Context::Stream, "V"), Meaning::Unbound);
}

#[test]
fn a_key_for_two_actions_is_a_conflict_where_both_would_work_at_once() {
    for (sets, at, message) in [
        (
            vec![set("mark", "x"), set("fold-all", "o")],
            1,
            "o would mean both `fold-all` and `fetch` (Body); give one of them another key",
        ),
        (
            vec![set("quit", "y")],
            0,
            "y for `quit` and y y for `copy-body` begin alike (Stream); give one of them another key",
        ),
        (
            vec![set("help", "x"), set("pause", "x")],
            1,
            "x would mean both `pause` and `help` (Stream); give one of them another key",
        ),
        (
            vec![set("break-line", "ctrl-z")],
            0,
            "ctrl-z would mean both `break-line` and `suspend` (Lines in a form); give one of them \
             another key",
        ),
        (vec![set("back", "")], 0, "`back` cannot be without a key"),
    ] {
        let conflict = keymap(&sets).unwrap_err();
        assert_eq!((conflict.at, &*conflict.message), (at, message));
    }
}

#[test]
fn a_key_may_mean_two_things_that_never_meet_or_that_the_table_says_itself() {
    for sets in [
        vec![set("mark", "x"), set("fold", "x")],
        vec![set("fetch", "r"), set("replay", "o")],
        // The table has y in the first screen and y y in every pane.
        vec![set("copy-example", "y")],
    ] {
        assert!(keymap(&sets).is_ok(), "{sets:?}");
    }
}
