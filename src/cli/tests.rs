use clap::CommandFactory as _;

use super::arguments::{Arguments, Command};
use super::format::Format;
use super::{asks_for_json, parse};
use std::ffi::OsString;

fn words(line: &str) -> Vec<OsString> {
    line.split_whitespace().map(Into::into).collect()
}

#[test]
fn the_definition_of_the_command_line_has_no_contradictions() {
    Arguments::command().debug_assert();
}

#[test]
fn without_a_command_the_options_are_those_of_listen() {
    let arguments = parse(&words("hookscope --public-url https://a.test -q")).unwrap();
    assert!(arguments.command.is_none() && arguments.global.quiet);
    let flags = arguments.listen.flags(&arguments.global);
    assert_eq!(flags.public_url.as_deref(), Some("https://a.test"));
}

#[test]
fn global_options_stand_before_or_behind_the_command() {
    for line in ["hookscope --store a.db list", "hookscope list --store a.db"] {
        let arguments = parse(&words(line)).unwrap();
        assert_eq!(arguments.global.flags().store.as_deref(), Some("a.db".as_ref()), "{line}");
        assert!(matches!(arguments.command, Some(Command::List(_))));
    }
}

#[test]
fn a_format_means_no_dashboard() {
    let listen = |line| match parse(&words(line)).unwrap().command {
        Some(Command::Listen(arguments)) => arguments,
        other => panic!("{other:?}"),
    };
    assert!(!listen("hookscope listen").is_headless());
    assert!(listen("hookscope listen --headless").is_headless());
    let arguments = listen("hookscope listen --format json");
    assert!(arguments.is_headless());
    assert_eq!(arguments.format, Some(Format::Json));
}

#[test]
fn options_of_listen_before_another_command_are_refused_rather_than_ignored() {
    for line in ["hookscope --addr 127.0.0.1:1 list", "hookscope --headless listen"] {
        let message = parse(&words(line)).unwrap_err().to_string();
        assert!(message.contains("options of listen stand before a command"), "{message}");
    }
}

#[test]
fn whether_json_is_wanted_is_known_even_if_the_rest_is_wrong() {
    for (line, expected) in [
        ("hookscope --format json", true),
        ("hookscope lits --format=json --x", true),
        ("hookscope list --format text", false),
        ("hookscope list json --format", false),
        ("hookscope list -- --format json", false),
    ] {
        assert_eq!(asks_for_json(&words(line)), expected, "{line}");
    }
}
