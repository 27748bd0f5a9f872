use super::*;

#[test]
fn every_role_has_a_look_and_only_one() {
    for (place, look) in LOOKS.iter().enumerate() {
        assert_eq!(look.role as usize, place, "{:?}", look.role);
    }
    // The last role of the enum: a new one behind it has to be listed too.
    assert_eq!(LOOKS.len(), Role::Alarm as usize + 1);
}

#[test]
fn without_colours_no_style_has_one() {
    let theme = Theme::new(Palette::Dark, Colors::None);
    for look in LOOKS {
        let style = theme.style(look.role);
        assert_eq!((style.fg, style.bg), (None, None), "{:?}", look.role);
    }
    assert!(theme.style(Role::Cursor).add_modifier.contains(Modifier::REVERSED));
}

#[test]
fn each_depth_gives_colours_that_its_terminal_knows() {
    let red = |colors| Theme::new(Palette::Dark, colors).style(Role::Refuted).fg.unwrap();
    assert_eq!(red(Colors::Basic), Color::Red);
    assert_eq!(red(Colors::Indexed), Color::Indexed(203));
    assert_eq!(red(Colors::True), Color::Rgb(0xf8, 0x51, 0x49));
}

#[test]
fn the_nearest_colour_of_a_colour_of_the_cube_is_itself() {
    for index in 16..=231 {
        let [red, green, blue] = indexed(index);
        let found = nearest(red, green, blue);
        assert_eq!(indexed(found), [red, green, blue], "{index}");
    }
}

/// How well a text can be read, by WCAG 2.
fn contrast(a: Color, b: Color) -> f64 {
    let luminance = |color: Color| {
        let Color::Rgb(red, green, blue) = color else { panic!("{color} is not a true colour") };
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_colour_can_be_read_on_its_background_and_under_the_cursor() {
    for (palette, ground) in [
        (Palette::Dark, Color::Rgb(0x0d, 0x11, 0x17)),
        (Palette::Light, Color::Rgb(0xff, 0xff, 0xff)),
    ] {
        let theme = Theme::new(palette, Colors::True);
        let cursor = theme.style(Role::Cursor).bg.unwrap();
        for look in LOOKS {
            let style = theme.style(look.role);
            let Some(front) = style.fg else { continue };
            for ground in style.bg.map_or_else(|| vec![ground, cursor], |own| vec![own]) {
                let contrast = contrast(front, ground);
                assert!(contrast >= 3.0, "{:?} on {palette:?}: {contrast:.1}", look.role);
            }
        }
    }
}
