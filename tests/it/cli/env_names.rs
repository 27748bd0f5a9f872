//! `init` looks at the names in `.env` files, with consent, and at nothing else.

use std::fs;

use portable_pty::CommandBuilder;

use super::program::Program;
use crate::pty::Pty;

const ENV: &str = "\
# the sandbox
export STRIPE_WEBHOOK_SECRET=\"whsec_planted-s3cret\"
GITHUB_WEBHOOK_SECRET='planted-s3cret
SLACK_SIGNING_SECRET=planted-s3cret-in-a-value'
DATABASE_URL=postgres://u:planted-s3cret@localhost/db
";
const LOCAL: &str = "CHANNEX_API_KEY=planted-s3cret\r\nplanted-s3cret\r\n";

/// A program with `.env` files beside it.
fn program() -> Program {
    let program = Program::new();
    fs::write(program.file(".env"), ENV).unwrap();
    fs::write(program.file(".env.local"), LOCAL).unwrap();
    program
}

fn config_of(program: &Program) -> String {
    fs::read_to_string(program.file("hookscope.toml")).unwrap()
}

#[test]
fn init_proposes_by_names_and_no_value_is_in_anything_that_it_says_or_writes() {
    let program = program();
    let run = program.run(&["init", "--env-names", "-v"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "./hookscope.toml\n"));
    let said =
        "proposed at the end of it, by the names in .env, .env.local: stripe, github, channex\n";
    assert!(run.err.starts_with(said), "{}", run.err);
    let config = config_of(&program);
    let proposed = config.strip_prefix(hookscope::config::DEFAULT_FILE).unwrap();
    insta::assert_snapshot!("proposed", proposed);
    for text in [&config, &run.out, &run.err] {
        assert!(!text.contains("planted") && !text.contains("SLACK"), "{text}");
    }
    assert_eq!(fs::read_to_string(program.file(".env")).unwrap(), ENV, "it is only read");
    let run = program.run(&["doctor"]);
    assert!(run.out.contains("ok       config"), "{}", run.out);
}

#[test]
fn without_a_terminal_nothing_is_looked_at_unless_it_is_asked_for() {
    let program = program();
    let run = program.run(&["init"]);
    assert_eq!(run.code, Some(0));
    assert!(!run.err.contains(".env"), "{}", run.err);
    assert_eq!(config_of(&program), hookscope::config::DEFAULT_FILE);

    fs::write(program.file("hookscope.toml"), "# mine").unwrap();
    let run = program.run(&["init", "--env-names"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert_eq!(config_of(&program), "# mine");
}

#[test]
fn init_says_so_where_there_is_nothing_to_propose() {
    let program = Program::new();
    let run = program.run(&["init", "--env-names"]);
    assert!(run.err.starts_with("there is no .env file beside it\n"), "{}", run.err);
    assert_eq!(config_of(&program), hookscope::config::DEFAULT_FILE);

    let program = Program::new();
    fs::write(program.file(".env"), "DATABASE_URL=x").unwrap();
    let run = program.run(&["init", "--env-names"]);
    let said = "no name in .env tells of a sender that is known\n";
    assert!(run.err.starts_with(said), "{}", run.err);
    assert_eq!(config_of(&program), hookscope::config::DEFAULT_FILE);
}

#[test]
fn links_folders_and_long_files_are_left_out() {
    let program = Program::new();
    fs::write(program.file("elsewhere"), ENV).unwrap();
    fs::create_dir(program.file(".env.d")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(program.file("elsewhere"), program.file(".env")).unwrap();
    fs::write(program.file(".env.long"), ENV.repeat(400)).unwrap();
    let run = program.run(&["init", "--env-names"]);
    let said = "hookscope: .env.long was left out: it is longer than 64 KiB\n\
                no name in .env.long tells of a sender that is known\n";
    assert!(run.err.starts_with(said), "{}", run.err);
    assert_eq!(config_of(&program), hookscope::config::DEFAULT_FILE);
}

#[test]
fn at_a_terminal_init_asks_before_it_looks() {
    for (answer, is_proposed) in [("y\r", true), ("\r", false)] {
        let program = program();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hookscope"));
        command.arg("init");
        let mut pty = Pty::run(command, program.file("").as_path(), (100, 20));
        pty.wait_for("look at the names in .env, .env.local (no value is kept)? [y/N]");
        assert!(!program.file("hookscope.toml").exists(), "nothing is written before the answer");
        pty.type_keys(answer);
        assert!(pty.end().success());
        assert_eq!(config_of(&program).contains("STRIPE_WEBHOOK_SECRET\" } }\n"), is_proposed);
        assert!(!pty.contents().contains("planted"), "{}", pty.contents());
    }
}
