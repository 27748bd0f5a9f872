use super::{WebPage, addresses_in, callable};
use crate::domain::url::UrlError;

#[test]
fn addresses_are_found_without_the_sentence_around_them() {
    for (text, expected) in [
        ("", &[][..]),
        ("no address, not even http: or https//", &[]),
        ("https://a.test/x", &["https://a.test/x"]),
        ("https://a.test/x.", &["https://a.test/x."]),
        ("see https://a.test/x.", &["https://a.test/x"]),
        ("(http://a.test, https://b.test/y?z=1!)", &["http://a.test", "https://b.test/y?z=1"]),
        ("<a href=\"https://a.test/x\">x</a>", &["https://a.test/x"]),
        ("at https://a.test/?to=https://b.test now", &["https://a.test/?to=https://b.test"]),
        ("one\nhttps://a.test\u{7}two", &["https://a.test"]),
        ("on http:// alone", &["http://"]),
    ] {
        assert_eq!(addresses_in(text).collect::<Vec<_>>(), expected, "{text:?}");
    }
}

#[test]
fn a_fragment_is_not_sent_and_what_cannot_be_called_says_why() {
    assert_eq!(callable("https://a.test/x#y").unwrap().to_string(), "https://a.test/x");
    assert_eq!(callable("https://user@a.test/"), Err(UrlError::UserInfo));
    assert_eq!(callable("http://"), Err(UrlError::Malformed));
}

#[test]
fn a_browser_is_given_the_fragment_too_if_it_is_one() {
    for (address, expected) in [
        ("https://a.test/x", "https://a.test/x"),
        ("https://a.test/x#/orders/1?a=b", "https://a.test/x#/orders/1?a=b"),
        ("https://a.test/#", "https://a.test/#"),
        ("https://a.test/x#a\"b", "https://a.test/x"),
        ("https://a.test/x#a#b", "https://a.test/x"),
        ("https://a.test/x#\u{202e}", "https://a.test/x"),
    ] {
        assert_eq!(WebPage::at(address).unwrap().to_string(), expected);
    }
    for (address, error) in [
        ("https://user:pass@a.test/", UrlError::UserInfo),
        ("file:///etc/passwd", UrlError::Malformed),
        ("javascript://a.test/%0aalert(1)", UrlError::Scheme),
    ] {
        assert_eq!(WebPage::at(address), Err(error), "{address}");
    }
}
