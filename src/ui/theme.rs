//! Roles to styles: what a part of the screen means decides how it looks, never the other way
//! round. Meaning never rests on colour alone, so the theme without colours says the same.
//!
//! Nothing here looks at the environment: palette, depth of colour and glyphs come in as values.
//!
//! Reading order: [`role`], [`color`], [`paint`], then here.

pub mod role;
pub mod color;
pub mod paint;

use ratatui::style::{Color, Modifier, Style};

use super::glyphs::Glyphs;
use crate::app::toast::Severity;
use crate::domain::verdict::Standing;
pub use color::Colors;
use color::Ink;
use paint::Paint;
pub use role::Role;

/// How a role looks in each palette, and what stands for its colour where there is none.
struct Look {
    role: Role,
    /// In the order of the palettes.
    colors: [Pair; 4],
    modifier: Modifier,
    /// Beside the modifier, where there are no colours.
    mono: Modifier,
}

/// Foreground and background; none is the terminal's own.
type Pair = (Option<Ink>, Option<Ink>);

const NONE: Modifier = Modifier::empty();
const BARE: Pair = (None, None);

const fn ink(rgb: u32, basic: Color) -> Pair {
    (Some(Ink::new(rgb, basic)), None)
}

const fn back(rgb: u32, basic: Color) -> Pair {
    (None, Some(Ink::new(rgb, basic)))
}

const fn both(front: Pair, back: Pair) -> Pair {
    (front.0, back.1)
}

const fn look(role: Role, colors: [Pair; 4], modifier: Modifier, mono: Modifier) -> Look {
    Look { role, colors, modifier, mono }
}

/// Every role: on dark, on light, and both again with high contrast. The sixteen colours are the
/// user's own, so few of them are used, and none of those that some palettes cannot tell from the
/// background; where `Reset` stands for a background, the mono modifier stands in for it.
#[rustfmt::skip]
const LOOKS: [Look; Role::Alarm as usize + 1] = [
    look(Role::Plain, [BARE; 4], NONE, NONE),
    look(Role::Dim, [
        ink(0x7d_8590, Color::DarkGray), ink(0x6a_737d, Color::DarkGray),
        BARE, BARE,
    ], NONE, Modifier::DIM),
    look(Role::Strong, [BARE; 4], Modifier::BOLD, NONE),
    look(Role::Accent, [
        ink(0x58_a6ff, Color::Blue), ink(0x09_69da, Color::Blue),
        ink(0x71_d7ff, Color::LightCyan), ink(0x00_3d99, Color::Blue),
    ], NONE, Modifier::BOLD),
    look(Role::Cursor, [
        back(0x26_3750, Color::Reset), back(0xdd_ebff, Color::Reset),
        back(0x00_2b80, Color::Reset), back(0xff_e9a8, Color::Reset),
    ], NONE, Modifier::REVERSED),
    look(Role::CursorAside, [
        back(0x21_262d, Color::Reset), back(0xee_f1f4, Color::Reset),
        back(0x26_2626, Color::Reset), back(0xe8_e8e8, Color::Reset),
    ], NONE, NONE),
    look(Role::Match, [
        both(ink(0x0d_1117, Color::Black), back(0xe3_b341, Color::Yellow)),
        both(ink(0x0d_1117, Color::Black), back(0xff_df5d, Color::Yellow)),
        both(ink(0x00_0000, Color::Black), back(0xff_e000, Color::LightYellow)),
        both(ink(0xff_ffff, Color::White), back(0x5a_0070, Color::Magenta)),
    ], NONE, Modifier::BOLD.union(Modifier::UNDERLINED)),
    look(Role::Verified, [
        ink(0x3f_b950, Color::Green), ink(0x1a_7f37, Color::Green),
        ink(0x6d_ff8a, Color::LightGreen), ink(0x00_5a1c, Color::Green),
    ], NONE, NONE),
    look(Role::Refuted, [
        ink(0xf8_5149, Color::Red), ink(0xcf_222e, Color::Red),
        ink(0xff_b8b0, Color::LightRed), ink(0x9b_0010, Color::Red),
    ], NONE, Modifier::BOLD),
    look(Role::Stale, [
        ink(0xd2_9922, Color::Yellow), ink(0x9a_6700, Color::Yellow),
        ink(0xff_d75f, Color::LightYellow), ink(0x66_4300, Color::Magenta),
    ], NONE, NONE),
    look(Role::Unchecked, [
        ink(0x7d_8590, Color::DarkGray), ink(0x6a_737d, Color::DarkGray),
        BARE, BARE,
    ], NONE, Modifier::DIM),
    look(Role::Key, [
        ink(0x79_c0ff, Color::Blue), ink(0x05_50ae, Color::Blue),
        ink(0x8f_dcff, Color::LightCyan), ink(0x00_3d99, Color::Blue),
    ], NONE, NONE),
    look(Role::Text, [
        ink(0xa5_d6a7, Color::Green), ink(0x11_6329, Color::Green),
        ink(0xb4_ffc0, Color::LightGreen), ink(0x00_5a1c, Color::Green),
    ], NONE, NONE),
    look(Role::Number, [
        ink(0xf0_c674, Color::Yellow), ink(0x95_3800, Color::Magenta),
        ink(0xff_e08a, Color::LightYellow), ink(0x7a_2e00, Color::Magenta),
    ], NONE, NONE),
    look(Role::Literal, [
        ink(0xd2_a8ff, Color::Magenta), ink(0x82_50df, Color::Magenta),
        ink(0xe6_ccff, Color::LightMagenta), ink(0x4b_0096, Color::Magenta),
    ], NONE, NONE),
    look(Role::Alarm, [
        both(ink(0xff_ffff, Color::White), back(0xb6_2324, Color::Red)),
        both(ink(0xff_ffff, Color::White), back(0xcf_222e, Color::Red)),
        both(ink(0x00_0000, Color::Black), back(0xff_b8b0, Color::LightRed)),
        both(ink(0xff_ffff, Color::White), back(0x9b_0010, Color::Red)),
    ], Modifier::BOLD, Modifier::REVERSED),
];

/// Which background the colours are for, and how much they stand out from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    /// A dark one.
    #[default]
    Dark,
    /// A light one.
    Light,
    /// A dark one; every text at least seven times as bright, and nothing dim.
    ContrastDark,
    /// A light one; the same the other way round.
    ContrastLight,
}

impl Palette {
    /// The one with high contrast for the same background.
    #[must_use]
    pub fn contrast(self) -> Self {
        match self {
            Self::Dark | Self::ContrastDark => Self::ContrastDark,
            Self::Light | Self::ContrastLight => Self::ContrastLight,
        }
    }
}

/// How everything looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// In the order of the roles.
    styles: [Style; LOOKS.len()],
    colors: Colors,
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
        for look in &LOOKS {
            styles[look.role as usize] = look.style(palette, colors);
        }
        Self { styles, colors, glyphs: Glyphs::UNICODE }
    }

    /// The same theme with other characters.
    #[must_use]
    pub fn with_glyphs(self, glyphs: Glyphs) -> Self {
        Self { glyphs, ..self }
    }

    /// The same theme with a role painted otherwise. What the paint leaves open stays.
    #[must_use]
    pub fn painted(mut self, role: Role, paint: &Paint) -> Self {
        let style = &mut self.styles[role as usize];
        *style = paint.over(*style, self.colors);
        self
    }

    /// Whether the screen is plain lines.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.glyphs == Glyphs::PLAIN
    }

    /// How a role looks.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// How a notice looks.
    #[must_use]
    pub fn severity(&self, severity: Severity) -> Style {
        self.style(match severity {
            Severity::Done => Role::Verified,
            Severity::Warning => Role::Stale,
            Severity::Error => Role::Refuted,
        })
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

/// The colours of a role as a theme writes them, foreground and background; none is the terminal's
/// own.
#[must_use]
pub fn written(role: Role, palette: Palette) -> (Option<Ink>, Option<Ink>) {
    LOOKS[role as usize].colors[palette as usize]
}

impl Look {
    fn style(&self, palette: Palette, colors: Colors) -> Style {
        let (front, back) = self.colors[palette as usize];
        let fg = front.and_then(|ink| ink.on(colors));
        let bg = back.and_then(|ink| ink.on(colors));
        let lost = colors == Colors::None || (back.is_some() && bg.is_none());
        let modifier = if lost { self.modifier | self.mono } else { self.modifier };
        Style { fg, bg, ..Style::new().add_modifier(modifier) }
    }
}

#[cfg(test)]
mod tests;
