use std::path::Path;

use super::{edit, words};

#[test]
fn an_editor_may_come_with_options() {
    assert_eq!(words("code --wait".as_ref()), ["code", "--wait"]);
    assert_eq!(words(" ".as_ref()), [""; 0]);
}

#[test]
fn an_editor_that_is_not_there_is_told_with_the_file() {
    let told = edit(&["no-such-editor-anywhere".to_owned()], Path::new("/etc/x.toml"));
    let expected = "there is no no-such-editor-anywhere: set $EDITOR; the file is /etc/x.toml";
    assert_eq!(told, Err(expected.to_owned()));
}

#[test]
#[cfg(unix)]
fn an_editor_that_ends_badly_is_told() {
    assert_eq!(edit(&["true".to_owned()], Path::new("x")), Ok(()));
    let told = edit(&["false".to_owned()], Path::new("x")).unwrap_err();
    assert!(told.starts_with("false ended with exit status"), "{told}");
}
