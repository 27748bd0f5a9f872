use std::fs;
use std::path::{Path, PathBuf};

use super::{Environment, config_file, folder_of, store};
use crate::config::error::ConfigError;
use crate::storage::Location;

fn environment(root: &Path) -> Environment {
    Environment {
        working_folder: root.join("work"),
        config_folder: Some(root.join("config")),
        data_folder: Some(root.join("data")),
        state_folder: None,
        variable: |_| None,
    }
}

#[test]
fn the_flag_wins_over_the_projects_file_which_wins_over_the_users() {
    let root = tempfile::tempdir().unwrap();
    let environment = environment(root.path());
    let project = root.path().join("work/hookscope.toml");
    let user = root.path().join("config/hookscope/config.toml");
    let found = |flag| config_file(flag, &environment);

    assert_eq!(found(None), None);
    for file in [&user, &project] {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, "").unwrap();
        assert_eq!(found(None).as_ref(), Some(file));
    }
    let missing = Path::new("missing.toml");
    assert_eq!(found(Some(missing)), Some(missing.to_owned()));
}

#[test]
fn the_store_is_named_by_flag_then_variable_then_config_then_data_directory() {
    let mut environment = environment("/home/me".as_ref());
    let at = |environment: &Environment, flag: Option<&str>, configured: Option<&str>| {
        let base = Path::new("/project");
        store(flag.map(Path::new), configured.map(Path::new), base, environment)
    };
    let file = |path: &str| Ok(Location::File(PathBuf::from(path)));

    assert_eq!(at(&environment, None, None), file("/home/me/data/hookscope/hookscope.db"));
    assert_eq!(at(&environment, None, Some("a.db")), file("/project/a.db"));
    assert_eq!(at(&environment, None, Some("/a.db")), file("/a.db"));
    assert_eq!(at(&environment, Some("b.db"), Some("a.db")), file("b.db"));
    assert_eq!(at(&environment, Some(":memory:"), Some("a.db")), Ok(Location::Memory));
    assert_eq!(at(&environment, None, Some(":memory:")), Ok(Location::Memory));

    environment.variable = |name| (name == "HOOKSCOPE_STORE").then(|| "c.db".into());
    assert_eq!(at(&environment, None, Some("a.db")), file("c.db"));
    assert_eq!(at(&environment, Some("b.db"), Some("a.db")), file("b.db"));

    environment.variable = |_| Some("".into());
    assert_eq!(at(&environment, None, Some("a.db")), file("/project/a.db"));

    environment.data_folder = None;
    assert_eq!(at(&environment, None, None), Err(ConfigError::NoDataFolder));
}

#[test]
fn a_file_without_a_folder_stands_in_the_working_one() {
    assert_eq!(folder_of("a.toml".as_ref()), Path::new("."));
    assert_eq!(folder_of("/etc/a.toml".as_ref()), Path::new("/etc"));
}
