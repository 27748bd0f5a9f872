use super::fit;

#[test]
fn letters_have_to_be_there_in_their_order() {
    for (typed, name, fits) in [
        ("ma", "mark-all", true),
        ("MA", "mark-all", true),
        ("mark all", "mark-all", true),
        ("am", "mark-all", false),
        ("lll", "mark-all", false),
        ("é", "É", true),
        ("x", "", false),
        ("", "anything", true),
    ] {
        assert_eq!(fit(typed, name).is_some(), fits, "{typed} {name}");
    }
}

#[test]
fn beginnings_of_words_count_more_than_letters_side_by_side_and_those_more_than_others() {
    for (typed, better, worse) in [
        ("ma", "mark-all", "unmark"),
        ("cc", "copy-curl", "back-scc"),
        ("ab", "xab", "xaxb"),
        ("replay", "replay", "replay-sheet"),
        ("up", "up", "half-page-up"),
    ] {
        assert!(fit(typed, better) > fit(typed, worse), "{typed}: {better} before {worse}");
    }
}
