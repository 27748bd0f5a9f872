//! Foreign text on its way to a terminal: nothing that a terminal would act on or nobody would see
//! gets through, and what is cut to a width has it.

#![no_main]

use libfuzzer_sys::fuzz_target;

use hookscope::domain::unseen::is_unseen;
use hookscope::ui::text::{
    head, tail, truncate, truncate_middle, visible, visible_id, visible_lines, width, wrap_words,
};

fuzz_target!(|input: (u8, &[u8])| {
    let (columns, bytes) = input;
    let columns = usize::from(columns);
    let text = visible(bytes);
    is_harmless(&text);
    assert_eq!(visible(&*text), text);
    visible_lines(bytes).for_each(|line| is_harmless(&line));
    for cut in [head(&text, columns), tail(&text, columns)] {
        assert!(width(cut) <= columns);
    }
    for cut in [truncate(&text, columns), truncate_middle(&text, columns)] {
        assert!(width(&cut) <= columns, "{cut:?}");
    }
    if columns > 1 {
        assert!(wrap_words(&text, columns).iter().all(|line| width(line) <= columns));
    }
    if let Ok(id) = std::str::from_utf8(bytes) {
        let id = visible_id(id, columns);
        is_harmless(&id);
        assert!(width(&id) <= columns);
    }
});

fn is_harmless(text: &str) {
    let is_sound = |c: char| !c.is_control() && (!is_unseen(c) || c == '\u{200d}');
    assert!(text.chars().all(is_sound), "{text:?}");
}
