use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use super::{NewFile, numbered, told};

#[test]
fn a_file_is_there_whole_or_not_at_all_and_takes_the_place_of_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let wanted = folder.path().join("a.b.har");
    let begun = || {
        let mut file = NewFile::begin(wanted.to_str().unwrap()).unwrap();
        file.write_all(b"new").unwrap();
        file
    };
    drop(begun());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    fs::write(&wanted, "old").unwrap();
    for name in ["a.b-2.har", "a.b-3.har"] {
        let kept = begun().keep().unwrap();
        assert_eq!(kept, folder.path().join(name));
        assert_eq!(fs::read_to_string(&kept).unwrap(), "new");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    assert_eq!(fs::read_to_string(&wanted).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn a_number_stands_before_the_ending() {
    for (wanted, expected) in [("/x/a.har", "/x/a-2.har"), ("/x/a", "/x/a-2"), ("/x/.a", "/x/.a-2")]
    {
        assert_eq!(numbered(Path::new(wanted), 1), Path::new(wanted));
        assert_eq!(numbered(Path::new(wanted), 2), Path::new(expected));
    }
}

#[test]
fn what_goes_wrong_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing/a.har");
    for (wanted, part) in [
        (missing.to_str().unwrap(), "there is no folder"),
        (folder.path().to_str().unwrap(), "is a folder"),
        ("/", "is a folder"),
    ] {
        let error = NewFile::begin(wanted).unwrap_err();
        assert!(error.contains(part), "{error}");
    }
    for (kind, part) in [
        (ErrorKind::StorageFull, "the disk is full"),
        (ErrorKind::PermissionDenied, "may not be written"),
        (ErrorKind::ReadOnlyFilesystem, "only to be read"),
    ] {
        assert!(told(Path::new("a"), &kind.into()).contains(part));
    }
}
