use super::*;

fn span(from: i64, to: i64) -> Span {
    Span { from, to }
}

#[test]
fn numbers_that_are_asked_for_narrow_spans_and_others_part_them() {
    let all = [(span(1, 10), true), (span(20, 30), false)];
    let any = [span(25, 26), span(3, 22), span(4, 5)];
    let wanted = narrowed(&all, &any, false);
    assert_eq!(wanted, [(span(3, 10), true), (span(20, 22), false), (span(25, 26), false)],);
    let others = narrowed(&all, &any, true);
    assert_eq!(others, [(span(1, 2), true), (span(23, 24), false), (span(27, 30), false)],);
    assert_eq!(narrowed(&all, &[span(11, i64::MAX)], false), [(span(20, 30), false)]);
    assert_eq!(narrowed(&all, &[span(0, i64::MAX)], true), []);
}

#[test]
fn steps_cover_every_delivery_once() {
    let steps = steps(span(5, 2 * SCANNED + 5), SCANNED).collect::<Vec<_>>();
    assert_eq!(
        steps,
        [
            span(5, SCANNED + 4),
            span(SCANNED + 5, 2 * SCANNED + 4),
            span(2 * SCANNED + 5, 2 * SCANNED + 5),
        ],
    );
}
