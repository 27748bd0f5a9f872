use super::{Needle, Step, nearest};

#[test]
fn letter_case_matters_only_when_the_needle_has_an_upper_case_letter() {
    for (needle, text, expected) in [
        ("trip", "TripRequest", true),
        ("Trip", "TripRequest", true),
        ("Trip", "triprequest", false),
        ("é", "AvionTÉ", true),
        ("", "anything", false),
    ] {
        assert_eq!(Needle::new(needle).is_in(text), expected, "{needle} in {text}");
    }
}

#[test]
fn the_nearest_place_is_found_around_the_ends() {
    let holds = |place: usize| place == 1 || place == 4;
    for (from, step, expected) in [
        (1, Step::Here, 1),
        (2, Step::Here, 4),
        (1, Step::Next, 4),
        (4, Step::Next, 1),
        (4, Step::Previous, 1),
        (1, Step::Previous, 4),
        (0, Step::Previous, 4),
    ] {
        assert_eq!(nearest(from, 6, step, holds), Some(expected), "{step:?} from {from}");
    }
    assert_eq!(nearest(1, 6, Step::Next, |place| place == 1), Some(1), "itself, once around");
    assert_eq!(nearest(0, 6, Step::Next, |_| false), None);
    assert_eq!(nearest(0, 0, Step::Here, |_| true), None);
}
