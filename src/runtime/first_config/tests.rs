use std::fs;
use std::io::ErrorKind;

use super::write;
use crate::config::DEFAULT_FILE;
use crate::domain::proposal::Beginning;

#[test]
fn the_file_is_there_whole_for_its_owner_alone_and_nothing_else_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hookscope.toml");
    write(&file, &Beginning::default()).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), DEFAULT_FILE);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    #[cfg(unix)]
    assert_eq!(crate::config::paths::mode_open_to_others(&file), None);
}

#[test]
fn no_other_file_is_written_over_nor_through_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hookscope.toml");
    fs::write(&file, "# mine").unwrap();
    let refused = write(&file, &Beginning::default()).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    assert_eq!(fs::read_to_string(&file).unwrap(), "# mine");
    #[cfg(unix)]
    {
        let link = folder.path().join("link.toml");
        std::os::unix::fs::symlink(folder.path().join("elsewhere"), &link).unwrap();
        let refused = write(&link, &Beginning::default()).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
        assert!(!folder.path().join("elsewhere").exists());
    }
}
