//! What the first steps ask for: names in `.env` files, and the first config. Files may be slow.

use std::io::ErrorKind;

use tokio::task::spawn_blocking;

use crate::app::message::Message;
use crate::config::paths::{Environment, PROJECT_FILE};
use crate::domain::proposal::Beginning;
use crate::runtime::{env_files, first_config};

/// Looks what the names in the folder's `.env` files suggest.
pub(super) async fn look(environment: Environment) -> Message {
    let seen = spawn_blocking(move || {
        let folder = &environment.working_folder;
        env_files::suggested(folder, &env_files::found(folder))
    });
    let nothing = |error: tokio::task::JoinError| (Vec::new(), vec![error.to_string()]);
    let (proposals, left_out) = seen.await.unwrap_or_else(nothing);
    Message::NamesFound { proposals, left_out }
}

/// Writes the first config.
pub(super) async fn write(environment: Environment, beginning: Beginning) -> Message {
    let file = environment.working_folder.join(PROJECT_FILE);
    let written = spawn_blocking(move || first_config::write(&file, &beginning));
    let written = written.await.unwrap_or_else(|error| Err(error.into()));
    Message::ConfigWritten(written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            format!("{PROJECT_FILE} is already there and was left as it is")
        }
        _ => format!("{PROJECT_FILE} cannot be written: {error}"),
    }))
}
