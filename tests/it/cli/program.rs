//! Runs the real program in a folder of its own, away from the user's files.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The program and the folder that it runs in.
pub(super) struct Program {
    folder: TempDir,
}

/// What a run left behind.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
}

impl Program {
    pub(super) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The same with this config in its folder.
    pub(super) fn with_config(text: &str) -> Self {
        let program = Self::new();
        fs::write(program.file("hookscope.toml"), text).unwrap();
        program
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The command of these words, not started yet.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hookscope"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        let folders = ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"];
        for variable in folders {
            command.env(variable, self.folder.path());
        }
        let deciding = ["HOOKSCOPE_STORE", "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "DISPLAY"];
        for variable in deciding.into_iter().chain(["WAYLAND_DISPLAY"]) {
            command.env_remove(variable);
        }
        command
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Run {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let out = String::from_utf8(stdout).unwrap();
        let err = String::from_utf8(stderr).unwrap();
        Run { code: status.code(), out, err }
    }

    /// The exit code and standard error of a run whose standard output nobody reads.
    pub(super) fn unread(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = self.command(arguments).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let Output { status, stderr, .. } = child.wait_with_output().unwrap();
        (status.code(), String::from_utf8(stderr).unwrap())
    }
}

impl Run {
    /// Each line of standard output, which has to be JSON.
    pub(super) fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}
