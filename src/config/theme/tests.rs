use super::*;
use crate::config::file::File;

fn choice(text: &str) -> Result<Choice, String> {
    let file = File::parse(&format!("[dashboard]\ntheme = {text}\n"));
    file.map(|file| file.dashboard.theme).map_err(|mistake| mistake.to_string())
}

#[test]
fn a_theme_is_a_built_in_one_or_a_file() {
    for (text, expected) in [
        ("'auto'", Choice::BuiltIn(None)),
        ("'dark'", Choice::BuiltIn(Some(Base::Dark))),
        ("'contrast'", Choice::BuiltIn(Some(Base::Contrast))),
        ("'themes/mine.toml'", Choice::File("themes/mine.toml".into())),
    ] {
        assert_eq!(choice(text), Ok(expected), "{text}");
    }
    assert_eq!(File::default().dashboard.theme, Choice::default());
    for (text, told) in [
        (
            "'drak'",
            "2:9: there is no theme drak; did you mean dark?; a theme is one of auto, dark, light, \
             mono, contrast, or a file of your own that ends in .toml",
        ),
        ("3", "2:9: invalid type"),
    ] {
        let error = choice(text).unwrap_err();
        assert!(error.starts_with(told), "{error}");
    }
}

#[test]
fn a_file_changes_what_it_names_and_nothing_else() {
    let text = "base = 'light'\naccent = '#ff8800'\nkey = 99\n\
                cursor = { back = 'bright-yellow', bold = true }\n";
    let draft = Draft::parse(text).unwrap();
    let ink = |text| Some(Ink::parse(text).unwrap());
    let cursor = Paint { back: ink("bright-yellow"), bold: Some(true), ..Paint::default() };
    let front = |text| Paint { front: ink(text), ..Paint::default() };
    let paints =
        [(Role::Accent, front("#ff8800")), (Role::Cursor, cursor), (Role::Key, front("99"))];
    assert_eq!(draft.paints, paints);
    let base = Theme::new(Palette::Light, Colors::True);
    let theme = draft.theme(Palette::Dark, Colors::True);
    for role in Role::all() {
        let is_named = paints.iter().any(|(named, _)| *named == role);
        assert_eq!(theme.style(role) != base.style(role), is_named, "{role:?}");
    }
}

#[test]
fn without_colours_a_theme_of_the_user_has_none() {
    let draft = Draft::parse("accent = '#ff8800'\ncursor = { back = 'red' }").unwrap();
    assert_eq!(draft.theme(Palette::Dark, Colors::None), Theme::new(Palette::Dark, Colors::None));
}

#[test]
fn what_is_built_in_follows_the_background_where_it_can() {
    for (base, depends, on_light) in [
        (None, true, Theme::new(Palette::Light, Colors::Basic)),
        (Some(Base::Contrast), true, Theme::new(Palette::ContrastLight, Colors::Basic)),
        (Some(Base::Dark), false, Theme::new(Palette::Dark, Colors::Basic)),
        (Some(Base::Light), false, Theme::new(Palette::Light, Colors::Basic)),
        (Some(Base::Mono), false, Theme::new(Palette::Light, Colors::None)),
    ] {
        let draft = Draft { base, paints: Vec::new() };
        assert_eq!(draft.depends_on_background(), depends, "{base:?}");
        assert_eq!(draft.theme(Palette::Light, Colors::Basic), on_light, "{base:?}");
    }
}

#[test]
fn a_mistake_in_a_theme_is_told_with_its_place() {
    for (text, told) in [
        ("\nacent = 'red'", "2:1: there is no role acent; did you mean accent?"),
        ("accent = 'brightred'", "1:10: there is no colour brightred; did you mean bright-red?"),
        ("accent = 256", "1:10: there is no colour 256"),
        ("accent = -1", "1:10: there is no colour -1"),
        ("accent = true", "1:10: invalid type: boolean `true`, expected a colour, or a table"),
        ("cursor = { bakc = 'red' }", "1:12: unknown key `bakc`; did you mean `back`?"),
        ("cursor = { back = '#12' }", "1:19: #12 is no colour"),
        ("base = 'ligth'", "1:8: there is no theme ligth; did you mean light?"),
    ] {
        let error = Draft::parse(text).unwrap_err().to_string();
        assert!(error.starts_with(told), "{text}: {error}");
    }
}
