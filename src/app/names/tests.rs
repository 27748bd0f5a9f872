use std::collections::BTreeSet;

use super::{NAMES, action_of, all, name_of};
use crate::app::bindings::BINDINGS;

#[test]
fn every_action_of_the_bindings_has_a_name_of_its_own() {
    let bound = BINDINGS.iter().map(|binding| name_of(binding.action)).collect::<BTreeSet<_>>();
    assert_eq!(bound, all().collect(), "a name for each, and no name for nothing");
    assert_eq!(bound.len(), NAMES.len(), "no name twice");
    for (action, name) in NAMES {
        assert_eq!(action_of(name), Some(*action), "{name}");
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
    }
    assert_eq!(action_of("no-such-action"), None);
}
