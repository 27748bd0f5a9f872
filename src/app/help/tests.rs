use super::{HelpLine, MOUSE, lines};
use crate::app::bindings::BINDINGS;
use crate::app::context::Context;
use crate::app::keymap::Keymap;

fn shown(context: Context, typed: &str) -> Vec<HelpLine> {
    lines(&Keymap::default(), context, typed)
}

#[test]
fn every_binding_is_in_the_help_once_and_what_works_here_stands_first() {
    let lines = shown(Context::Body, "");
    let keys = lines.iter().filter(|line| matches!(line, HelpLine::Keys { .. })).count();
    assert_eq!(keys, BINDINGS.len() + MOUSE.len());
    assert_eq!(lines.first(), Some(&HelpLine::Heading("Body")));
}

#[test]
fn keys_that_mean_the_same_share_a_line() {
    let line = HelpLine::Keys { keys: "j, down".to_owned(), hint: "down", name: "down" };
    assert!(shown(Context::Stream, "").contains(&line));
}

#[test]
fn what_is_typed_is_looked_for_in_keys_hints_and_headings() {
    assert_eq!(
        shown(Context::Stream, "curl"),
        [
            HelpLine::Heading("Stream and detail"),
            HelpLine::Keys { keys: "y c".to_owned(), hint: "copy a curl line", name: "copy-curl" },
        ]
    );
    assert!(shown(Context::Stream, "ctrl-z").len() == 2);
    assert_eq!(shown(Context::Stream, "mark-all").len(), 2, "a name");
    assert!(shown(Context::Stream, "typing").len() > 2, "a heading shows all of its keys");
    assert_eq!(shown(Context::Stream, "no such thing"), []);
}
