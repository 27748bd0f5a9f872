use super::*;

#[test]
fn every_role_has_a_look_and_only_one() {
    for (place, look) in LOOKS.iter().enumerate() {
        assert_eq!(look.role as usize, place, "{:?}", look.role);
    }
    for (place, role) in Role::all().enumerate() {
        assert_eq!(role as usize, place, "{role:?}");
        assert_eq!(Role::named(role.name()), Some(role));
    }
}

#[test]
fn without_colours_no_style_has_one() {
    let theme = Theme::new(Palette::Dark, Colors::None);
    for look in &LOOKS {
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
    let (dark, light) = (Color::Rgb(0x0d, 0x11, 0x17), Color::Rgb(0xff, 0xff, 0xff));
    for (palette, ground, least) in [
        (Palette::Dark, dark, 3.0),
        (Palette::Light, light, 3.0),
        (Palette::ContrastDark, dark, 7.0),
        (Palette::ContrastLight, light, 7.0),
    ] {
        let theme = Theme::new(palette, Colors::True);
        let cursor = theme.style(Role::Cursor).bg.unwrap();
        for look in &LOOKS {
            let style = theme.style(look.role);
            let Some(front) = style.fg else { continue };
            for ground in style.bg.map_or_else(|| vec![ground, cursor], |own| vec![own]) {
                let contrast = contrast(front, ground);
                assert!(contrast >= least, "{:?} on {palette:?}: {contrast:.1}", look.role);
            }
        }
    }
}

#[test]
fn verdicts_differ_in_more_than_colour() {
    use crate::domain::verdict::Standing;
    let standings = [Standing::Verified, Standing::Refuted, Standing::Stale, Standing::Unchecked];
    for glyphs in [Glyphs::UNICODE, Glyphs::ASCII] {
        for (at, standing) in standings.iter().enumerate() {
            let others = &standings[at + 1..];
            let glyph = glyphs.standing(*standing);
            assert!(others.iter().all(|other| glyphs.standing(*other) != glyph), "{glyph}");
        }
        let lights = [glyphs.well, glyphs.idle, glyphs.trouble];
        assert!(lights[0] != lights[1] && lights[1] != lights[2] && lights[0] != lights[2]);
        let rows = [glyphs.cursor, glyphs.marked, ""];
        assert!(rows[0] != rows[1] && rows[0] != rows[2] && rows[1] != rows[2]);
        assert_ne!(glyphs.folded, glyphs.open);
    }
}

#[test]
fn no_theme_blinks() {
    let palettes = [Palette::Dark, Palette::Light, Palette::ContrastDark, Palette::ContrastLight];
    for palette in palettes {
        for colors in [Colors::None, Colors::Basic, Colors::Indexed, Colors::True] {
            let theme = Theme::new(palette, colors);
            let blinking = Modifier::SLOW_BLINK | Modifier::RAPID_BLINK;
            for role in Role::all() {
                assert!(!theme.style(role).add_modifier.intersects(blinking), "{role:?}");
            }
        }
    }
}

#[test]
fn what_a_paint_says_is_changed_and_nothing_else() {
    let ink = |text| Some(Ink::parse(text).unwrap());
    let base = Theme::new(Palette::Dark, Colors::True);
    let paint = Paint { front: ink("red"), bold: Some(true), ..Paint::default() };
    let theme = base.painted(Role::Cursor, &paint);
    let style = theme.style(Role::Cursor);
    assert_eq!((style.fg, style.bg), (Some(Color::Red), base.style(Role::Cursor).bg));
    assert_eq!(style.add_modifier, Modifier::BOLD);
    for role in Role::all().filter(|role| *role != Role::Cursor) {
        assert_eq!(theme.style(role), base.style(role), "{role:?}");
    }
    // Of sixteen colours none stands for the background of the cursor, until the user names one.
    let basic = Theme::new(Palette::Dark, Colors::Basic);
    assert_eq!(basic.style(Role::Cursor).add_modifier, Modifier::REVERSED);
    let paint = Paint { back: ink("blue"), ..Paint::default() };
    let style = basic.painted(Role::Cursor, &paint).style(Role::Cursor);
    assert_eq!((style.bg, style.add_modifier), (Some(Color::Blue), NONE));
    let mono = Theme::new(Palette::Dark, Colors::None);
    assert_eq!(mono.painted(Role::Cursor, &paint), mono);
}
