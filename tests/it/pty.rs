//! The program in a pseudo-terminal: a keyboard to type on and a screen to read.

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Instant;

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

use crate::support::DEADLINE;

/// A program that believes to be in a terminal.
pub(crate) struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    output: Arc<Output>,
}

#[derive(Default)]
struct Output {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: vt100::Parser,
    ended: bool,
}

fn parser(columns: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(cells(rows), cells(columns), 0)
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

impl Default for State {
    fn default() -> Self {
        Self { parser: parser(80, 24), ended: false }
    }
}

impl Pty {
    /// Runs the program with these arguments and a config, so that it is not a first run.
    pub(crate) fn start(arguments: &[&str], folder: &Path, (columns, rows): (u16, u16)) -> Self {
        let config = folder.join("hookscope.toml");
        if !config.exists() {
            std::fs::write(config, "").unwrap();
        }
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hookscope"));
        command.args(arguments);
        Self::run(command, folder, (columns, rows))
    }

    /// Runs any command.
    pub(crate) fn run(
        mut command: CommandBuilder,
        folder: &Path,
        (columns, rows): (u16, u16),
    ) -> Self {
        command.cwd(folder);
        command.env("TERM", "xterm-256color");
        for name in [
            "NO_COLOR",
            "COLORTERM",
            "COLORFGBG",
            "CLICOLOR_FORCE",
            "HOOKSCOPE_STORE",
            "SSH_TTY",
            "DISPLAY",
            "WAYLAND_DISPLAY",
        ] {
            command.env_remove(name);
        }
        command.env("HOME", folder);
        command.env("XDG_CONFIG_HOME", folder.join("config"));
        command.env("XDG_DATA_HOME", folder.join("data"));
        command.env("XDG_STATE_HOME", folder.join("state"));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let output = Arc::<Output>::default();
        output.state.lock().unwrap().parser = parser(columns, rows);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writing = Arc::clone(&output);
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            loop {
                let count = reader.read(&mut bytes).unwrap_or(0);
                let mut state = writing.state.lock().unwrap();
                state.parser.process(&bytes[..count]);
                state.ended = count == 0;
                writing.changed.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Self { child, master: pair.master, keyboard, output }
    }

    pub(crate) fn type_keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    pub(crate) fn resize(&mut self, (columns, rows): (u16, u16)) {
        self.output.state.lock().unwrap().parser.screen_mut().set_size(cells(rows), cells(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).unwrap();
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub(crate) fn signal(&self, name: &str) {
        send_signal(self.process(), name);
    }

    /// Waits until the screen is as the condition wants it.
    pub(crate) fn wait(&self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) {
        let until = Instant::now() + DEADLINE;
        let mut state = self.output.state.lock().unwrap();
        while !condition(state.parser.screen()) {
            let left = until.saturating_duration_since(Instant::now());
            let contents = state.parser.screen().contents();
            assert!(
                !left.is_zero() && !state.ended,
                "waited in vain for {what}, the screen is:\n{contents}"
            );
            state = self.output.changed.wait_timeout(state, left).unwrap().0;
        }
    }

    pub(crate) fn wait_for(&self, text: &str) {
        self.wait(&format!("{text:?}"), |screen| screen.contents().contains(text));
    }

    pub(crate) fn wait_until_gone(&self, text: &str) {
        self.wait(&format!("{text:?} to go"), |screen| !screen.contents().contains(text));
    }

    /// The address that the first screen or the title bar shows.
    pub(crate) fn address(&self) -> SocketAddr {
        self.wait_for("127.0.0.1:");
        let contents = self.contents();
        let at = contents.find("127.0.0.1:").unwrap();
        let rest = contents.get(at..).unwrap();
        let end =
            rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ':').unwrap_or(rest.len());
        rest.get(..end).unwrap().parse().unwrap()
    }

    pub(crate) fn contents(&self) -> String {
        self.output.state.lock().unwrap().parser.screen().contents()
    }

    /// The colour of the first cell of the screen that shows this.
    pub(crate) fn color_of(&self, shown: &str) -> vt100::Color {
        let state = self.output.state.lock().unwrap();
        let screen = state.parser.screen();
        let (rows, columns) = screen.size();
        let (rows, columns) = (rows.get(), columns.get());
        let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        let mut cells = places.filter_map(|(row, column)| screen.cell(row, column));
        cells.find(|cell| cell.contents() == shown).expect("a cell that shows it").fgcolor()
    }

    /// Waits for the end of the program and of its output.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let until = Instant::now() + DEADLINE;
        let mut state = self.output.state.lock().unwrap();
        while !state.ended {
            let left = until.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "the program does not end:\n{}",
                state.parser.screen().contents()
            );
            state = self.output.changed.wait_timeout(state, left).unwrap().0;
        }
        drop(state);
        self.child.wait().unwrap()
    }

    /// Asserts that the terminal is as it was before the program.
    pub(crate) fn assert_restored(&self) {
        let state = self.output.state.lock().unwrap();
        let screen = state.parser.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is still there");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "pastes are still bracketed");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

pub(crate) fn send_signal(process: u32, name: &str) {
    let status = std::process::Command::new("kill")
        .args([&format!("-{name}"), &process.to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}
