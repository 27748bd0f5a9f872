use super::{Mistake, suggestion};
use crate::config::file::File;

fn mistake(text: &str) -> Mistake {
    let error = toml::from_str::<File>(text).unwrap_err();
    Mistake::found(&error, text)
}

#[test]
fn an_unknown_key_is_named_with_its_place_and_the_nearest_known_one() {
    let cases = [
        ("[listen]\nadr = \"127.0.0.1:1\"", "2:1: unknown key `adr`; did you mean `addr`?"),
        ("[lisen]\n", "1:2: unknown key `lisen`; did you mean `listen`?"),
        ("\n\n[store]\n  fil = 'x'", "4:3: unknown key `fil`; did you mean `file`?"),
        (
            "[[endpoint]]\nname='a'\npath='/'\nanswer = { status = 200, 'é' = 1 }",
            "4:26: unknown key `é`; known here: status, headers, body, delay",
        ),
        (
            "[[endpoint]]\nname='a'\npath='/'\nauth = { shceme = 'none' }",
            "4:10: unknown key `shceme`; did you mean `scheme`?",
        ),
        (
            "[[endpoint]]\nname='a'\npath='/'\nauth = [{ scheme = 'none', secert = '' }]",
            "4:28: unknown key `secert`; did you mean `secret`?",
        ),
        (
            "[[endpoint]]\nname='a'\npath='/'\nauth = { scheme='x', secret = { evn = 'A' } }",
            "4:33: unknown key `evn`; did you mean `env`?",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(mistake(text).to_string(), expected, "{text}");
    }
}

#[test]
fn other_mistakes_keep_their_place_and_their_words() {
    let cases = [
        ("[listen]\naddr = \"x\"", "2:8: \"x\" is not HOST:PORT"),
        ("[listen]\nmax_body = 10", "2:12: invalid type: integer `10`, expected"),
        ("[listen]\nmax_body = \"1GiB\"", "2:12: \"1GiB\" is more than the store takes at once"),
        ("[[endpoint]]\nname = 'a'", "1:1: missing key `path`"),
        ("[[endpoint]]\nname='a'\npath = 'a'", "3:8: a path begins with /"),
        ("[[endpoint]]\nname='a'\npath='/'\nanswer.status = 99", "4:17: 99 is not a status"),
        (
            "[[endpoint]]\nname='a'\npath='/'\nprovider='avinod'",
            "4:10: unknown provider `avinod`; did",
        ),
        ("é = \n", "1:1:"),
        ("[listen\n", "1:8:"),
    ];
    for (text, beginning) in cases {
        let shown = mistake(text).to_string();
        assert!(shown.starts_with(beginning), "{text}: {shown}");
        assert!(!shown.contains('\n'), "{shown}");
    }
}

#[test]
fn a_name_that_is_like_nothing_gets_all_known_ones() {
    assert_eq!(suggestion("adr", &["addr", "public_url"]), "did you mean `addr`?");
    assert_eq!(suggestion("zzz", &["addr", "public_url"]), "known here: addr, public_url");
}
