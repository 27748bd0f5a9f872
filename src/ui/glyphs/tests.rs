use super::*;

#[test]
fn verdicts_can_be_told_apart_by_their_glyphs_alone() {
    for glyphs in [Glyphs::UNICODE, Glyphs::ASCII] {
        let all = [Standing::Verified, Standing::Refuted, Standing::Stale, Standing::Unchecked]
            .map(|standing| glyphs.standing(standing));
        let different = all.iter().collect::<std::collections::HashSet<_>>();
        assert_eq!(different.len(), 4);
    }
    assert!(Glyphs::ASCII.standings.concat().is_ascii());
}
