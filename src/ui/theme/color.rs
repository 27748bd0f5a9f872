//! Colours, and what a terminal that shows fewer of them makes of one.

use ratatui::style::Color;

use crate::domain::nearest::suggestion;

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

/// A colour as it was asked for, and what stands for it where there are only sixteen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    color: Color,
    /// `Reset` where none of the sixteen will do.
    basic: Color,
}

/// The sixteen that every terminal has, with how xterm shows them. What they look like is the
/// user's to decide.
const BASIC: [(&str, Color, [u8; 3]); 16] = [
    ("black", Color::Black, [0, 0, 0]),
    ("red", Color::Red, [205, 0, 0]),
    ("green", Color::Green, [0, 205, 0]),
    ("yellow", Color::Yellow, [205, 205, 0]),
    ("blue", Color::Blue, [0, 0, 238]),
    ("magenta", Color::Magenta, [205, 0, 205]),
    ("cyan", Color::Cyan, [0, 205, 205]),
    ("white", Color::Gray, [229, 229, 229]),
    ("bright-black", Color::DarkGray, [127, 127, 127]),
    ("bright-red", Color::LightRed, [255, 0, 0]),
    ("bright-green", Color::LightGreen, [0, 255, 0]),
    ("bright-yellow", Color::LightYellow, [255, 255, 0]),
    ("bright-blue", Color::LightBlue, [92, 92, 255]),
    ("bright-magenta", Color::LightMagenta, [255, 0, 255]),
    ("bright-cyan", Color::LightCyan, [0, 255, 255]),
    ("bright-white", Color::White, [255, 255, 255]),
];

/// The terminal's own colour.
const DEFAULT: &str = "default";

impl Ink {
    /// A true colour, and which of the sixteen stands for it.
    pub(super) const fn new(rgb: u32, basic: Color) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self { color: Color::Rgb(red, green, blue), basic }
    }

    /// A true colour.
    #[must_use]
    pub fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self { color: Color::Rgb(red, green, blue), basic: nearest_basic([red, green, blue]) }
    }

    /// One of the 256 of xterm; the first sixteen are the user's own.
    #[must_use]
    pub fn indexed(index: u8) -> Self {
        match BASIC.get(usize::from(index)) {
            Some((_, color, _)) => Self { color: *color, basic: *color },
            None => Self { color: Color::Indexed(index), basic: nearest_basic(rgb_of(index)) },
        }
    }

    /// The colour that is written so: `#rrggbb`, the name of one of the sixteen, a number from 0 to
    /// 255, or `default` for the terminal's own.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text == DEFAULT {
            return Ok(Self { color: Color::Reset, basic: Color::Reset });
        }
        if let Some((_, color, _)) = BASIC.iter().find(|(name, ..)| *name == text) {
            return Ok(Self { color: *color, basic: *color });
        }
        if let Some(digits) = text.strip_prefix('#') {
            let is_whole =
                digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_whole);
            let [_, red, green, blue] = number
                .ok_or_else(|| format!("{text} is no colour: # and six digits, as in #58a6ff"))?
                .to_be_bytes();
            return Ok(Self::rgb(red, green, blue));
        }
        if let Ok(index) = text.parse() {
            return Ok(Self::indexed(index));
        }
        let near = suggestion(text, names());
        Err(format!(
            "there is no colour {text}{near}; a colour is #rrggbb, a number from 0 to 255, default, \
             or one of {}",
            names().collect::<Vec<_>>().join(", ")
        ))
    }

    /// The colour on a terminal that shows so many; none where it has none for it.
    pub(super) fn on(self, colors: Colors) -> Option<Color> {
        match (colors, self.color) {
            (Colors::None, _) => None,
            (Colors::Basic, _) => Some(self.basic).filter(|color| *color != Color::Reset),
            (Colors::Indexed, Color::Rgb(red, green, blue)) => {
                Some(Color::Indexed(nearest(red, green, blue)))
            }
            (Colors::Indexed | Colors::True, color) => Some(color),
        }
    }
}

/// As it is written in a theme.
impl std::fmt::Display for Ink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named = BASIC.iter().find(|(_, color, _)| *color == self.color);
        match (self.color, named) {
            (_, Some((name, ..))) => f.write_str(name),
            (Color::Rgb(red, green, blue), _) => write!(f, "#{red:02x}{green:02x}{blue:02x}"),
            (Color::Indexed(index), _) => write!(f, "{index}"),
            _ => f.write_str(DEFAULT),
        }
    }
}

/// The names of the sixteen.
fn names() -> impl Iterator<Item = &'static str> {
    BASIC.iter().map(|(name, ..)| *name)
}

/// The nearest of the 216 colours and 24 grays that every terminal with 256 colours agrees on.
fn nearest(red: u8, green: u8, blue: u8) -> u8 {
    (16..=255).min_by_key(|index| distance(rgb_of(*index), [red, green, blue])).unwrap_or(16)
}

/// The nearest of the sixteen, as xterm shows them.
fn nearest_basic(rgb: [u8; 3]) -> Color {
    let near = BASIC.iter().min_by_key(|(_, _, shown)| distance(*shown, rgb));
    near.map_or(Color::Reset, |(_, color, _)| *color)
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

/// How every terminal shows one of the 240 that are not the user's own.
fn rgb_of(index: u8) -> [u8; 3] {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    if index >= 232 {
        return [8 + 10 * (index - 232); 3];
    }
    let cube = usize::from(index - 16);
    [STEPS[cube / 36], STEPS[cube / 6 % 6], STEPS[cube % 6]]
}

#[cfg(test)]
mod tests;
