//! The whole program in a pseudo-terminal. Whatever ends it, the terminal is given back.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use portable_pty::CommandBuilder;

use crate::pty::{Pty, send_signal};

const LISTEN: &[&str] = &["listen", "--addr", "127.0.0.1:0"];

fn start(folder: &tempfile::TempDir) -> (Pty, SocketAddr) {
    let pty = Pty::start(LISTEN, folder.path(), (120, 40));
    pty.wait_for("Waiting for the first delivery");
    let address = pty.address();
    (pty, address)
}

fn send(address: SocketAddr, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_delivery_shows_up_is_opened_and_q_leaves_the_terminal_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (mut pty, address) = start(&folder);
    assert!(
        send(address, "/hooks/shop", r#"{"order":{"id":"o-4711"}}"#).starts_with("HTTP/1.1 200")
    );
    pty.wait_for("/hooks/shop");
    pty.type_keys("\r");
    pty.wait_for("Overview");
    pty.type_keys("3");
    pty.wait_for("\"o-4711\"");
    pty.type_keys("QQ");
    assert!(pty.end().success());
    pty.assert_restored();
    assert!(pty.contents().contains("1 captured"), "{}", pty.contents());
}

#[test]
fn a_store_is_opened_although_no_account_can_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let (mut pty, address) = start(&folder);
    send(address, "/hooks/shop", "{}");
    pty.type_keys("Q");
    pty.end();
    let account = "[[account]]\nname = 'acme'\nprovider = 'channex'\n\
                   base_url = 'https://a.test'\ncredentials = { api_key = { env = 'UNSET_KEY' } }";
    std::fs::write(folder.path().join("hookscope.toml"), account).unwrap();
    let pty = Pty::start(&["open"], folder.path(), (120, 40));
    pty.wait_for("/hooks/shop");
    pty.wait_for("no account can be used: account acme: api_key:");
}

#[test]
fn escape_never_quits() {
    let folder = tempfile::tempdir().unwrap();
    let (mut pty, address) = start(&folder);
    for _ in 0..5 {
        pty.type_keys("\x1b");
    }
    send(address, "/still-here", "{}");
    pty.wait_for("/still-here");
}

#[test]
fn a_signal_to_end_gives_the_terminal_back() {
    for signal in ["TERM", "INT", "HUP"] {
        let folder = tempfile::tempdir().unwrap();
        let (mut pty, _) = start(&folder);
        pty.signal(signal);
        assert!(pty.end().success(), "{signal}");
        pty.assert_restored();
    }
}

#[test]
fn a_smaller_terminal_is_drawn_anew_and_one_too_small_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (mut pty, address) = start(&folder);
    send(address, "/hooks/shop", "{}");
    pty.wait_for("/hooks/shop");
    pty.resize((30, 8));
    pty.wait_until_gone("/hooks/shop");
    pty.wait_for("40x10");
    pty.resize((80, 24));
    pty.wait_for("/hooks/shop");
}

/// Not a test by itself: what the test below runs in a terminal.
#[test]
fn panic_within_a_taken_terminal() {
    if std::env::var_os("PANIC_IN_TERMINAL").is_none() {
        return;
    }
    let _taken = hookscope::runtime::terminal::Taken::take(true).unwrap();
    panic!("the program is wrong about something");
}

#[test]
fn a_panic_gives_the_terminal_back_before_its_message() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "terminal::panic_within_a_taken_terminal", "--nocapture"]);
    command.env("PANIC_IN_TERMINAL", "1");
    let mut pty = Pty::run(command, folder.path(), (120, 40));
    pty.end();
    pty.assert_restored();
    assert!(pty.contents().contains("the program is wrong about something"), "{}", pty.contents());
}

#[test]
#[cfg(target_os = "linux")]
fn suspending_gives_the_terminal_back_and_continuing_paints_it_anew() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hookscope.toml"), "").unwrap();
    // A process group without a shell above it is never stopped by the kernel.
    let mut command = CommandBuilder::new("bash");
    let program = env!("CARGO_BIN_EXE_hookscope");
    command.args([
        "-mc",
        &format!("{program} listen --addr 127.0.0.1:0; echo in-the-shell; read; fg"),
    ]);
    let mut pty = Pty::run(command, folder.path(), (120, 40));
    pty.wait_for("Waiting for the first delivery");
    let address = pty.address();
    pty.type_keys("\x1a");
    pty.wait("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().contains("in-the-shell")
    });
    pty.assert_restored();
    pty.type_keys("\n");
    pty.wait("the dashboard", |screen| {
        screen.alternate_screen() && screen.contents().contains("Waiting for the first delivery")
    });
    send(address, "/after", "{}");
    pty.wait_for("/after");
    pty.type_keys("Q");
    pty.end();
    pty.assert_restored();
}

#[test]
#[cfg(unix)]
fn an_editor_has_the_terminal_to_itself_and_gives_it_back() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hookscope.toml"), "").unwrap();
    let editor = folder.path().join("editor");
    let script = "#!/bin/sh\necho editing \"$2\" \"$1\"\nread line\necho \"$line\" > typed\n";
    std::fs::write(&editor, script).unwrap();
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hookscope"));
    command.args(LISTEN);
    command.env("VISUAL", format!("{} --wait", editor.display()));
    let mut pty = Pty::run(command, folder.path(), (120, 40));
    pty.wait_for("Waiting for the first delivery");
    let address = pty.address();
    pty.type_keys("gc");
    pty.wait("the editor", |screen| {
        !screen.alternate_screen() && screen.contents().contains("hookscope.toml --wait")
    });
    pty.assert_restored();
    send(address, "/meanwhile", "{}");
    pty.type_keys("q of the editor\n");
    pty.wait("the dashboard", |screen| {
        screen.alternate_screen() && screen.contents().contains("take effect at the next start")
    });
    assert_eq!(std::fs::read_to_string(folder.path().join("typed")).unwrap(), "q of the editor\n");
    pty.wait_for("/meanwhile");
    pty.type_keys("Q");
    assert!(pty.end().success());
    pty.assert_restored();
}

#[test]
#[cfg(unix)]
fn a_command_that_a_body_is_piped_to_may_have_the_terminal_and_gives_it_back() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hookscope.toml"), "").unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hookscope"));
    command.args(LISTEN);
    command.env("SHELL", "/bin/sh");
    let mut pty = Pty::run(command, folder.path(), (120, 40));
    pty.wait_for("Waiting for the first delivery");
    let address = pty.address();
    let body = format!(r#"{{"big":"{}"}}"#, "x".repeat(300_000));
    send(address, "/hooks/shop", &body);
    pty.wait_for("/hooks/shop");
    let line = "!cat > body; echo has the terminal; read line < /dev/tty; echo \"$line\" > typed";
    pty.type_keys(&format!("|{line}\r"));
    pty.wait("the command", |screen| {
        !screen.alternate_screen() && screen.contents().contains("has the terminal")
    });
    pty.assert_restored();
    assert!(send(address, "/meanwhile", "{}").starts_with("HTTP/1.1 200"));
    pty.type_keys("q of the command\n");
    pty.wait("the dashboard", vt100::Screen::alternate_screen);
    pty.wait_for("/meanwhile");
    let read = |name| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!((read("body"), read("typed")), (body, "q of the command\n".to_owned()));
    // What ends the command does not end the program, and what it said can be read.
    pty.type_keys("|");
    pty.wait_for("| !cat");
    pty.type_keys("\x15!echo waits; exec sleep 1000\r");
    pty.wait("the command", |screen| {
        !screen.alternate_screen() && screen.contents().contains("waits")
    });
    pty.type_keys("\x03");
    pty.wait_for("enter goes back to hookscope");
    pty.type_keys("\n");
    pty.wait("the dashboard", vt100::Screen::alternate_screen);
    pty.wait_for("ended with signal: 2");
    send(address, "/after", "{}");
    pty.wait_for("/after");
    pty.type_keys("Q");
    assert!(pty.end().success());
    pty.assert_restored();
}

#[test]
fn a_program_that_was_killed_loses_no_answered_delivery() {
    let folder = tempfile::tempdir().unwrap();
    let (mut pty, address) = start(&folder);
    for number in 0..20 {
        assert!(send(address, &format!("/n/{number}"), "{}").starts_with("HTTP/1.1 200"));
    }
    send_signal(pty.process(), "KILL");
    pty.end();
    let listed = std::process::Command::new(env!("CARGO_BIN_EXE_hookscope"))
        .args(["list", "--format", "json"])
        .current_dir(folder.path())
        .env("XDG_DATA_HOME", folder.path().join("data"))
        .env("HOME", folder.path())
        .output()
        .unwrap();
    let lines = String::from_utf8(listed.stdout).unwrap();
    for number in 0..20 {
        assert!(lines.contains(&format!("\"target\":\"/n/{number}\"")), "{number} of:\n{lines}");
    }
}
