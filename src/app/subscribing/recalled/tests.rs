use super::Recalled;
use crate::app::key::Key;

#[test]
fn lines_of_before_are_gone_through_and_what_was_typed_comes_back() {
    let mut recalled = Recalled::new(["a", "b", "c"].map(str::to_owned).to_vec());
    recalled.editor.input(Key::parse("x").unwrap());
    for (rows, moved, text, place) in [
        (-1, false, "ax", 1),
        (1, true, "b", 2),
        (1, true, "c", 3),
        (1, false, "c", 3),
        (-1, true, "b", 2),
        (-1, true, "ax", 1),
    ] {
        assert_eq!(recalled.move_by(rows), moved, "{text}");
        assert_eq!((recalled.editor.text(), recalled.place()), (text, Some((place, 3))));
    }
}

#[test]
fn a_single_line_has_nothing_to_go_through() {
    for lines in [vec![], vec!["a".to_owned()]] {
        let mut recalled = Recalled::new(lines);
        assert_eq!(recalled.place(), None);
        assert!(!recalled.move_by(1) && !recalled.move_by(-1));
    }
}
