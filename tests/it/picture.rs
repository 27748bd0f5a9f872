//! Pictures of the screen for the README, as SVG: every run of cells in one style is one text,
//! stretched to its columns so that the grid holds in any font.

use std::fmt::Write as _;
use std::path::Path;

use hookscope::ui::text;
use hookscope::ui::theme::Theme;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::scene::Scene;

const CELL_WIDTH: usize = 9;
const CELL_HEIGHT: usize = 20;
const BORDER: usize = 16;
const FRONT: &str = "#e6edf3";
const BACK: &str = "#0d1117";
const FONT: &str = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/// The screen as an SVG document.
pub(crate) fn svg(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width) * CELL_WIDTH + 2 * BORDER;
    let height = usize::from(buffer.area.height) * CELL_HEIGHT + 2 * BORDER;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"{FONT}\" font-size=\"15\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{BACK}\"/>\n"
    );
    for y in 0..buffer.area.height {
        let row = (0..buffer.area.width).map(|x| &buffer[(x, y)]).collect::<Vec<_>>();
        let mut column = 0;
        for run in row.chunk_by(|one, other| one.style() == other.style()) {
            push_run(&mut svg, run, column, usize::from(y));
            column += run.len();
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn push_run(svg: &mut String, run: &[&Cell], column: usize, row: usize) {
    let style = run[0].style();
    let (mut front, mut back) = (color(style.fg), color(style.bg));
    if style.add_modifier.contains(Modifier::REVERSED) {
        let (under, over) =
            (back.unwrap_or_else(|| BACK.to_owned()), front.unwrap_or_else(|| FRONT.to_owned()));
        (front, back) = (Some(under), Some(over));
    }
    let (x, y) = (BORDER + column * CELL_WIDTH, BORDER + row * CELL_HEIGHT);
    let width = run.len() * CELL_WIDTH;
    if let Some(back) = back {
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{CELL_HEIGHT}\" fill=\"{back}\"/>"
        );
    }
    let mut shown = String::new();
    let mut covered = 0;
    for cell in run {
        if covered == 0 {
            shown.push_str(cell.symbol());
            covered = text::width(cell.symbol());
        }
        covered = covered.saturating_sub(1);
    }
    let before = text::width(&shown) - text::width(shown.trim_start());
    let shown = shown.trim();
    if shown.is_empty() {
        return;
    }
    let is_bold = style.add_modifier.contains(Modifier::BOLD);
    let weight = if is_bold { " font-weight=\"bold\"" } else { "" };
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" \
         xml:space=\"preserve\" fill=\"{}\"{weight}>{}</text>",
        x + before * CELL_WIDTH,
        y + CELL_HEIGHT - 5,
        text::width(shown) * CELL_WIDTH,
        front.unwrap_or_else(|| FRONT.to_owned()),
        escaped(shown),
    );
}

fn color(color: Option<Color>) -> Option<String> {
    match color? {
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        _ => None,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The file, compared with the picture; with `UPDATE=1` in the environment it is written anew.
fn check(name: &str, picture: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screenshots").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, picture).expect("the folder of the pictures");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == picture,
        "{name} is not what the screen looks like; UPDATE=1 cargo test rewrites it"
    );
}

#[test]
fn the_pictures_are_what_the_screens_look_like() {
    type OfSize = fn((u16, u16)) -> Scene;
    let pictures: [(&str, OfSize, &str); 5] = [
        ("stream.svg", Scene::busy, "j enter 3 j j j j"),
        ("auth.svg", Scene::busy, "j enter 4"),
        ("replay.svg", Scene::busy, "j R"),
        ("subscriptions.svg", Scene::with_accounts, "G S"),
        ("palette.svg", Scene::busy, "j ctrl-p r e p"),
    ];
    for (name, of_size, keys) in pictures {
        let mut scene = of_size((120, 32));
        scene.press(keys);
        check(name, &svg(&scene.draw(&Theme::default())));
    }
}

#[test]
fn nothing_in_a_picture_can_leave_its_text() {
    assert_eq!(escaped("<a href=\"x\">&"), "&lt;a href=\"x\"&gt;&amp;");
}
