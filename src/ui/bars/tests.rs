use super::*;
use crate::ui::glyphs::Glyphs;

#[test]
fn numbers_are_grouped_by_three_digits() {
    for (number, text) in [
        (0, "0"),
        (999, "999"),
        (1_000, "1,000"),
        (1_204_567, "1,204,567"),
        (u64::MAX, "18,446,744,073,709,551,615"),
    ] {
        assert_eq!(grouped(number), text);
    }
}

#[test]
fn the_tallest_column_is_the_most_and_none_is_invisible() {
    let bars = Glyphs::UNICODE.bars;
    let mut history = [0; 60];
    assert_eq!(sparks(&history[28..], 4, bars), "▁▁▁▁▁▁▁▁");
    history[59] = 100;
    history[30] = 1;
    assert_eq!(sparks(&history[28..], 4, bars), "▂▁▁▁▁▁▁█");
    history.fill(u32::MAX);
    assert_eq!(sparks(&history[28..], 4, bars), "████████");
}
