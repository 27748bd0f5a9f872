//! What the first steps ask for: names in `.env` files, and the first config.

use std::io::ErrorKind;

use crate::app::command::Command;
use crate::app::message::Message;
use crate::config::paths::{Environment, PROJECT_FILE};
use crate::domain::proposal::Beginning;
use crate::runtime::{env_files, first_config};

/// Carries it out where files may be slow.
pub(super) async fn run(environment: Environment, command: Command) -> Message {
    let done = tokio::task::spawn_blocking(move || match command {
        Command::WriteConfig(beginning) => Message::ConfigWritten(write(&environment, &beginning)),
        _ => look(&environment),
    });
    done.await.unwrap_or_else(|error| Message::ConfigWritten(Err(error.to_string())))
}

fn look(environment: &Environment) -> Message {
    let folder = &environment.working_folder;
    let (proposals, left_out) = env_files::suggested(folder, &env_files::found(folder));
    Message::NamesFound { proposals, left_out }
}

fn write(environment: &Environment, beginning: &Beginning) -> Result<(), String> {
    let file = environment.working_folder.join(PROJECT_FILE);
    first_config::write(&file, beginning).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            format!("{PROJECT_FILE} is already there and was left as it is")
        }
        _ => format!("{PROJECT_FILE} cannot be written: {error}"),
    })
}
