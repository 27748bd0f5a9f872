use super::{Host, Url, UrlError};

#[test]
fn only_an_absolute_http_address_without_user_info_is_taken() {
    for (text, expected) in [
        ("https://sandbox.avinode.com/api/rfqs/arfq-1", Ok(())),
        ("http://127.0.0.1:4000", Ok(())),
        ("http://[::1]:4000/a?b=c", Ok(())),
        ("", Err(UrlError::Empty)),
        ("/rfqs/arfq-1", Err(UrlError::Relative)),
        ("rfqs", Err(UrlError::Relative)),
        ("//evil.test/x", Err(UrlError::Relative)),
        ("ftp://sandbox.avinode.com/x", Err(UrlError::Scheme)),
        ("file:///etc/passwd", Err(UrlError::Malformed)),
        ("https://user:secret@sandbox.avinode.com/", Err(UrlError::UserInfo)),
        ("https://sandbox.avinode.com@evil.test/", Err(UrlError::UserInfo)),
        ("https://sandbox.avinode.com\\@evil.test/", Err(UrlError::Malformed)),
        ("https://sandbox.avinode.com/#x", Err(UrlError::Fragment)),
        ("https://sandbox.avinode.com/a b", Err(UrlError::Malformed)),
        ("https://sandbox.avinode.com:/x", Err(UrlError::Malformed)),
        ("https://sandbox.avinode.com:99999/x", Err(UrlError::Malformed)),
        ("https://", Err(UrlError::Malformed)),
        ("https://a\r\nHost: b/", Err(UrlError::Malformed)),
    ] {
        assert_eq!(Url::parse(text).map(drop), expected, "{text}");
    }
}

#[test]
fn a_host_is_matched_whole_and_on_its_port_alone() {
    let sandbox = Host::parse("Sandbox.Avinode.com").unwrap();
    let local = Host::parse("127.0.0.1:4010").unwrap();
    for (host, url, expected) in [
        (&sandbox, "https://sandbox.avinode.com/api", true),
        (&sandbox, "https://SANDBOX.avinode.com:443/api", true),
        (&sandbox, "http://sandbox.avinode.com/api", true),
        (&sandbox, "https://sandbox.avinode.com:8443/api", false),
        (&sandbox, "https://sandbox.avinode.com.evil.test/api", false),
        (&sandbox, "https://sandbox.avinode.com./api", false),
        (&sandbox, "https://x.sandbox.avinode.com/api", false),
        (&sandbox, "http://169.254.169.254/latest", false),
        (&local, "http://127.0.0.1:4010/api", true),
        (&local, "http://127.0.0.1:4011/api", false),
        (&local, "http://127.0.0.1/api", false),
    ] {
        assert_eq!(host.is_of(&Url::parse(url).unwrap()), expected, "{host} {url}");
    }
    for text in ["", "a/b", "a?b", "https://a", "a b", "u@a"] {
        assert!(Host::parse(text).is_err(), "{text}");
    }
}

#[test]
fn loopback_is_told_without_looking_up_a_name() {
    for (text, expected) in [
        ("http://127.0.0.1:1/", true),
        ("http://127.8.8.8/", true),
        ("http://[::1]/", true),
        ("http://LOCALHOST/", true),
        ("http://localhost.evil.test/", false),
        ("http://169.254.169.254/", false),
        ("http://0.0.0.0/", false),
    ] {
        assert_eq!(Url::parse(text).unwrap().is_loopback(), expected, "{text}");
    }
}

#[test]
fn a_path_is_joined_behind_the_own_one() {
    let base = Url::parse("https://sandbox.avinode.com/api").unwrap();
    let joined = base.join("/webhooks/settings?page=1").unwrap();
    assert_eq!(joined.to_string(), "https://sandbox.avinode.com/api/webhooks/settings?page=1");
    assert_eq!(joined.target(), "/api/webhooks/settings?page=1");
}

#[test]
fn whether_a_path_is_named_is_told_from_the_text() {
    for (text, expected) in [
        ("http://127.0.0.1:3000", false),
        ("http://127.0.0.1:3000/", true),
        ("http://127.0.0.1:3000?x=1", false),
        ("http://127.0.0.1:3000/hooks", true),
        ("https://h", false),
    ] {
        assert_eq!(Url::parse(text).unwrap().names_a_path(), expected, "{text}");
    }
}

#[test]
fn what_is_printed_reads_back_as_the_same_address() {
    for text in [
        "http://h",
        "http://h/",
        "https://h:8443?q=%20",
        "https://h:8443/?q",
        "http://[::1]:80/a//b?c=/",
        "http://h//",
    ] {
        let url = Url::parse(text).unwrap();
        assert_eq!(url.to_string(), text);
        assert_eq!(Url::parse(&url.to_string()), Ok(url.clone()));
        assert!(url.target().starts_with('/'), "{text}: {}", url.target());
    }
}
