use std::io;
use std::net::SocketAddr;

use super::{unconnected, usable};
use crate::domain::attempt::AttemptError;
use crate::domain::url::Url;

fn addresses(texts: &[&str]) -> Vec<SocketAddr> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

#[test]
fn a_name_for_this_machine_leads_nowhere_else() {
    for (url, found, expected) in [
        (
            "http://localhost:1/",
            &["[::1]:1", "127.0.0.1:1"][..],
            Ok(&["[::1]:1", "127.0.0.1:1"][..]),
        ),
        ("http://localhost:1/", &["10.0.0.1:1", "127.0.0.1:1"], Ok(&["127.0.0.1:1"])),
        ("http://localhost:1/", &["10.0.0.1:1"], Err("localhost is 10.0.0.1 here")),
        ("http://a.test:1/", &["10.0.0.1:1", "127.0.0.1:1"], Ok(&["10.0.0.1:1", "127.0.0.1:1"])),
        ("http://a.test:1/", &[], Err("a.test has no address")),
    ] {
        let usable = usable(&Url::parse(url).unwrap(), Ok(addresses(found)));
        match (usable, expected) {
            (Ok(usable), Ok(expected)) => assert_eq!(usable, addresses(expected), "{url}"),
            (Err(failure), Err(part)) => {
                assert_eq!(failure.error, AttemptError::Dns);
                assert!(failure.message.contains(part), "{failure}");
            }
            (usable, expected) => panic!("{url}: {usable:?} {expected:?}"),
        }
    }
}

#[test]
fn a_failed_connection_is_told_in_the_words_of_the_contract() {
    let url = Url::parse("https://a.test/x").unwrap();
    for (kind, error, message) in [
        (io::ErrorKind::ConnectionRefused, AttemptError::Refused, "nothing listens on a.test:443"),
        (io::ErrorKind::TimedOut, AttemptError::Timeout, "a.test:443 does not answer"),
        (io::ErrorKind::ConnectionReset, AttemptError::Reset, "a.test:443 ended the connection"),
        (
            io::ErrorKind::NetworkUnreachable,
            AttemptError::Refused,
            "a.test:443 cannot be reached: ",
        ),
    ] {
        let failure = unconnected(&url, &kind.into());
        assert_eq!(failure.error, error);
        assert!(failure.message.starts_with(message), "{failure}");
    }
}
