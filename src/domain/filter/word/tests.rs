use proptest::prelude::*;

use super::{Fields, Word, contains, contains_ignoring_case};

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(
        prop_oneof![4 => b'a'..=b'c', 4 => b'A'..=b'C', 1 => any::<u8>()],
        0..most,
    )
}

fn slow(text: &[u8], wanted: &[u8]) -> bool {
    wanted.is_empty() || text.windows(wanted.len()).any(|window| window == wanted)
}

proptest! {
    #[test]
    fn the_search_in_lanes_finds_what_the_plain_search_finds(text in bytes(150), wanted in bytes(5)) {
        prop_assert_eq!(contains(&text, &wanted), slow(&text, &wanted));
        let (lower, wanted_lower) = (text.to_ascii_lowercase(), wanted.to_ascii_lowercase());
        prop_assert_eq!(contains_ignoring_case(&text, &wanted), slow(&lower, &wanted_lower));
    }

    #[test]
    fn every_part_of_a_text_is_found_in_it(text in bytes(200), from in 0_usize..200, length in 0_usize..60) {
        let from = from.min(text.len());
        let part = &text[from..(from + length).min(text.len())];
        prop_assert!(contains(&text, part));
        prop_assert!(contains_ignoring_case(&text, &part.to_ascii_uppercase()));
    }
}

#[test]
fn an_upper_case_letter_makes_the_search_exact() {
    let uid = uuid::uuid!("0192f0c1-2b3a-7abc-8def-0123456789ab").into_bytes();
    let fields =
        Fields { target: b"/Hook", resource: b"arfq-1", key: b"K7", uid, body: b"{\"Name\":1}" };
    for (word, found) in [
        ("hook", true),
        ("Hook", true),
        ("HOOK", false),
        ("ARFQ-1", false),
        ("arfq-1", true),
        ("k7", true),
        ("name\":1", true),
        ("NAME", false),
        ("7abc-8def", true),
        ("7ABC-8def", false),
        ("7abd", false),
        ("absent", false),
    ] {
        assert_eq!(Word::new(word).is_in(&fields), found, "{word}");
    }
}
