//! A walk through every view of the running program, in a pseudo-terminal.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use crate::pty::Pty;

const CONFIG: &str = "[[endpoint]]\nname = 'hotels'\npath = '/channex'\naccount = 'inn'\n\n\
    [[endpoint]]\nname = 'rest'\npath = '/*'\n\n\
    [[account]]\nname = 'inn'\nprovider = 'channex'\nbase_url = 'http://127.0.0.1:9/api'\n\
    credentials = { api_key = 'planted-key', property = 'p-1' }\n";

/// Closes what was opened, and means something else if another key follows too soon.
const ESC: &str = "\x1b";

/// What the keys before brought is not on the screen any more.
const GONE: &str = "";

/// Keys, and what they bring to the screen.
const TOUR: &[(&str, &str)] = &[
    ("go", "─ Overview ─"),
    (ESC, GONE),
    ("ge", "─ Timeline of the event ─"),
    (ESC, GONE),
    ("gl", "─ Log: [notices]"),
    ("\t", "[connections]"),
    (ESC, GONE),
    ("?", "─ Help ─"),
    (ESC, GONE),
    ("\x10", "─ Palette ─"),
    (ESC, GONE),
    (":column /payload/total\r", "total auth"),
    (":sort /payload/total\r", "all 3 by total"),
    (ESC, GONE),
    ("f/payload/total=14\r", "1 of 3"),
    (ESC, GONE),
    (" ", "1 marked"),
    ("u", GONE),
    ("d", "1 deleted: U undoes"),
    ("U", GONE),
    ("gg", "─ #3"),
    ("modd\r", "¶"),
    ("ftag:seen\r", "no delivery matches"),
    (ESC, GONE),
    ("c", "─ Compare #2 and #3"),
    (ESC, GONE),
    ("R", "─ Replay #3 ─"),
    (ESC, GONE),
    ("E", "─ Export #3 ─"),
    (ESC, GONE),
    ("H", "─ Hold deliveries ─"),
    (ESC, GONE),
    ("a", "─ What hotels answers ─"),
    (ESC, GONE),
    ("|wc -c\r", "done in"),
    (ESC, GONE),
    ("p", "PAUSED"),
    ("p", GONE),
    ("\r1", "[Overview]"),
    ("2", "[Headers]"),
    ("4", "[Auth]"),
    ("5", "[Answer]"),
    ("3", "[Body]"),
    ("gf", "─ Links of #3 ─"),
    (ESC, GONE),
    ("S", "nothing listens on 127.0.0.1:9"),
    (ESC, GONE),
];

fn send(address: SocketAddr, number: u32) {
    let body = format!(
        "{{\"event\":\"booking_new\",\"property_id\":\"p-1\",\"payload\":{{\"total\":{}}}}}",
        number * 7
    );
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "POST /channex HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn every_view_is_reached_by_its_keys_and_left_again() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hookscope.toml"), CONFIG).unwrap();
    let arguments = ["--config", "hookscope.toml", "listen", "--addr", "127.0.0.1:0"];
    let mut pty = Pty::start(&arguments, folder.path(), (120, 40));
    pty.wait_for("127.0.0.1:");
    let address = pty.address();
    for number in 1..=3 {
        send(address, number);
        pty.wait_for(&format!("─ #{number} "));
    }
    let mut brought = "";
    for (keys, brings) in TOUR {
        pty.type_keys(keys);
        pty.wait(&format!("{brings:?} after {keys:?}"), |screen| {
            let contents = screen.contents();
            if *brings == GONE { !contents.contains(brought) } else { contents.contains(brings) }
        });
        brought = brings;
    }
    assert!(!pty.contents().contains("planted-key"));
    pty.type_keys("Q");
    assert!(pty.end().success());
    pty.assert_restored();
}
