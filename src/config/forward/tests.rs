use crate::config::file::File;
use crate::domain::endpoint::Answer;

use super::{Answering, targets};

fn parse(keys: &str) -> Result<File, String> {
    let text = format!("[[endpoint]]\nname = 'a'\npath = '/a'\n{keys}");
    File::parse(&text).map_err(|mistake| mistake.to_string())
}

#[test]
fn an_address_that_is_named_twice_gets_what_matches_either_filter() {
    let cases = [
        ("'http://app.test'", vec![("http://app.test", 0)]),
        ("[]", Vec::new()),
        ("{ to = 'http://app.test/x', when = 'is:repeat' }", vec![("http://app.test/x", 1)]),
        (
            "[{ to = 'http://a.test', when = 'a' }, { to = 'http://b.test' }, { to = 'http://a.test', when = 'b' }]",
            vec![("http://a.test", 2), ("http://b.test", 0)],
        ),
        (
            "[{ to = 'http://a.test', when = 'a' }, { to = 'http://a.test' }]",
            vec![("http://a.test", 0)],
        ),
    ];
    for (text, expected) in cases {
        let file = parse(&format!("forward = {text}")).unwrap();
        let found = targets(file.endpoints[0].forward.as_ref().unwrap());
        let found = found.iter().map(|target| (target.to.to_string(), target.when.len()));
        let expected = expected.into_iter().map(|(to, filters)| (to.to_owned(), filters));
        assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn the_app_answers_where_that_is_said_and_else_hookscope_does() {
    let answering = |text: &str| parse(text).unwrap().endpoints[0].answer.clone();
    assert!(matches!(answering("answer = 'forward'"), Answering::App));
    let Answering::Always(answer) = answering("answer = { status = 204 }") else { panic!() };
    assert_eq!(answer.status, 204);
    let Answering::Always(answer) = answering("") else { panic!() };
    assert_eq!(answer, Answer::default());
}

#[test]
fn a_mistake_is_told_at_its_place() {
    for (keys, mistake) in [
        ("forward = 'localhost:3000'", "4:11: the address"),
        (
            "forward = 'ftp://app.test'",
            "4:11: the address \"ftp://app.test\" is neither http nor https; one is written as in http://127.0.0.1:3000",
        ),
        ("forward = 3", "4:11: invalid type: integer `3`, expected an address or an array"),
        (
            "forward = [{ to = 'http://a.test', when = 'auth:good' }]",
            "4:43: the filter \"auth:good\", at its character 6: ",
        ),
        (
            "forward = [{ to = 'http://a.test', wen = 'a' }]",
            "4:36: unknown key `wen`; did you mean `when`?",
        ),
        ("forward = [{ when = 'a' }]", "4:12: missing key `to`"),
        ("forward_only = 'signed'", "4:16: \"signed\" is not \"verified\""),
        ("answer = 'app'", "4:10: \"app\" is neither a table nor \"forward\""),
        ("answer = { stat = 3 }", "4:12: unknown key `stat`; did you mean `status`?"),
        ("answer_within = '10'", "4:17: \"10\" is not a duration"),
        ("fallback = { status = 99 }", "4:23: 99 is not a status"),
    ] {
        let found = parse(keys).unwrap_err();
        assert!(found.starts_with(mistake), "{keys}: {found}");
    }
}
