//! Which config file is read and which store is used.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::error::ConfigError;
use crate::storage::Location;

/// What the process finds around it: the folders and variables that decide about files.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Where `hookscope.toml` is looked for first.
    pub working_folder: PathBuf,
    /// The user's config directory.
    pub config_folder: Option<PathBuf>,
    /// The user's data directory.
    pub data_folder: Option<PathBuf>,
    /// The user's directory for logs and the like.
    pub state_folder: Option<PathBuf>,
    /// Looks up an environment variable.
    pub variable: fn(&str) -> Option<OsString>,
}

impl Environment {
    /// That of this process.
    pub fn of_process() -> Self {
        let folders = etcetera::choose_base_strategy().ok();
        Self {
            working_folder: PathBuf::from("."),
            config_folder: folders.as_ref().map(BaseStrategy::config_dir),
            data_folder: folders.as_ref().map(BaseStrategy::data_dir),
            state_folder: folders.as_ref().and_then(BaseStrategy::state_dir),
            variable: |name| std::env::var_os(name),
        }
    }
}

/// The name of a config file in a project's folder.
pub const PROJECT_FILE: &str = "hookscope.toml";

/// The one config file that is read, if there is any: that of the flag, whether it exists or not,
/// else the project's, else the user's.
pub fn config_file(flag: Option<&Path>, environment: &Environment) -> Option<PathBuf> {
    if let Some(file) = flag {
        return Some(file.to_owned());
    }
    let project = environment.working_folder.join(PROJECT_FILE);
    let user =
        environment.config_folder.as_ref().map(|folder| folder.join("hookscope/config.toml"));
    [Some(project), user].into_iter().flatten().find(|file| file.is_file())
}

/// The folder that a file stands in, as a path that other paths can be joined to.
pub fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Where the store is: by flag, by `$HOOKSCOPE_STORE`, by the config (relative to its folder), else
/// in the user's data directory.
pub fn store(
    flag: Option<&Path>,
    configured: Option<&Path>,
    base: &Path,
    environment: &Environment,
) -> Result<Location, ConfigError> {
    let variable = (environment.variable)("HOOKSCOPE_STORE").filter(|value| !value.is_empty());
    if let Some(file) = flag.map(OsStr::new).or(variable.as_deref()) {
        return Ok(location(Path::new(file), Path::new("")));
    }
    if let Some(file) = configured {
        return Ok(location(file, base));
    }
    let folder = environment.data_folder.as_ref().ok_or(ConfigError::NoDataFolder)?;
    Ok(Location::File(folder.join("hookscope/hookscope.db")))
}

fn location(file: &Path, base: &Path) -> Location {
    if file == Path::new(":memory:") { Location::Memory } else { Location::File(base.join(file)) }
}

/// The permissions of a file that others than its owner may use, if they may.
#[cfg(unix)]
pub fn mode_open_to_others(file: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;

    let mode = std::fs::metadata(file).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

/// Nothing can be said where permissions are no bits.
#[cfg(not(unix))]
pub fn mode_open_to_others(_: &Path) -> Option<u32> {
    None
}

#[cfg(test)]
mod tests;
