use super::super::tests::view;
use super::Needle;

#[test]
fn letter_case_matters_only_when_asked_for() {
    let is_in = |needle: &str, text: &str| Needle::new(needle).unwrap().is_in(text.as_bytes());
    assert!(is_in("abc", "xABCx") && is_in("aBc", "aBc") && is_in("é", "café"));
    assert!(!is_in("aBc", "abc") && !is_in("abcd", "abc") && !is_in("É", "é"));
    assert!(Needle::new("").is_none());
}

#[test]
fn both_the_text_as_sent_and_what_it_stands_for_are_found() {
    let mut view = view("application/json", r#"["caf\u00e9", {"na\u00efve": 1}]"#);
    for needle in ["café", "u00e9"] {
        assert!(view.search(needle), "{needle}");
        assert_eq!(view.cursor(), 1, "{needle}");
    }
    assert!(view.search("naïve"));
    assert_eq!(view.cursor(), 3);
}

#[test]
fn a_match_in_a_long_line_may_go_over_the_end_of_a_row() {
    let body = format!("{}needle{}", "x".repeat(1021), "y".repeat(500));
    let mut view = view("text/plain", body);
    assert!(view.search("needle"));
    assert_eq!(view.cursor(), 0);
}
