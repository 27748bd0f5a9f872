use std::ffi::OsString;
use std::fs;

use super::{Reference, SecretError, SecretSource};
use crate::domain::secret::Secret;

fn variable(name: &str) -> Option<OsString> {
    match name {
        "SET" => Some("from the environment".into()),
        "EMPTY" => Some("".into()),
        _ => None,
    }
}

fn read(source: Reference) -> Result<Vec<u8>, SecretError> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plain"), "from a file").unwrap();
    fs::write(folder.path().join("line"), "from a file\n").unwrap();
    fs::write(folder.path().join("windows"), "from a file\r\n").unwrap();
    fs::write(folder.path().join("lines"), "from a file\n\n").unwrap();
    fs::write(folder.path().join("binary"), b"\xff\r").unwrap();
    fs::write(folder.path().join("empty"), "\n").unwrap();
    let secret = SecretSource::Reference(source).read(folder.path(), variable)?;
    Ok(secret.expose().to_vec())
}

#[test]
fn a_literal_is_the_secret() {
    let source = SecretSource::Literal(Secret::new("s3cret"));
    let secret = source.read("/".as_ref(), variable).unwrap();
    assert_eq!(secret.expose(), b"s3cret");
}

#[test]
fn a_variable_is_taken_whole() {
    assert_eq!(read(Reference::Env("SET".into())).unwrap(), b"from the environment");
}

#[test]
fn one_newline_at_the_end_of_a_file_does_not_belong_to_the_secret() {
    for (file, expected) in [
        ("plain", &b"from a file"[..]),
        ("line", b"from a file"),
        ("windows", b"from a file"),
        ("lines", b"from a file\n"),
        ("binary", b"\xff\r"),
    ] {
        assert_eq!(read(Reference::File(file.into())).unwrap(), expected, "{file}");
    }
}

#[cfg(unix)]
#[test]
fn a_command_runs_in_the_shell_in_the_folder_of_the_config() {
    assert_eq!(read(Reference::Command("cat plain | tr a-z A-Z".into())).unwrap(), b"FROM A FILE");
    assert_eq!(read(Reference::Command("echo ' x '".into())).unwrap(), b" x ");
}

#[cfg(unix)]
#[test]
fn what_a_failing_command_prints_is_not_repeated() {
    let error = read(Reference::Command("cat plain >&2; cat plain; exit 7".into())).unwrap_err();
    let message = error.to_string();
    assert!(message.contains("failed (exit status: 7)"), "{message}");
    assert!(!message.contains("from a file"), "{message}");
}

#[test]
fn what_is_missing_or_empty_is_named() {
    let cases = [
        (Reference::Env("UNSET".into()), "the environment variable UNSET is not set"),
        (Reference::Env("EMPTY".into()), "the environment variable EMPTY is empty"),
        (Reference::File("nowhere".into()), "nowhere: "),
        (Reference::File("empty".into()), "empty is empty"),
    ];
    for (source, part) in cases {
        let message = read(source).unwrap_err().to_string();
        assert!(message.contains(part), "{message}");
    }
}
