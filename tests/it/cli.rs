//! The outer contract of the commands that end by themselves: exit codes, streams, JSON.

mod accounts;
mod deleting;
mod env_names;
mod fetching;
mod exchanging;
mod forwarding;
mod offline;
mod program;
mod reading;
mod secrecy;
mod stored;
mod subs;
mod two_companies;
mod replaying;
mod verifying;
mod waiting;

use std::fs;

use program::Program;

const COMMANDS: &[&str] = &[
    "listen",
    "open",
    "list",
    "show",
    "fetch",
    "verify",
    "subs",
    "export",
    "import",
    "replay",
    "wait",
    "providers",
    "init",
    "doctor",
    "completions",
    "man",
    "delete",
];

#[test]
fn help_is_a_result_and_names_every_command_and_option() {
    let program = Program::new();
    let run = program.run(&["--help"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!("help", run.out);
    for command in COMMANDS {
        let run = program.run(&[command, "--help"]);
        assert_eq!(run.code, Some(0), "{command}");
        insta::assert_snapshot!(format!("help_{command}"), run.out);
    }
    let run = program.run(&["--version"]);
    assert_eq!(run.out, format!("hookscope {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_wrong_command_line_ends_with_2_and_one_line_on_standard_error() {
    let program = Program::new();
    for (arguments, part) in [
        (&["lits"][..], "unrecognized subcommand 'lits'; some similar subcommands exist: "),
        (&["list", "--limt", "3"], "a similar argument exists: '--limit'"),
        (&["list", "--limit", "many"], "invalid value 'many' for '--limit <N>'"),
        (&["show"], "required arguments were not provided: <ID>"),
        (&["show", "zero"], "a delivery is named by its number in `list`"),
        (&["--addr", "4000"], "is not HOST:PORT"),
        (&["--addr", "127.0.0.1:1", "list"], "options of listen stand before a command"),
        (&["list", "-q", "-v"], "cannot be used with"),
    ] {
        let run = program.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert_eq!(run.out, "", "{arguments:?}");
        assert_eq!(run.err.lines().count(), 1, "{arguments:?}: {}", run.err);
        assert!(run.err.starts_with("hookscope: ") && run.err.contains(part), "{}", run.err);
    }
}

#[test]
fn with_json_an_error_is_also_the_last_line_of_standard_output() {
    let program = Program::with_config("[listen]\nadr = ''");
    for arguments in [&["list", "--format", "json", "--limt"][..], &["list", "--format=json"]] {
        let run = program.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        let [line] = &run.json()[..] else { panic!("one line: {}", run.out) };
        let keys = line.as_object().unwrap().keys().collect::<Vec<_>>();
        assert_eq!(keys, ["kind", "code", "message", "hint"]);
        assert_eq!(line["kind"], "error");
        assert!(run.err.contains(line["message"].as_str().unwrap()));
    }
}

#[test]
fn a_typo_in_the_config_is_named_with_its_place_and_the_nearest_key() {
    let run = Program::with_config("[listen]\nadr = ''").run(&["list"]);
    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.err,
        "hookscope: ./hookscope.toml:2:1: unknown key `adr`; did you mean `addr`?\n"
    );
}

#[test]
fn a_config_that_is_named_but_not_there_ends_with_2() {
    let run = Program::new().run(&["list", "--config", "missing.toml"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.starts_with("hookscope: cannot read the config missing.toml: "), "{}", run.err);
}

#[test]
fn an_escape_sequence_in_a_config_does_not_reach_the_terminal() {
    let run = Program::with_config("\"\\u001b]0;owned\\u0007\" = 1").run(&["list"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("unknown key") && !run.err.contains('\x1b'), "{:?}", run.err);
}

const ENDPOINT: &str = "[[endpoint]]\nname = 'acme'\npath = '/acme'\n";

#[test]
fn a_missing_variable_for_a_secret_is_named_with_its_endpoint() {
    let auth = "auth = { scheme = 'bearer', token = { env = 'ACME_TOKEN' } }";
    let program = Program::with_config(&format!("{ENDPOINT}{auth}"));
    let message = "endpoint acme: token: the environment variable ACME_TOKEN is not set";

    let run = program.run(&["listen", "--headless", "--addr", "127.0.0.1:0"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert_eq!(run.err, format!("hookscope: {message}; set it before starting hookscope\n"));
    let run = program.run(&["doctor"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.out.contains(&format!("error    auth: {message}")), "{}", run.out);
}

#[test]
fn init_writes_a_config_for_its_owner_alone_and_never_overwrites() {
    let program = Program::new();
    let run = program.run(&["init"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "./hookscope.toml\n"));
    assert!(run.err.contains("hookscope doctor"), "{}", run.err);
    let file = program.file("hookscope.toml");
    assert_eq!(fs::read_to_string(&file).unwrap(), hookscope::config::DEFAULT_FILE);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    fs::write(&file, "# mine").unwrap();
    let run = program.run(&["init"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.contains("./hookscope.toml is already there"), "{}", run.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), "# mine");
}

#[test]
fn init_in_a_folder_that_is_not_there_ends_with_3() {
    let run = Program::new().run(&["init", "--config", "nowhere/hookscope.toml"]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.starts_with("hookscope: cannot write nowhere/hookscope.toml: "), "{}", run.err);
}

#[test]
fn doctor_is_content_with_a_new_machine() {
    let program = Program::new();
    program.run(&["init"]);
    let run = program.run(&["doctor", "--format", "json"]);
    let checks = run.json();
    let level = |what: &str| {
        let check = checks.iter().find(|check| check["what"] == what);
        check.unwrap_or_else(|| panic!("no {what}: {checks:?}"))["level"].clone()
    };
    assert!(checks.iter().all(|check| check["kind"] == "check"));
    assert_eq!(level("config"), "ok");
    assert_eq!(level("store"), "ok");
    assert_eq!(level("terminal"), "warning");
    for what in ["port", "clipboard"] {
        assert!(level(what).is_string());
    }
}

#[test]
fn doctor_warns_of_a_literal_secret_without_repeating_it() {
    let auth = "auth = { scheme = 'bearer', token = 'tr0ub4dor' }\n[listen]\naddr = '127.0.0.1:0'";
    let run = Program::with_config(&format!("{ENDPOINT}{auth}")).run(&["doctor"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.out.contains("warning  config: endpoint acme: token stands in the config itself"));
    assert!(!run.out.contains("tr0ub4dor"), "{}", run.out);
}

#[test]
fn doctor_says_which_endpoints_are_not_checked() {
    let config = format!(
        "listen.addr = '127.0.0.1:0'\n{ENDPOINT}auth = {{ scheme = 'github' }}\n\
         [[endpoint]]\nname = 'open'\npath = '/open'"
    );
    let run = Program::with_config(&config).run(&["doctor"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let acme = "warning  auth: endpoint acme has no secret for github; nothing is checked\n";
    assert!(run.out.contains(acme), "{}", run.out);
    assert!(run.out.contains("ok       auth: endpoint open is open; nothing is checked\n"));
}

#[test]
fn doctor_says_no_to_a_config_that_does_not_parse() {
    let run = Program::with_config("[listen").run(&["doctor"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.starts_with("error    config: ./hookscope.toml:1:8: "), "{}", run.out);
}

#[test]
fn colours_are_given_when_they_are_asked_for() {
    let program = Program::new();
    assert!(!program.run(&["doctor"]).out.contains('\x1b'));
    assert!(!program.run(&["doctor", "--color", "never"]).out.contains('\x1b'));
    assert!(program.run(&["doctor", "--color", "always"]).out.contains("\x1b[32mok"));
}

#[test]
fn completions_and_manual_know_every_command() {
    let program = Program::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = program.run(&["completions", shell]);
        assert_eq!(run.code, Some(0), "{shell}");
        assert!(COMMANDS.iter().all(|command| run.out.contains(command)), "{shell}");
    }
    let manual = program.run(&["man"]).out;
    assert!(manual.contains(".TH hookscope 1"));
    for command in COMMANDS {
        let heading = format!("\n.SH \"HOOKSCOPE {}\"\n", command.to_uppercase());
        assert!(manual.contains(&heading), "{command}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let program = Program::new();
    for arguments in [&["man"][..], &["completions", "bash"], &["doctor"], &["--help"]] {
        assert_eq!(program.unread(arguments), (Some(0), String::new()), "{arguments:?}");
    }
}
