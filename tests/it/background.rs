//! The terminal's background is asked for, and what the terminal answers is never taken for keys.

use crate::pty::Pty;

const LISTEN: &[&str] = &["listen", "--addr", "127.0.0.1:0"];
const FIRST_SCREEN: &str = "Waiting for the first delivery";

#[test]
fn what_the_terminal_says_about_its_background_decides_the_colours() {
    for (answer, color) in [
        ("\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?6c", 71),
        ("\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[?6c", 29),
        ("\x1b[?6c", 71),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut pty = Pty::start(LISTEN, folder.path(), (120, 40));
        pty.type_keys(answer);
        pty.wait_for(FIRST_SCREEN);
        // The light that says that all is well.
        assert_eq!(pty.color_of("●"), vt100::Color::Idx(color), "{answer:?}");
    }
}

#[test]
fn keys_typed_meanwhile_work_and_a_late_answer_presses_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut pty = Pty::start(LISTEN, folder.path(), (120, 40));
    pty.type_keys("?");
    pty.wait_for(" find ");
    // Nobody waits for it any more: what it is read as would be typed into the help.
    pty.type_keys("\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\redraw");
    pty.wait_for("find redraw");
    pty.wait_for("ctrl-l");
}

#[test]
fn a_theme_that_cannot_be_used_is_told_before_anything_is_listened_to() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hookscope.toml"), "[dashboard]\ntheme = 'mine.toml'\n")
        .unwrap();
    std::fs::write(folder.path().join("mine.toml"), "base = 'dark'\nacent = 'red'\n").unwrap();
    let mut pty = Pty::start(LISTEN, folder.path(), (120, 40));
    assert_eq!(pty.end().exit_code(), 2);
    let contents = pty.contents();
    assert!(contents.contains("mine.toml:2:1: there is no role acent"), "{contents}");
}
