//! How well a few letters fit a name: all of them have to be in it, in that order.

/// A letter that begins a word of the name.
const WORD: u32 = 8;

/// A letter right behind the one before.
const NEXT: u32 = 6;

/// Any letter.
const LETTER: u32 = 1;

/// How well what is typed fits the name, none if it does not; more is better, and of names that fit
/// alike the shorter one. Letter case and white space do not matter.
#[must_use]
pub fn fit(typed: &str, name: &str) -> Option<u32> {
    let typed = typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase);
    let typed = typed.collect::<Vec<_>>();
    let name = name.to_lowercase().chars().collect::<Vec<_>>();
    if typed.is_empty() {
        return Some(0);
    }
    // Row by row: the best of all ways to place the letters so far, by where the last one stands.
    let mut best = Vec::new();
    for (row, letter) in typed.iter().enumerate() {
        let places = name.iter().enumerate().map(|(at, c)| {
            let begins_word = at == 0 || !name[at - 1].is_alphanumeric();
            let own = LETTER + if begins_word { WORD } else { 0 };
            let before = match row {
                0 => Some(0),
                _ => so_far(&best, at),
            };
            before.filter(|_| c == letter).map(|before| before + own)
        });
        best = places.collect::<Vec<_>>();
    }
    let room = u32::try_from(name.len()).unwrap_or(u32::MAX);
    let best = best.into_iter().flatten().max()?;
    Some((best * 100).saturating_sub(room.min(99)))
}

/// The best way to place the letters before one at that place.
fn so_far(best: &[Option<u32>], at: usize) -> Option<u32> {
    let next = at.checked_sub(1).and_then(|before| best[before]).map(|score| score + NEXT);
    let farther = best[..at.saturating_sub(1)].iter().flatten().max().copied();
    next.max(farther)
}

#[cfg(test)]
mod tests;
