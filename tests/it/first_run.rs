//! The first run, in a folder of its own, from nothing to a config that the next start takes up.

use std::fs;
use std::path::Path;

use portable_pty::CommandBuilder;

use crate::pty::Pty;

const ENV: &str = "STRIPE_WEBHOOK_SECRET=whsec_planted-s3cret\nCHANNEX_API_KEY=planted-s3cret\n";

fn start(folder: &Path) -> Pty {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hookscope"));
    command.args(["listen", "--addr", "127.0.0.1:0"]);
    command.env("STRIPE_WEBHOOK_SECRET", "whsec_of-the-environment");
    Pty::run(command, folder, (100, 30))
}

#[test]
fn from_nothing_the_steps_lead_to_a_config_that_the_next_start_takes_up() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("hookscope.toml");
    fs::write(folder.path().join(".env"), ENV).unwrap();
    let mut pty = start(folder.path());
    pty.wait_for("First steps");
    pty.type_keys("t");
    pty.wait_for("Send a sample");
    pty.type_keys("\r");
    pty.wait_for("1 Send something  ✓ done");
    pty.wait_for("In this folder there is .env.");
    pty.type_keys("\r");
    pty.wait_for("/stripe");
    pty.type_keys("\r");
    pty.wait_for("2 Add a secret  ✓ done");
    pty.type_keys("http://127.0.0.1:9/hooks\r");
    pty.wait_for("An endpoint for each of /stripe, and one for all else.");
    assert!(!config.exists(), "nothing is written before it is asked for");
    pty.type_keys("\r");
    pty.wait_for("hookscope.toml is written. The next start takes it up:");
    pty.wait_for("set -a; . ./.env; set +a; hookscope");
    let seen = pty.contents();
    pty.type_keys("\x03");
    assert!(pty.end().success());
    pty.assert_restored();

    let text = fs::read_to_string(&config).unwrap();
    let added = text.strip_prefix(hookscope::config::DEFAULT_FILE).unwrap();
    insta::assert_snapshot!("first_config", added);
    assert!(!text.contains("planted") && !seen.contains("planted"));
    assert_eq!(fs::read_to_string(folder.path().join(".env")).unwrap(), ENV, "it is only read");

    let mut pty = start(folder.path());
    pty.wait_for("1 captured");
    assert!(!pty.contents().contains("First steps"), "{}", pty.contents());
    pty.wait_for("forward");
    pty.type_keys("Q");
    assert!(pty.end().success());
}

#[test]
fn who_skips_all_steps_has_no_config_and_can_go_through_them_later() {
    let folder = tempfile::tempdir().unwrap();
    let mut pty = start(folder.path());
    pty.wait_for("First steps");
    pty.type_keys("\x1b");
    pty.wait_for("Waiting for the first delivery");
    pty.type_keys("gc");
    pty.wait_for("there is no config file");
    pty.type_keys("i");
    pty.wait_for("First steps");
    pty.type_keys("\t\t\t\r");
    pty.wait_for("hookscope.toml is written");
    let text = fs::read_to_string(folder.path().join("hookscope.toml")).unwrap();
    assert_eq!(text, hookscope::config::DEFAULT_FILE);
}
