//! What a reviewer would run by hand: formatting and lints.

use std::process::Command;

fn cargo(arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs, it runs this test");
    let errors = String::from_utf8_lossy(&output.stderr);
    let differences = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "cargo {}:\n{differences}\n{errors}", arguments.join(" "));
}

#[test]
fn the_code_is_formatted() {
    cargo(&["fmt", "--check"]);
}

#[test]
fn the_documentation_has_no_broken_links() {
    cargo(&["rustdoc", "--quiet", "--lib", "--", "--document-private-items", "--deny", "warnings"]);
}

#[test]
fn clippy_has_nothing_to_say() {
    cargo(&["clippy", "--quiet", "--all-targets", "--", "--deny", "warnings"]);
}
