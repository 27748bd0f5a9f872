//! What a theme of the user's says about a role.

use ratatui::style::{Modifier, Style};

use super::color::{Colors, Ink};

/// What a theme of the user's says about a role; what is not said stays as it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// The foreground.
    pub front: Option<Ink>,
    /// The background.
    pub back: Option<Ink>,
    /// Bold or not.
    pub bold: Option<bool>,
    /// Dim or not.
    pub dim: Option<bool>,
    /// Underlined or not.
    pub underlined: Option<bool>,
    /// Foreground and background changed for each other, or not.
    pub reversed: Option<bool>,
}

impl Paint {
    /// The style with this over it. A colour that the terminal has nothing for leaves what was there.
    pub(super) fn over(&self, style: Style, colors: Colors) -> Style {
        let mut painted = style;
        painted.fg = self.front.and_then(|ink| ink.on(colors)).or(style.fg);
        painted.bg = self.back.and_then(|ink| ink.on(colors)).or(style.bg);
        // What stood in for a background has nothing to stand in for any more.
        if self.back.is_some() && painted.bg.is_some() && style.bg.is_none() {
            painted.add_modifier -= Modifier::REVERSED;
        }
        for (said, modifier) in [
            (self.bold, Modifier::BOLD),
            (self.dim, Modifier::DIM),
            (self.underlined, Modifier::UNDERLINED),
            (self.reversed, Modifier::REVERSED),
        ] {
            match said {
                Some(true) => painted.add_modifier |= modifier,
                Some(false) => painted.add_modifier -= modifier,
                None => {}
            }
        }
        painted
    }
}
