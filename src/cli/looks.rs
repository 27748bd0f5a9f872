//! How the dashboard looks on this terminal, by what its environment says.

use super::arguments::GlobalArguments;
use crate::config::paths::Environment;
use crate::runtime::machine;
use crate::ui::glyphs::Glyphs;
use crate::ui::theme::{Colors, Palette, Theme};

/// The theme for this terminal.
pub(super) fn theme(global: &GlobalArguments, environment: &Environment) -> Theme {
    let text = |name: &str| {
        let value = (environment.variable)(name)?;
        value.into_string().ok().filter(|value| !value.is_empty())
    };
    let colors = if !global.color.allows(true, environment.variable) {
        Colors::None
    } else if text("COLORTERM").is_some_and(|depth| depth == "truecolor" || depth == "24bit") {
        Colors::True
    } else if machine::terminal_colors() >= 256 {
        Colors::Indexed
    } else {
        Colors::Basic
    };
    let palette = if text("COLORFGBG").is_some_and(|pair| is_light(&pair)) {
        Palette::Light
    } else {
        Palette::Dark
    };
    let locale = text("LC_ALL").or_else(|| text("LC_CTYPE")).or_else(|| text("LANG"));
    let plain = locale.is_some_and(|locale| locale == "C" || locale == "POSIX");
    let glyphs = if plain { Glyphs::ASCII } else { Glyphs::UNICODE };
    Theme::new(palette, colors).with_glyphs(glyphs)
}

/// Whether `COLORFGBG` (`15;0`, foreground and background among the sixteen) names a light
/// background.
fn is_light(pair: &str) -> bool {
    let background = pair.rsplit(';').next().and_then(|number| number.parse::<u8>().ok());
    background.is_some_and(|number| number == 7 || (9..=15).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::is_light;

    #[test]
    fn the_background_is_the_last_number() {
        for (pair, light) in
            [("15;0", false), ("0;15", true), ("0;default;7", true), ("7;8", false), ("x", false)]
        {
            assert_eq!(is_light(pair), light, "{pair}");
        }
    }
}
