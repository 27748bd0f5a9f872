use std::net::TcpListener;

use super::{Level, port, store, terminal};
use crate::config::values::Address;

#[test]
fn a_port_that_is_taken_is_an_error_and_a_free_one_is_not() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut addr =
        Address { host: "127.0.0.1".to_owned(), port: taken.local_addr().unwrap().port() };
    let found = port(&addr, Some("pid 1, listening on 127.0.0.1:1"));
    assert_eq!(found.level, Level::Error);
    assert!(found.finding.ends_with("is taken by another program; try --addr"));
    let holder = format!("pid 1, listening on {addr}");
    assert_eq!(port(&addr, Some(&holder)).level, Level::Ok);
    addr.port = 0;
    assert_eq!(port(&addr, None).level, Level::Ok);
    addr.host = "192.0.2.1".to_owned();
    let found = port(&addr, None);
    assert_eq!(found.level, Level::Error);
    assert!(found.finding.starts_with("cannot listen on 192.0.2.1:0: "), "{}", found.finding);
}

#[test]
fn a_terminal_is_judged_by_what_the_dashboard_needs() {
    let cases = [
        (Some((120, 40)), 256, Level::Ok, "120x40, 256 colours"),
        (Some((80, 24)), 65_535, Level::Ok, "80x24, all colours"),
        (Some((39, 24)), 8, Level::Warning, "39x24 is too small; it takes 40x10"),
        (None, 8, Level::Warning, "standard output is none; listen prints lines there"),
    ];
    for (size, colors, level, finding) in cases {
        let found = terminal(size, colors);
        assert_eq!((found.level, found.finding.as_str()), (level, finding));
    }
}

#[test]
fn a_store_that_is_not_there_yet_is_well() {
    assert_eq!(store("/nowhere/hookscope.db".as_ref(), None).level, Level::Ok);
}
