use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::*;
use crate::domain::unseen::UNSEEN;

#[test]
fn hostile_text_becomes_visible() {
    for (sent, shown) in [
        (&b"\x1b]0;owned\x07"[..], "␛]0;owned␇"),
        (b"\x1b]52;c;ZXZpbA==\x1b\\", "␛]52;c;ZXZpbA==␛\\"),
        (b"a\r\nb\0\x7f", "a␍␊b␀␡"),
        (b"\xc2\x9b31m", "<U+009B>31m"),
        (b"\xff\xfe ok \xe2\x82", "\\xff\\xfe ok \\xe2\\x82"),
        ("abc\u{202e}gpj.exe".as_bytes(), "abc<U+202E>gpj.exe"),
        ("\u{feff}{\u{2066}x\u{2069}".as_bytes(), "<U+FEFF>{<U+2066>x<U+2069>"),
        ("pay\u{200b}pal".as_bytes(), "pay<U+200B>pal"),
        ("a\u{200d}b\u{ad}".as_bytes(), "a<U+200D>b<U+00AD>"),
        ("\u{e0041}\u{3164}\u{2028}".as_bytes(), "<U+E0041><U+3164><U+2028>"),
        ("\u{301}a".as_bytes(), "<U+0301>a"),
        ("\u{1b}\u{301}".as_bytes(), "␛<U+0301>"),
        ("\u{fe0f}x".as_bytes(), "<U+FE0F>x"),
        ("\u{179b}\u{17d8}".as_bytes(), "\u{179b}<U+17D8>"),
        ("\u{fdd0}\u{1fffe}".as_bytes(), "<U+FDD0><U+1FFFE>"),
    ] {
        assert_eq!(visible(sent), shown, "{sent:?}");
    }
}

#[test]
fn letters_marks_and_symbols_of_every_script_stay() {
    for text in [
        "Zürich",
        "e\u{301}te\u{301}",
        "日本語",
        "한국어",
        "שלום",
        "हिन्दी",
        "🛩 → ✓",
        "👍🏽",
        "🇨🇭",
        "ｶﾞ",
    ] {
        assert_eq!(visible(text), text);
    }
    assert_eq!(
        visible("❤\u{fe0f} 👩\u{200d}👧"),
        "❤ 👩👧",
        "pictures come apart, nothing is hidden"
    );
}

#[test]
fn the_table_of_the_unseen_is_sorted() {
    assert!(UNSEEN.is_sorted_by(|before, after| before.1 < after.0));
    assert!(UNSEEN.iter().all(|(first, last)| first <= last));
}

#[test]
fn marks_do_not_pile_up() {
    let piled = format!("a{}", "\u{301}".repeat(6));
    assert_eq!(visible(&piled), format!("a{}<U+0301><U+0301>", "\u{301}".repeat(4)));
}

#[test]
fn tabs_reach_the_next_stop() {
    for (sent, shown) in [
        ("\tx", "    x"),
        ("a\tx", "a   x"),
        ("abcd\tx", "abcd    x"),
        ("日\tx", "日  x"),
        ("\u{200b}\tx", "<U+200B>    x"),
    ] {
        assert_eq!(visible(sent), shown, "{sent:?}");
    }
}

#[test]
fn harmless_text_is_not_copied() {
    assert!(matches!(visible("plain ~ text"), Cow::Borrowed(_)));
}

#[test]
fn lines_end_where_the_sender_ended_them() {
    let lines = |text| visible_lines(text).collect::<Vec<_>>();
    assert_eq!(lines("a\r\nb\n\nc\n"), ["a", "b", "", "c"]);
    assert_eq!(lines("a\rb"), ["a␍b"]);
    assert_eq!(lines(""), [""]);
}

#[test]
fn cuts_fall_between_clusters_and_say_that_they_are_there() {
    assert_eq!(truncate("abcdef", 6), "abcdef");
    assert_eq!(truncate("abcdef", 4), "abc…");
    assert_eq!(truncate("日本語", 4), "日…");
    assert_eq!(truncate("日本語", 1), "…");
    assert_eq!(truncate("abc", 0), "");
    assert_eq!(truncate("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
    assert_eq!(truncate_middle("arfq-12345678", 9), "ar…345678");
    assert_eq!(truncate_middle("arfq-12345678", 1), "…");
    assert_eq!(truncate_middle("日本語日本語", 7), "日…語語".replace("語語", "本語"));
    assert_eq!(
        wrap_words("what happened and what to do", 10),
        ["what", "happened", "and what", "to do"]
    );
    assert_eq!(wrap_words("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
    assert_eq!(wrap_words("", 3), [""]);
    assert_eq!(wrap_words("日本", 1), ["日", "本"]);
    let long = format!("{}\u{1b}{}", "a".repeat(100_000), "z".repeat(2_000));
    assert_eq!(visible_id(&long, 7), "aa…zzzz");
    for (kind, shown) in [
        ("company_address_created", "company…created"),
        ("company_address_updated", "company…updated"),
        ("TripRequest", "TripRequest"),
        ("\u{1b}[31mTripRequestMine?", "␛[31mTr…stMine?"),
    ] {
        assert_eq!(visible_kind(kind, 15), shown);
    }
    assert_eq!([0, 1, 2].map(|columns| visible_kind("booking_new", columns)), ["", "…", "b…"]);
}

#[test]
fn a_cluster_wider_than_a_line_is_broken_between_its_characters() {
    let syllables = "\u{1100}\u{1100}\u{17c4}";
    assert_eq!(width(syllables), 5);
    assert_eq!(first(syllables), syllables);
    assert_eq!(wrap_words(syllables, 4), ["\u{1100}\u{1100}", "\u{17c4}"]);
    assert_eq!(wrap_words(syllables, 2), ["\u{1100}", "\u{1100}", "\u{17c4}"]);
}

/// Bytes with far more trouble in them than chance would bring.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let troubles = [
        "\u{1b}[2J",
        "\u{1b}]0;t\u{7}",
        "\u{1b}]52;c;YQ==\u{7}",
        "\u{9b}1;1H",
        "\u{90}q\u{9c}",
        "\r",
        "\n",
        "\u{8}",
        "\t",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{200d}",
        "\u{feff}",
        "\u{fe0f}",
        "\u{e0061}",
        "\u{301}",
        "\u{17c4}",
        "\u{17d8}",
        "\u{20e3}",
        "\u{ff9e}",
        "日",
        "👩",
        "🏽",
        "🇨",
        "\u{1100}",
        "\u{1161}",
        "\u{94d}",
        "क",
        "a",
        "1",
        " ",
    ];
    let part = prop_oneof![
        4 => prop::sample::select(troubles.to_vec()).prop_map(|text| text.as_bytes().to_vec()),
        1 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

/// Notes what a terminal was made to do beyond printing.
#[derive(Default)]
struct Noticed(Vec<String>);

impl vt100::Callbacks for Noticed {
    fn audible_bell(&mut self, _: &mut vt100::Screen) {
        self.0.push("bell".to_owned());
    }
    fn visual_bell(&mut self, _: &mut vt100::Screen) {
        self.0.push("bell".to_owned());
    }
    fn resize(&mut self, _: &mut vt100::Screen, _: (u16, u16)) {
        self.0.push("resize".to_owned());
    }
    fn set_window_icon_name(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.0.push("icon name".to_owned());
    }
    fn set_window_title(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.0.push("title".to_owned());
    }
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], _: &[u8]) {
        self.0.push("clipboard".to_owned());
    }
    fn paste_from_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.0.push("clipboard".to_owned());
    }
    fn unhandled_char(&mut self, _: &mut vt100::Screen, c: char) {
        self.0.push(format!("character {c:?}"));
    }
    fn unhandled_control(&mut self, _: &mut vt100::Screen, byte: u8) {
        self.0.push(format!("control {byte}"));
    }
    fn unhandled_escape(&mut self, _: &mut vt100::Screen, _: Option<u8>, _: Option<u8>, byte: u8) {
        self.0.push(format!("escape {byte}"));
    }
    fn unhandled_csi(
        &mut self,
        _: &mut vt100::Screen,
        _: Option<u8>,
        _: Option<u8>,
        _: &[&[u16]],
        c: char,
    ) {
        self.0.push(format!("csi {c}"));
    }
    fn unhandled_osc(&mut self, _: &mut vt100::Screen, _: &[&[u8]]) {
        self.0.push("osc".to_owned());
    }
}

proptest! {
    #[test]
    fn nothing_that_a_terminal_acts_on_comes_out(sent in hostile()) {
        let text = visible(&sent);
        for c in text.chars() {
            prop_assert!(!c.is_control(), "{c:?} in {text:?}");
            prop_assert!(!is_unseen(c), "{c:?} in {text:?}");
        }
        for cluster in text.graphemes(true) {
            prop_assert!(cluster_width(cluster) > 0, "{cluster:?} in {text:?}");
        }
        prop_assert_eq!(visible(&*text), &*text, "made harmless once is enough");
    }

    #[test]
    fn a_terminal_only_prints_it(sent in hostile()) {
        let text = visible(&sent);
        let mut parser = vt100::Parser::new_with_callbacks(
            4.try_into().unwrap(), 1000.try_into().unwrap(), 0, Noticed::default(),
        );
        parser.process(text.as_bytes());
        let empty: &[String] = &[];
        prop_assert_eq!(&parser.callbacks().0[..], empty);
        let (row, column) = parser.screen().cursor_position();
        prop_assert_eq!(row, 0);
        // It counts character by character, so a cluster may be wider there. Narrower are only the
        // half-width sound marks, which it takes for combining ones.
        let marks = text.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
        prop_assert!(usize::from(column) + marks >= width(&text), "{column} for {text:?}");
        let printed = parser.screen().contents();
        prop_assert_eq!(printed.trim_end(), text.trim_end());
    }

    #[test]
    fn the_screen_takes_as_many_columns_as_counted(sent in hostile()) {
        let text = visible(&sent);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 400, 1));
        let (x, _) = buffer.set_stringn(0, 0, &text, 400, Style::new());
        prop_assert_eq!(usize::from(x), width(&text));
    }

    #[test]
    fn drawing_it_changes_no_cell_outside_its_area(sent in hostile(), columns in 0..20u16) {
        let mut buffer = Buffer::filled(Rect::new(0, 0, 40, 3), Cell::new("#"));
        let text = visible(&sent);
        let text = truncate(&text, usize::from(columns));
        buffer.set_stringn(10, 1, &text, usize::from(columns), Style::new());
        for y in 0..3 {
            for x in 0..40 {
                let inside = y == 1 && (10..10 + columns).contains(&x);
                prop_assert!(inside || buffer[(x, y)].symbol() == "#", "({x}, {y}) of {text:?}");
            }
        }
    }

    #[test]
    fn cuts_keep_to_their_columns(sent in hostile(), columns in 0..30usize) {
        let text = visible(&sent);
        prop_assert!(width(&truncate(&text, columns)) <= columns);
        prop_assert!(width(&truncate_middle(&text, columns)) <= columns);
        prop_assert!(width(&visible_kind(&text, columns)) <= columns);
        let lines = wrap_words(&text, columns.max(2));
        prop_assert!(lines.iter().all(|line| width(line) <= columns.max(2)), "{lines:?}");
    }
}
