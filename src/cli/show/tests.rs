use super::is_harmless;

#[test]
fn bytes_go_to_a_terminal_only_if_it_would_not_act_on_them() {
    for harmless in [&b""[..], b"GET / HTTP/1.1\r\nA: b\r\n\r\n{\"a\":\t1}\n", "é ✓".as_bytes()]
    {
        assert!(is_harmless(harmless), "{harmless:?}");
    }
    for harmful in [&b"\x1b[2J"[..], b"over\rwritten", b"\xff", b"\0", "\u{202e}".as_bytes()] {
        assert!(!is_harmless(harmful), "{harmful:?}");
    }
}
