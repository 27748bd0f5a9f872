//! Characters that a screen must not be given as they are.

/// Characters that cannot be seen or that change how others are shown: format characters, fillers
/// that look like nothing, line and paragraph separators, tags, non-characters, and
/// the mark that others put in the place of what they could not read. Sorted.
#[rustfmt::skip]
pub const UNSEEN: &[(char, char)] = &[
    ('\u{80}', '\u{9f}'), ('\u{ad}', '\u{ad}'), ('\u{34f}', '\u{34f}'),
    ('\u{600}', '\u{605}'), ('\u{61c}', '\u{61c}'), ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'), ('\u{890}', '\u{891}'), ('\u{8e2}', '\u{8e2}'),
    ('\u{115f}', '\u{1160}'), ('\u{17b4}', '\u{17b5}'), ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'), ('\u{2028}', '\u{202e}'), ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'), ('\u{fdd0}', '\u{fdef}'), ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'), ('\u{ffa0}', '\u{ffa0}'), ('\u{fff0}', '\u{ffff}'),
    ('\u{110bd}', '\u{110bd}'), ('\u{110cd}', '\u{110cd}'),
    ('\u{13430}', '\u{1343f}'), ('\u{1bca0}', '\u{1bca3}'), ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Whether the character cannot be seen, or changes how others are shown.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    let place = UNSEEN.partition_point(|(_, last)| *last < c);
    UNSEEN.get(place).is_some_and(|(first, _)| *first <= c) || is_noncharacter(c)
}

/// The last two of each plane are no characters.
fn is_noncharacter(c: char) -> bool {
    u32::from(c) & 0xfffe == 0xfffe
}
