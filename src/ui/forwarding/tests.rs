use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::strip;
use crate::app::forwarding::{Forward, Trouble, TroubleKind, Waiting};
use crate::ui::theme::Theme;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn forward(target: &str, trouble: Option<(TroubleKind, i64, u64)>) -> Forward {
    let trouble = trouble.map(|(kind, since, count)| Trouble {
        kind,
        since: at(since),
        waiting: Waiting { count, or_more: count >= 10_000 },
    });
    Forward { target: target.to_owned(), trouble }
}

fn shown(forwards: &[Forward], now: i64) -> String {
    let strip = strip(forwards, at(now), &Theme::default());
    let area = Rect::new(0, 0, 80, 1);
    let mut buffer = Buffer::empty(area);
    strip.draw(&mut buffer, area);
    let cells = (0..80).map(|x| buffer[(x, 0)].symbol());
    cells.collect::<String>().trim_end().to_owned()
}

#[test]
fn what_is_wrong_with_an_app_comes_before_what_is_well() {
    use TroubleKind::{Down, Slow};
    let (app, other) = ("localhost:3000", "localhost:3001");
    for (forwards, now, expected) in [
        (vec![], 0, ""),
        (vec![forward(app, None), forward(app, None)], 0, "forward ● localhost:3000"),
        (vec![forward(app, None), forward(other, None)], 0, "forward ● localhost:3000 +1"),
        (
            vec![forward(app, None), forward(other, Some((Down, 10, 5)))],
            22,
            "forward ▲ localhost:3001 down 12 s, 5 waiting",
        ),
        (
            vec![forward(app, Some((Down, 10, 5))), forward(app, Some((Slow, 5, 10_000)))],
            125,
            "forward ▲ localhost:3000 no answer for 2 min, 10005+ waiting",
        ),
        (vec![forward(app, Some((Down, 10, 0)))], 7_300, "forward ▲ localhost:3000 down 2 h"),
        (vec![forward(app, Some((Down, 10, 0)))], 3, "forward ▲ localhost:3000 down 0 s"),
    ] {
        assert_eq!(shown(&forwards, now), expected);
    }
}
