use crate::app::context::Context;
use crate::app::key::Key;
use crate::app::keymap::{Keymap, Meaning};
use crate::app::names::action_of;
use crate::config::file::File;

fn keymap(text: &str) -> Result<Keymap, String> {
    let file = File::parse(text).map_err(|mistake| mistake.to_string())?;
    file.keys.keymap(text).map_err(|mistake| mistake.to_string())
}

#[test]
fn keys_are_a_text_or_several_and_an_empty_one_is_none() {
    let text = "[keys]\nmark-all = 'ctrl-a'\nwrap = ['w', 'x w']\nsuspend = ''\nredraw = []\n";
    let keymap = keymap(text).unwrap();
    for (keys, action) in [
        ("ctrl-a", Some("mark-all")),
        ("*", None),
        ("w", Some("wrap")),
        ("x w", Some("wrap")),
        ("ctrl-z", None),
        ("ctrl-l", None),
    ] {
        let pressed = Key::parse_sequence(keys).unwrap();
        let (last, pending) = pressed.split_last().unwrap();
        let expected =
            action.map_or(Meaning::Unbound, |name| Meaning::Action(action_of(name).unwrap()));
        assert_eq!(keymap.resolve(Context::Stream, pending, *last), expected, "{keys}");
    }
    assert_eq!(super::super::file::File::default().keys.keymap(""), Ok(Keymap::default()));
}

#[test]
fn a_mistake_is_told_with_its_place() {
    for (text, message) in [
        ("[keys]\nmark-al = 'x'", "2:1: there is no action mark-al; did you mean mark-all?"),
        ("[keys]\nzzzz = 'x'", "2:1: there is no action zzzz"),
        (
            "[keys]\n\nwrap = 'ctrl+w'",
            "3:8: \"ctrl+w\" is no key; keys are written as j, G, ctrl-d, alt-x, shift-tab, enter, \
             f1, or g g for one after the other",
        ),
        ("[keys]\nwrap = ['w', '']", "2:8: \"\" is no key"),
        ("[keys]\nwrap = 3", "2:8: keys are a text or an array of texts"),
        (
            "[listen]\naddr = '127.0.0.1:1'\n[keys]\nwrap = 'w'\nzoom = 'f'",
            "5:8: f would mean both `zoom` and `filter` (Stream); give one of them another key",
        ),
        ("[keys]\nback = ''", "2:8: `back` cannot be without a key"),
    ] {
        let told = keymap(text).unwrap_err();
        assert!(told.starts_with(message), "{text}: {told}");
    }
}
