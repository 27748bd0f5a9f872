use std::ffi::OsString;

use super::ColorChoice::{Always, Auto, Never};

fn none(_: &str) -> Option<OsString> {
    None
}

fn no_color(name: &str) -> Option<OsString> {
    (name == "NO_COLOR").then(|| "1".into())
}

fn force(name: &str) -> Option<OsString> {
    (name == "CLICOLOR_FORCE").then(|| "1".into())
}

fn force_zero(name: &str) -> Option<OsString> {
    (name == "CLICOLOR_FORCE").then(|| "0".into())
}

fn empty(name: &str) -> Option<OsString> {
    ["NO_COLOR", "CLICOLOR_FORCE"].contains(&name).then(OsString::new)
}

#[test]
fn the_flag_wins_over_the_environment_which_wins_over_the_terminal() {
    assert!(Always.allows(false, no_color));
    assert!(!Never.allows(true, force));
    assert!(!Auto.allows(true, no_color));
    assert!(Auto.allows(false, force));
    for nothing in [none, empty, force_zero] {
        assert!(Auto.allows(true, nothing));
        assert!(!Auto.allows(false, nothing));
    }
}
