//! What is known of a delivery may change after it arrived.

use std::fs;
use std::process::Command;

use crate::headless::Headless;

/// `Hello, World!` under GitHub's published secret (docs.github.com, "Validating webhook
/// deliveries").
const SIGNATURE: &str = "X-Hub-Signature-256: sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17\r\n";

fn config(secret: &str) -> String {
    format!(
        "[[endpoint]]\nname = \"forge\"\npath = \"/github\"\nauth = {{ scheme = \"github\"{secret} }}\n"
    )
}

#[test]
fn a_secret_that_was_added_verifies_deliveries_from_before_and_the_first_verdict_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    fs::write(folder.path().join("hookscope.toml"), config("")).unwrap();
    let mut before = Headless::start(&store);
    before.send("/github", SIGNATURE, "Hello, World!");
    let delivery = before.line("delivery");
    assert_eq!(delivery["auth"]["verdict"], "unchecked");
    assert_eq!(delivery["auth"]["reason"], "no_secret");
    assert!(delivery.get("first_auth").is_none());
    before.kill();

    let secret = ", secret = \"It's a Secret to Everybody\"";
    fs::write(folder.path().join("hookscope.toml"), config(secret)).unwrap();
    let after = Headless::start(&store);
    let line = after.line("reinspection");
    assert_eq!(line["id"], delivery["id"]);
    assert_eq!(line["auth"]["verdict"], "verified");
    assert_eq!(line["first_auth"]["reason"], "no_secret");

    // A verified delivery is not checked again, and a new one has no first verdict.
    after.send("/github", SIGNATURE, "Hello, World!");
    let second = after.line("delivery");
    assert_eq!(second["auth"]["verdict"], "verified");
    assert!(second.get("first_auth").is_none());
}

#[test]
fn a_refuted_delivery_is_explained_after_it_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let other = "[[endpoint]]\nname = \"other\"\npath = \"/other\"\n\
                 auth = { scheme = \"github\", secret = \"It's a Secret to Everybody\" }\n";
    let config = config(", secret = \"rotated\"") + other;
    fs::write(folder.path().join("hookscope.toml"), config).unwrap();
    let listener = Headless::start(&store);
    assert!(listener.send("/github", SIGNATURE, "Hello, World!").starts_with("HTTP/1.1 200"));
    let delivery = listener.line("delivery");
    assert_eq!(delivery["auth"]["reason"], "signature_mismatch");
    assert_eq!(delivery["auth"]["clues"], serde_json::json!([]));
    let explained = listener.line("reinspection");
    assert_eq!(explained["id"], delivery["id"]);
    assert_eq!(explained["auth"]["reason"], "signature_mismatch");
    assert_eq!(explained["auth"]["clues"][0]["code"], "other_secret");
    let message = explained["auth"]["clues"][0]["message"].as_str().unwrap();
    assert!(message.contains("other") && !message.contains("Everybody"), "{message}");
    assert!(explained.get("first_auth").is_none());
}

#[test]
fn verify_stores_what_it_finds_by_the_config_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    fs::write(folder.path().join("hookscope.toml"), config("")).unwrap();
    let mut before = Headless::start(&store);
    before.send("/github", SIGNATURE, "Hello, World!");
    before.line("delivery");
    before.kill();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_hookscope"))
            .args(arguments)
            .args(["--store", "store.db"])
            .current_dir(folder.path())
            .env("OTHER", "It's a Secret to Everybody")
            .output()
            .unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let by_flag = run(&["verify", "1", "--scheme", "github", "--secret-env", "OTHER"]);
    assert_eq!(by_flag.0, 0, "{}", by_flag.1);
    let shown = || run(&["show", "1", "--part", "auth", "--format", "json"]).1;
    assert!(shown().contains("no_secret"), "{}", shown());
    let secret = ", secret = \"It's a Secret to Everybody\"";
    fs::write(folder.path().join("hookscope.toml"), config(secret)).unwrap();
    assert_eq!(run(&["verify", "1"]).0, 0);
    assert!(shown().contains("\"verdict\":\"verified\""), "{}", shown());
}
