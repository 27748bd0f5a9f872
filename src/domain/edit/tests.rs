use super::{Edit, EditError, edited};

const BODY: &str =
    r#"{"event":"ari","list":[1,{"a":null}],"Resource":"{\"Id\":1}","a/b":2,"n":1.50}"#;

#[test]
fn a_value_is_set_where_the_pointer_leads_and_all_else_stays_in_its_order() {
    for (edit, expected) in [
        (
            r#"/event="x""#,
            r#"{"event":"x","list":[1,{"a":null}],"Resource":"{\"Id\":1}","a/b":2,"n":1.50}"#,
        ),
        (
            "/list/1/a=[]",
            r#"{"event":"ari","list":[1,{"a":[]}],"Resource":"{\"Id\":1}","a/b":2,"n":1.50}"#,
        ),
        (
            "/list/-=3",
            r#"{"event":"ari","list":[1,{"a":null},3],"Resource":"{\"Id\":1}","a/b":2,"n":1.50}"#,
        ),
        (
            "/Resource/Id=662",
            r#"{"event":"ari","list":[1,{"a":null}],"Resource":"{\"Id\":662}","a/b":2,"n":1.50}"#,
        ),
        (
            "/a~1b=true",
            r#"{"event":"ari","list":[1,{"a":null}],"Resource":"{\"Id\":1}","a/b":true,"n":1.50}"#,
        ),
        (
            "/new={}",
            r#"{"event":"ari","list":[1,{"a":null}],"Resource":"{\"Id\":1}","a/b":2,"n":1.50,"new":{}}"#,
        ),
        ("=1", "1"),
    ] {
        let edit = Edit::parse(edit).unwrap();
        assert_eq!(String::from_utf8(edited(BODY.as_bytes(), &[edit]).unwrap()).unwrap(), expected);
    }
}

#[test]
fn what_cannot_be_set_is_said() {
    for (edit, expected) in [
        ("/event", EditError::NoValue),
        ("event=1", EditError::NotAPointer("event".to_owned())),
        ("/a~2=1", EditError::NotAPointer("/a~2".to_owned())),
        ("/a=text", EditError::NotJson("text".to_owned())),
    ] {
        assert_eq!(Edit::parse(edit), Err(expected));
    }
    for pointer in ["/no/such", "/list/7", "/list/x", "/event/x", "/n/x"] {
        let edit = Edit::parse(&format!("{pointer}=1")).unwrap();
        let expected = Err(EditError::NoSuchPlace(pointer.to_owned()));
        assert_eq!(edited(BODY.as_bytes(), &[edit]), expected);
    }
    let edit = Edit::parse("/a=1").unwrap();
    assert_eq!(edited(b"hello", &[edit]), Err(EditError::BodyNotJson));
}

#[test]
fn without_edits_a_body_stays_byte_for_byte() {
    assert_eq!(edited(BODY.as_bytes(), &[]).unwrap(), BODY.as_bytes());
    assert_eq!(edited(b"\xff", &[]).unwrap(), b"\xff");
}
