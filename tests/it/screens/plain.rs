//! Plain lines, and that no theme changes what is said.

use hookscope::ui::theme::{Colors, Palette, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::{opened, text_of};
use crate::scene::Scene;
use crate::views::check;

fn plain(size: (u16, u16), keys: &str) -> Scene {
    let mut scene = Scene::companies(size);
    scene.app.arrangement.plain = true;
    scene.press("j");
    if !keys.is_empty() {
        scene.press(keys);
    }
    scene
}

#[test]
fn in_plain_lines_each_begins_with_what_it_is() {
    check("plain_stream", |size| plain(size, "space"));
    check("plain_body", |size| plain(size, "enter 3 j j"));
    check("plain_auth", |size| plain(size, "enter 4"));
    check("plain_help", |size| plain(size, "?"));
    check("plain_sheet", |size| plain(size, "R"));
}

#[test]
fn plain_lines_hold_no_line_drawing_and_one_sign_for_the_selected_row() {
    for size in [(80, 24), (120, 40), (200, 60)] {
        for keys in
            ["", "enter 1", "enter 2", "enter 3", "enter 4", "6", "?", "R", "E", ":", "y", "S"]
        {
            let screen = text_of(&plain(size, keys).draw(&Theme::default()));
            let drawn = screen.chars().find(|c| matches!(c, '\u{2500}'..='\u{25ff}'));
            assert_eq!(drawn, None, "{keys}: {screen}");
        }
        for keys in ["", "enter 2", "enter 3 j"] {
            let screen = text_of(&plain(size, keys).draw(&Theme::default()));
            let signs = screen.lines().filter(|line| line.starts_with('>')).count();
            assert_eq!(signs, 1, "{keys}: {screen}");
        }
    }
}

#[test]
fn in_plain_lines_the_cursor_of_the_terminal_is_at_the_selected_row() {
    let scene = plain((80, 24), "");
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| hookscope::ui::draw(frame, &scene.app, &Theme::default())).unwrap();
    let place = terminal.get_cursor_position().unwrap();
    let row = usize::from(place.y);
    let text = text_of(&scene.draw(&Theme::default()));
    assert_eq!(place.x, 0);
    assert!(text.lines().nth(row).unwrap().starts_with("> selected delivery 1187"), "{text}");
}

#[test]
fn every_theme_says_the_same_and_looks_different() {
    let themes = [
        Theme::new(Palette::Dark, Colors::True),
        Theme::new(Palette::Light, Colors::True),
        Theme::new(Palette::Dark, Colors::None),
        Theme::new(Palette::ContrastDark, Colors::True),
        Theme::new(Palette::ContrastLight, Colors::Basic),
    ];
    let scenes: [fn((u16, u16)) -> Scene; 9] = [
        Scene::empty,
        Scene::busy,
        |size| opened(size, "1"),
        |size| opened(size, "3"),
        |size| opened(size, "4"),
        |size| opened(size, "6"),
        |size| opened(size, "?"),
        |size| opened(size, "R"),
        |size| plain(size, ""),
    ];
    for size in [(80, 24), (120, 40), (200, 60)] {
        for scene in scenes {
            let drawn = themes.map(|theme| scene(size).draw(&theme));
            for (at, one) in drawn.iter().enumerate() {
                for other in &drawn[at + 1..] {
                    assert_eq!(text_of(one), text_of(other));
                    assert_ne!(one, other, "{}", text_of(one));
                }
            }
        }
    }
}
