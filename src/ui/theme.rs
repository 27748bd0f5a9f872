//! Roles to styles: what a part of the screen means decides how it looks, never the other way
//! round. Meaning never rests on colour alone, so the theme without colours says the same.
//!
//! Nothing here looks at the environment: palette, depth of colour and glyphs come in as values.

use ratatui::style::{Color, Modifier, Style};

use super::glyphs::Glyphs;
use crate::domain::verdict::Standing;

/// What a part of the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// What is read first.
    Plain,
    /// What is secondary: rules, units, names of fields.
    Dim,
    /// Headings and what is marked by weight.
    Strong,
    /// The one colour that leads the eye: the focus, keys in hints.
    Accent,
    /// The row under the cursor, in the pane that has the keys.
    Cursor,
    /// The row under the cursor, in the other pane.
    CursorAside,
    /// What was searched for.
    Match,
    /// A proof that holds; a listener that is well.
    Verified,
    /// A proof that does not hold; a failure.
    Refuted,
    /// A proof that holds at another time; a warning.
    Stale,
    /// What was not checked.
    Unchecked,
    /// A key in JSON, the name of a pair.
    Key,
    /// A string in JSON.
    Text,
    /// A number in JSON.
    Number,
    /// `true`, `false`, `null`.
    Literal,
    /// Something is not well: the whole title.
    Alarm,
}

/// How a role looks: on dark, on light, and what stands for its colour where there is none.
struct Look {
    role: Role,
    dark: Paint,
    light: Paint,
    modifier: Modifier,
    /// Beside the modifier, where there are no colours.
    mono: Modifier,
}

/// Foreground and background, each as true colour and as one of the terminal's sixteen; `Reset`
/// where none of those will do, so that the mono modifier stands in for it.
#[derive(Clone, Copy)]
struct Paint {
    front: Option<Ink>,
    back: Option<Ink>,
}

#[derive(Clone, Copy)]
struct Ink(u32, Color);

const NONE: Modifier = Modifier::empty();
const BARE: Paint = Paint { front: None, back: None };

const fn ink(rgb: u32, basic: Color) -> Paint {
    Paint { front: Some(Ink(rgb, basic)), back: None }
}

const fn back(rgb: u32, basic: Color) -> Paint {
    Paint { front: None, back: Some(Ink(rgb, basic)) }
}

const fn both(front: Ink, back: Ink) -> Paint {
    Paint { front: Some(front), back: Some(back) }
}

const fn look(role: Role, dark: Paint, light: Paint, modifier: Modifier, mono: Modifier) -> Look {
    Look { role, dark, light, modifier, mono }
}

/// Every role. The sixteen colours are the user's own, so few of them are used, and none of those
/// that some palettes cannot tell from the background.
#[rustfmt::skip]
const LOOKS: &[Look] = &[
    look(Role::Plain,       BARE,                                BARE,                               NONE,           NONE),
    look(Role::Dim,         ink(0x7d_8590, Color::DarkGray),     ink(0x6a_737d, Color::DarkGray),    NONE,           Modifier::DIM),
    look(Role::Strong,      BARE,                                BARE,                               Modifier::BOLD, NONE),
    look(Role::Accent,      ink(0x58_a6ff, Color::Blue),         ink(0x09_69da, Color::Blue),        NONE,           Modifier::BOLD),
    look(Role::Cursor,      back(0x26_3750, Color::Reset),       back(0xdd_ebff, Color::Reset),       NONE,           Modifier::REVERSED),
    look(Role::CursorAside, back(0x21_262d, Color::Reset),       back(0xee_f1f4, Color::Reset),       NONE,           NONE),
    look(Role::Match,       both(Ink(0x0d_1117, Color::Black), Ink(0xe3_b341, Color::Yellow)), both(Ink(0x0d_1117, Color::Black), Ink(0xff_df5d, Color::Yellow)), NONE, Modifier::BOLD.union(Modifier::UNDERLINED)),
    look(Role::Verified,    ink(0x3f_b950, Color::Green),        ink(0x1a_7f37, Color::Green),       NONE,           NONE),
    look(Role::Refuted,     ink(0xf8_5149, Color::Red),          ink(0xcf_222e, Color::Red),         NONE,           Modifier::BOLD),
    look(Role::Stale,       ink(0xd2_9922, Color::Yellow),       ink(0x9a_6700, Color::Yellow),      NONE,           NONE),
    look(Role::Unchecked,   ink(0x7d_8590, Color::DarkGray),     ink(0x6a_737d, Color::DarkGray),    NONE,           Modifier::DIM),
    look(Role::Key,         ink(0x79_c0ff, Color::Blue),         ink(0x05_50ae, Color::Blue),        NONE,           NONE),
    look(Role::Text,        ink(0xa5_d6a7, Color::Green),        ink(0x11_6329, Color::Green),       NONE,           NONE),
    look(Role::Number,      ink(0xf0_c674, Color::Yellow),       ink(0x95_3800, Color::Magenta),     NONE,           NONE),
    look(Role::Literal,     ink(0xd2_a8ff, Color::Magenta),      ink(0x82_50df, Color::Magenta),     NONE,           NONE),
    look(Role::Alarm,       both(Ink(0xff_ffff, Color::White), Ink(0xb6_2324, Color::Red)), both(Ink(0xff_ffff, Color::White), Ink(0xcf_222e, Color::Red)), Modifier::BOLD, Modifier::REVERSED),
];

/// Which background the colours are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    /// A dark one.
    #[default]
    Dark,
    /// A light one.
    Light,
}

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colors {
    /// None: by `NO_COLOR`, or because it cannot.
    None,
    /// The sixteen of the user's own palette.
    Basic,
    /// The 256 of xterm.
    Indexed,
    /// All.
    #[default]
    True,
}

/// How everything looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// In the order of the roles.
    styles: [Style; LOOKS.len()],
    /// The characters.
    pub glyphs: Glyphs,
}

impl Default for Theme {
    fn default() -> Self {
        Self::new(Palette::default(), Colors::default())
    }
}

impl Theme {
    /// The theme for such a terminal, with the glyphs of Unicode.
    #[must_use]
    pub fn new(palette: Palette, colors: Colors) -> Self {
        let mut styles = [Style::new(); LOOKS.len()];
        for look in LOOKS {
            styles[look.role as usize] = look.style(palette, colors);
        }
        Self { styles, glyphs: Glyphs::UNICODE }
    }

    /// The same theme with other characters.
    #[must_use]
    pub fn with_glyphs(self, glyphs: Glyphs) -> Self {
        Self { glyphs, ..self }
    }

    /// How a role looks.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// How a verdict looks.
    #[must_use]
    pub fn standing(&self, standing: Standing) -> Style {
        self.style(match standing {
            Standing::Verified => Role::Verified,
            Standing::Refuted => Role::Refuted,
            Standing::Stale => Role::Stale,
            Standing::Unchecked => Role::Unchecked,
        })
    }
}

impl Look {
    fn style(&self, palette: Palette, colors: Colors) -> Style {
        let paint = match palette {
            Palette::Dark => self.dark,
            Palette::Light => self.light,
        };
        let front = paint.front.and_then(|ink| ink.color(colors));
        let back = paint.back.and_then(|ink| ink.color(colors));
        let lost = colors == Colors::None || (paint.back.is_some() && back.is_none());
        let modifier = if lost { self.modifier | self.mono } else { self.modifier };
        Style { fg: front, bg: back, ..Style::new().add_modifier(modifier) }
    }
}

impl Ink {
    fn color(self, colors: Colors) -> Option<Color> {
        let Self(rgb, basic) = self;
        let [_, red, green, blue] = rgb.to_be_bytes();
        match colors {
            Colors::None => None,
            Colors::Basic => Some(basic).filter(|color| *color != Color::Reset),
            Colors::Indexed => Some(Color::Indexed(nearest(red, green, blue))),
            Colors::True => Some(Color::Rgb(red, green, blue)),
        }
    }
}

/// The nearest of the 216 colours and 24 grays that every terminal with 256 colours agrees on.
fn nearest(red: u8, green: u8, blue: u8) -> u8 {
    let distance = |index: &u8| {
        let [r, g, b] = indexed(*index);
        [(r, red), (g, green), (b, blue)]
            .iter()
            .map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2))
            .sum::<u32>()
    };
    (16..=255).min_by_key(distance).unwrap_or(16)
}

fn indexed(index: u8) -> [u8; 3] {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    if index >= 232 {
        return [8 + 10 * (index - 232); 3];
    }
    let cube = usize::from(index - 16);
    [STEPS[cube / 36], STEPS[cube / 6 % 6], STEPS[cube % 6]]
}

#[cfg(test)]
mod tests;
