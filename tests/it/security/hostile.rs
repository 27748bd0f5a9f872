//! What was sent comes to no shell: an editor is given the name of a file and nothing else, and the
//! command of a secret is run as it stands in the config.

#![cfg(unix)]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;

use portable_pty::CommandBuilder;

use crate::pty::Pty;

/// Each makes a file `owned` if a shell comes to read it.
const BODY: &str = "$(touch owned)`touch owned`;touch owned|touch owned\n\"';touch owned #\\\n";
const TARGET: &str = "/$(touch${IFS}owned);touch${IFS}owned|touch${IFS}owned&'?`touch${IFS}owned`";

#[test]
fn an_editor_is_given_a_file_of_its_owner_and_nothing_that_was_sent() {
    let folder = tempfile::tempdir().unwrap();
    let temporary = folder.path().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let editor = folder.path().join("editor");
    let script = "#!/bin/sh\nfor word; do echo \"$word\"; done > words\nls -l \"$2\" > listed\n\
                  env > environment\ncp \"$2\" copied\n";
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let config = "[[endpoint]]\nname = 'all'\npath = '/*'\nauth = { scheme = 'bearer', \
                  token = { command = 'echo run >> ran; echo t0ken' } }\n";
    fs::write(folder.path().join("hookscope.toml"), config).unwrap();
    let mut listen = CommandBuilder::new("sh");
    let program = env!("CARGO_BIN_EXE_hookscope");
    listen.args(["-c", "umask 0; exec \"$0\" \"$@\"", program, "listen", "--addr", "127.0.0.1:0"]);
    listen.env("VISUAL", format!("{} --wait", editor.display()));
    listen.env("TMPDIR", &temporary);
    let mut pty = Pty::run(listen, folder.path(), (120, 40));
    pty.wait_for("Waiting for the first delivery");

    let mut stream = TcpStream::connect(pty.address()).unwrap();
    let length = BODY.len();
    write!(
        stream,
        "POST {TARGET} HTTP/1.1\r\nHost: $(touch owned)\r\nX-A: `touch owned`\r\n\
         Content-Type: text/$(touch owned)\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{BODY}"
    )
    .unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
    pty.wait_for("touch${IFS}owned");
    pty.type_keys("e");
    pty.wait_for("the body was not changed");
    pty.type_keys("Q");
    pty.end();

    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("copied"), BODY);
    let words = read("words");
    let [option, file] = &words.lines().collect::<Vec<_>>()[..] else { panic!("{words}") };
    let name = file.strip_prefix(temporary.to_str().unwrap()).unwrap();
    let name = name.strip_prefix("/hookscope-").and_then(|name| name.strip_suffix(".txt")).unwrap();
    assert_eq!((*option, name.len()), ("--wait", 36), "{words}");
    assert!(name.chars().all(|c| c.is_ascii_hexdigit() || c == '-'), "{words}");
    assert!(read("listed").starts_with("-rw-------"), "{}", read("listed"));
    assert!(!read("environment").contains("touch"), "{}", read("environment"));
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0, "the file is gone");
    assert_eq!(read("ran"), "run\n", "once, before anything was captured");
    assert!(!folder.path().join("owned").exists());
}
