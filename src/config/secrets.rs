//! Where a secret comes from, and how it is read from there: environment, file, command, or the
//! config itself. Never from a flag, which every process on the machine could read.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::domain::secret::Secret;

/// What the config says about a secret.
#[derive(Clone, Debug)]
pub enum SecretSource {
    /// The secret itself: works, and `doctor` warns about it.
    Literal(Secret),
    /// One of the other places.
    Reference(Reference),
}

/// A place outside the config that holds a secret.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reference {
    /// An environment variable.
    Env(String),
    /// A file; one newline at its end does not belong to the secret.
    File(PathBuf),
    /// The output of a command, run by the platform's shell; one newline at its end does not
    /// belong to the secret.
    Command(String),
}

impl<'de> Deserialize<'de> for SecretSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SourceVisitor)
    }
}

struct SourceVisitor;

impl<'de> Visitor<'de> for SourceVisitor {
    type Value = SecretSource;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, { env = \"NAME\" }, { file = \"path\" } or { command = \"…\" }")
    }

    fn visit_str<E>(self, text: &str) -> Result<SecretSource, E> {
        Ok(SecretSource::Literal(Secret::new(text)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SecretSource, A::Error> {
        Reference::deserialize(MapAccessDeserializer::new(map)).map(SecretSource::Reference)
    }
}

/// Why a secret could not be read. Never holds anything of the secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The environment variable is not set.
    #[error("the environment variable {0} is not set")]
    NotSet(String),
    /// The file could not be read.
    #[error("cannot read {file}: {why}", file = .0.display(), why = .1)]
    Unreadable(PathBuf, String),
    /// The command did not succeed.
    #[error("the command `{0}` {1}")]
    CommandFailed(String, String),
    /// The place is there but holds nothing.
    #[error("{0} is empty")]
    Empty(String),
}

impl SecretSource {
    /// Whether the secret stands in the config itself.
    pub fn is_literal(&self) -> bool {
        matches!(self, Self::Literal(_))
    }

    /// The secret. Files are looked for and commands are run in `base`, the config's folder.
    pub fn read(
        &self,
        base: &Path,
        variable: fn(&str) -> Option<OsString>,
    ) -> Result<Secret, SecretError> {
        match self {
            Self::Literal(secret) => Ok(secret.clone()),
            Self::Reference(Reference::Env(name)) => {
                let value = variable(name).ok_or_else(|| SecretError::NotSet(name.clone()))?;
                present(value.into_encoded_bytes(), || format!("the environment variable {name}"))
            }
            Self::Reference(Reference::File(file)) => {
                let file = base.join(file);
                let bytes = std::fs::read(&file)
                    .map_err(|error| SecretError::Unreadable(file.clone(), error.to_string()))?;
                present(without_newline(bytes), || file.display().to_string())
            }
            Self::Reference(Reference::Command(command)) => {
                let bytes = output(command, base)?;
                present(without_newline(bytes), || format!("the output of `{command}`"))
            }
        }
    }
}

/// An empty secret would verify whatever was signed with nothing.
fn present(bytes: Vec<u8>, place: impl FnOnce() -> String) -> Result<Secret, SecretError> {
    if bytes.is_empty() { Err(SecretError::Empty(place())) } else { Ok(Secret::new(bytes)) }
}

fn without_newline(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.pop_if(|byte| *byte == b'\n').is_some() {
        bytes.pop_if(|byte| *byte == b'\r');
    }
    bytes
}

/// What the command printed. What it says on standard error is not passed on: it may hold secrets.
fn output(command: &str, base: &Path) -> Result<Vec<u8>, SecretError> {
    let failed = |why: String| SecretError::CommandFailed(command.to_owned(), why);
    let output = shell(command)
        .current_dir(base)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map_err(|error| failed(format!("could not be run: {error}")))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(failed(format!("failed ({})", output.status)))
    }
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg(command);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    use std::os::windows::process::CommandExt;

    let mut shell = Command::new("cmd");
    // cmd has quoting rules of its own: the command goes to it as written.
    shell.arg("/C").raw_arg(command);
    shell
}

#[cfg(test)]
mod tests;
