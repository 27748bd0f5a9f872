use super::*;

#[test]
fn the_nearest_colour_of_a_colour_of_the_cube_is_itself() {
    for index in 16..=231 {
        let [red, green, blue] = rgb_of(index);
        let found = nearest(red, green, blue);
        assert_eq!(rgb_of(found), [red, green, blue], "{index}");
    }
}

#[test]
fn a_colour_is_read_in_each_of_its_forms_and_told_as_it_was_written() {
    for (text, all, indexed, basic) in [
        ("#f85149", Color::Rgb(0xf8, 0x51, 0x49), Color::Indexed(203), Some(Color::LightRed)),
        ("#5c5cf0", Color::Rgb(0x5c, 0x5c, 0xf0), Color::Indexed(63), Some(Color::LightBlue)),
        ("bright-red", Color::LightRed, Color::LightRed, Some(Color::LightRed)),
        ("white", Color::Gray, Color::Gray, Some(Color::Gray)),
        ("203", Color::Indexed(203), Color::Indexed(203), Some(Color::LightRed)),
        ("default", Color::Reset, Color::Reset, None),
    ] {
        let ink = Ink::parse(text).unwrap();
        assert_eq!(ink.on(Colors::True), Some(all), "{text}");
        assert_eq!(ink.on(Colors::Indexed), Some(indexed), "{text}");
        assert_eq!(ink.on(Colors::Basic), basic, "{text}");
        assert_eq!(ink.on(Colors::None), None, "{text}");
        assert_eq!(ink.to_string(), text);
    }
    assert_eq!(Ink::parse("9"), Ink::parse("bright-red"));
}

#[test]
fn what_is_no_colour_is_told_with_the_nearest_one() {
    for (text, told) in [
        ("brigth-red", "there is no colour brigth-red; did you mean bright-red?"),
        ("256", "there is no colour 256; a colour is #rrggbb"),
        ("#12345", "#12345 is no colour: # and six digits"),
        ("#+12345", "#+12345 is no colour"),
        ("", "there is no colour"),
    ] {
        let error = Ink::parse(text).unwrap_err();
        assert!(error.starts_with(told), "{error}");
    }
}
