use super::{Entry, Palette};
use crate::app::context::Context;
use crate::app::offers::offers;

fn palette(typed: &str) -> Palette {
    let entries = offers(Context::Stream).into_iter();
    let mut palette =
        Palette::new(entries.map(|offer| Entry { offer, keys: String::new() }).collect());
    palette.editor.paste(typed);
    palette
}

#[test]
fn what_is_typed_finds_names_first_and_then_what_is_said() {
    for (typed, expected) in
        [("mall", "mark-all"), ("goto", "goto"), ("cc", "copy-curl"), ("take every", "unmark")]
    {
        let found = palette(typed);
        assert_eq!(found.chosen().map(|offer| offer.name), Some(expected), "{typed}");
    }
    assert_eq!(palette("qqqq").chosen(), None);
    assert_eq!(palette("").shown().len(), offers(Context::Stream).len());
}

#[test]
fn the_cursor_stays_within_what_is_shown() {
    let mut palette = palette("copy");
    palette.move_by(isize::MAX);
    assert_eq!(palette.cursor(), palette.shown().len() - 1);
    palette.move_by(-1);
    assert_eq!(palette.cursor(), palette.shown().len() - 2);
    palette.move_by(isize::MIN);
    assert_eq!(palette.cursor(), 0);
}
