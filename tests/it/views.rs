//! A view at every size, and how it is coloured in dark, light and mono.

use std::fmt::Write as _;

use hookscope::ui::theme::{Colors, Palette, Theme};
use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::scene::Scene;
use crate::screens::{style_text, text_of};

/// From too small for most to more than most have.
pub(crate) const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];

/// The styles of a cell in each theme.
type Styles = [Style; 3];

/// Draws a scene at every size in each theme. What is said is the same in every theme, and kept by size;
/// of how it is styled, which cells are styled alike: rows of runs, and what each letter means.
pub(crate) fn check(name: &str, scene: impl Fn((u16, u16)) -> Scene) {
    let themes = [
        Theme::new(Palette::Dark, Colors::True),
        Theme::new(Palette::Light, Colors::True),
        Theme::new(Palette::Dark, Colors::None),
    ];
    let (mut text, mut known) = (String::new(), Vec::new());
    for size in SIZES {
        let scene = scene(size);
        let buffers = themes.each_ref().map(|theme| scene.draw(theme));
        let said = text_of(&buffers[0]);
        for other in &buffers[1..] {
            assert_eq!(text_of(other), said, "{name} {size:?}");
        }
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), said);
        let _ = writeln!(text, "{}x{}", size.0, size.1);
        push_rows(&mut text, &buffers, &mut known);
    }
    for (styles, letter) in known.iter().zip(letters()) {
        let [dark, light, mono] = styles.map(style_text);
        let _ = writeln!(text, "{letter}: {dark}; {light}; {mono}");
    }
    insta::assert_snapshot!(format!("{name}_styles"), text);
}

fn push_rows(text: &mut String, buffers: &[Buffer; 3], known: &mut Vec<Styles>) {
    let area = buffers[0].area;
    let mut rows = (0..area.height)
        .map(|y| row((0..area.width).map(|x| buffers.each_ref().map(|b| b[(x, y)].style())), known))
        .peekable();
    let mut y = 0;
    while let Some(row) = rows.next() {
        let first = y;
        while rows.next_if_eq(&row).is_some() {
            y += 1;
        }
        let rows = if first == y { y.to_string() } else { format!("{first}-{y}") };
        let _ = writeln!(text, "{rows} {row}");
        y += 1;
    }
}

/// The runs of a row: how many cells, and how they are styled.
fn row(cells: impl Iterator<Item = Styles>, known: &mut Vec<Styles>) -> String {
    let places = cells.map(|styles| {
        known.iter().position(|other| *other == styles).unwrap_or_else(|| {
            known.push(styles);
            known.len() - 1
        })
    });
    let places = places.collect::<Vec<_>>();
    let runs = places.chunk_by(|one, next| one == next).map(|run| {
        let letter = letters().nth(run[0]).expect("few styles");
        format!("{}{letter}", run.len())
    });
    runs.collect::<Vec<_>>().join(" ")
}

fn letters() -> impl Iterator<Item = char> {
    ('a'..='z').chain('A'..='Z')
}
