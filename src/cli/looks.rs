//! How the dashboard looks on this terminal, by what its environment says.

use super::arguments::GlobalArguments;
use crate::config::Config;
use crate::config::error::ConfigError;
use crate::config::paths::Environment;
use crate::config::theme::Draft;
use crate::runtime::machine;
use crate::ui::glyphs::Glyphs;
use crate::ui::theme::{Colors, Palette, Theme};

/// How the dashboard looks, as far as it is known before the terminal is asked.
#[derive(Clone, Debug)]
pub(super) struct Looks {
    draft: Draft,
    colors: Colors,
    glyphs: Glyphs,
    /// The background that the environment tells.
    background: Palette,
    /// Whether it takes the mouse from the terminal.
    pub(super) mouse: bool,
    /// Whether it is plain lines.
    pub(super) plain: bool,
}

impl Looks {
    /// Whether it depends on what the terminal says about its background.
    pub(super) fn depends_on_background(&self) -> bool {
        self.colors != Colors::None && self.draft.depends_on_background()
    }

    /// The theme on that background; without one, on that which the environment tells.
    pub(super) fn theme(&self, background: Option<Palette>) -> Theme {
        let background = background.unwrap_or(self.background);
        self.draft.theme(background, self.colors).with_glyphs(self.glyphs)
    }
}

/// How the dashboard looks on this terminal.
///
/// # Errors
/// When the theme is in a file that cannot be used.
pub(super) fn looks(
    global: &GlobalArguments,
    config: &Config,
    environment: &Environment,
) -> Result<Looks, ConfigError> {
    let text = |name: &str| {
        let value = (environment.variable)(name)?;
        value.into_string().ok().filter(|value| !value.is_empty())
    };
    let colors = if global.color.allows(true, environment.variable) {
        depth(text("COLORTERM").as_deref(), text("TERM").as_deref(), machine::terminal_colors())
    } else {
        Colors::None
    };
    let is_light = text("COLORFGBG").is_some_and(|pair| is_light(&pair));
    let background = if is_light { Palette::Light } else { Palette::Dark };
    let locale = text("LC_ALL").or_else(|| text("LC_CTYPE")).or_else(|| text("LANG"));
    let is_ascii = locale.is_some_and(|locale| locale == "C" || locale == "POSIX");
    let glyphs = if is_ascii { Glyphs::ASCII } else { Glyphs::UNICODE };
    let (mouse, plain) = (config.mouse, config.plain);
    Ok(Looks { draft: config.theme()?, colors, glyphs, background, mouse, plain })
}

/// How many colours the terminal shows, by `COLORTERM`, `TERM` and what is counted without them.
fn depth(color_term: Option<&str>, term: Option<&str>, count: u32) -> Colors {
    match (color_term, term) {
        (Some("truecolor" | "24bit"), _) => Colors::True,
        (_, Some(term)) if term.ends_with("-direct") => Colors::True,
        (_, Some("dumb")) => Colors::None,
        (_, Some(term)) if term.ends_with("-mono") || term.ends_with("-m") => Colors::None,
        _ if count >= 256 => Colors::Indexed,
        _ => Colors::Basic,
    }
}

/// Whether `COLORFGBG` (`15;0`, foreground and background among the sixteen) names a light
/// background.
fn is_light(pair: &str) -> bool {
    let background = pair.rsplit(';').next().and_then(|number| number.parse::<u8>().ok());
    background.is_some_and(|number| number == 7 || (9..=15).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::{Colors, depth, is_light};

    #[test]
    fn the_depth_of_colour_is_what_the_terminal_says() {
        for (color_term, term, count, expected) in [
            (Some("truecolor"), Some("xterm"), 8, Colors::True),
            (Some("24bit"), None, 8, Colors::True),
            (None, Some("xterm-direct"), 8, Colors::True),
            (None, Some("xterm-256color"), 256, Colors::Indexed),
            (Some("yes"), Some("xterm"), 8, Colors::Basic),
            (None, Some("linux"), 8, Colors::Basic),
            (None, Some("dumb"), 8, Colors::None),
            (None, Some("vt100-m"), 8, Colors::None),
        ] {
            assert_eq!(depth(color_term, term, count), expected, "{color_term:?} {term:?}");
        }
    }

    #[test]
    fn the_background_is_the_last_number() {
        for (pair, light) in
            [("15;0", false), ("0;15", true), ("0;default;7", true), ("7;8", false), ("x", false)]
        {
            assert_eq!(is_light(pair), light, "{pair}");
        }
    }
}
