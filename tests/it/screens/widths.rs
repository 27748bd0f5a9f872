//! Characters of two columns, emoji and combining marks move nothing out of its place.

use hookscope::ui::theme::Theme;

use super::text_of;
use crate::scene::{Scene, record, refuted};

#[test]
fn columns_stand_below_each_other_whatever_the_script() {
    let events = [
        "booking_new",
        "予約作成の通知です、確認してください",
        "e\u{301}te\u{301} 👍🏽 👨‍👩‍👧",
        "한국어 알림",
        "ไทย",
    ];
    for size in [(80, 24), (120, 40), (200, 60)] {
        let mut scene = Scene::busy(size);
        for (id, event) in (1_189..).zip(events) {
            let mut record = record(id, "2026-11-21T10:42:09Z", "acme", "{}");
            record.inspection.event.kind = Some(event.to_owned());
            scene.arrive(record);
        }
        let buffer = scene.draw(&Theme::default());
        let row_of = |y: u16| (0..buffer.area.width).map(move |x| (x, y));
        let status = |y| {
            let mut cells = row_of(y);
            cells.find(|(x, y)| {
                let digits = (*x..x + 3).filter_map(|x| buffer.cell((x, *y)));
                digits.map(ratatui::buffer::Cell::symbol).eq(["2", "0", "0"])
            })
        };
        // Below the title, the filter, the rule and the names of the columns.
        let places = (4..4 + u16::try_from(events.len()).unwrap()).map(status);
        let columns = places.map(|place| place.expect("a status").0).collect::<Vec<_>>();
        assert!(columns.iter().all(|column| *column == columns[0]), "{columns:?}");
    }
}

#[test]
fn how_often_an_event_came_is_whole_or_says_that_it_is_more() {
    for (repeat, shown) in [
        (9, ["×9?", "×9?"]),
        (49, ["×9+", "×49?"]),
        (149, ["×9+", "×9+"]),
        (u32::MAX, ["×9+", "×9+"]),
    ] {
        for (size, shown) in [(80, 24), (200, 60)].into_iter().zip(shown) {
            let mut scene = Scene::busy(size);
            scene.press("z");
            scene.arrive(refuted(1_190, repeat));
            let screen = text_of(&scene.draw(&Theme::default()));
            let row = screen.lines().nth(4).expect("the newest row");
            assert!(row.contains(&format!("{shown} ")), "{repeat} at {size:?}: {row}");
        }
    }
}
