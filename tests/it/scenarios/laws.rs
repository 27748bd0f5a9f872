//! What holds whatever happens.

use hookscope::app::bindings::BINDINGS;
use hookscope::app::message::{Gesture, Message};
use hookscope::app::screen::screen;
use hookscope::app::state::Focus;
use hookscope::domain::page::{Cursor, Page};
use proptest::prelude::*;
use ratatui::layout::Size;

use super::stage::{Stage, at, mouse, record};

#[derive(Clone, Debug)]
enum Happening {
    Key(&'static str),
    Capture,
    Lag,
    Resize(u16, u16),
    Mouse(u16, u16, u8),
    Tick(i64),
    Stale(u64),
}

fn happening() -> impl Strategy<Value = Happening> {
    let keys = BINDINGS.iter().flat_map(|binding| binding.keys.iter().copied());
    let keys = keys.chain(["a", "2", ":", "backspace", "delete", "alt-x"]).collect::<Vec<_>>();
    prop_oneof![
        12 => proptest::sample::select(keys).prop_map(Happening::Key),
        3 => Just(Happening::Capture),
        1 => Just(Happening::Lag),
        1 => (0_u16..160, 0_u16..50).prop_map(|(width, height)| Happening::Resize(width, height)),
        2 => (0_u16..160, 0_u16..50, 0_u8..3).prop_map(|(x, y, what)| Happening::Mouse(x, y, what)),
        1 => (-100_i64..100).prop_map(Happening::Tick),
        1 => (0_u64..5).prop_map(Happening::Stale),
    ]
}

fn happen(stage: &mut Stage, happening: &Happening) {
    match *happening {
        Happening::Key(keys) => drop(stage.press(keys)),
        Happening::Capture => stage.capture(),
        Happening::Lag => {
            stage.stored += 3;
            stage.send(Message::Lagged(3));
        }
        Happening::Resize(width, height) => {
            stage.send(Message::Resized(Size::new(width, height)));
        }
        Happening::Mouse(column, row, what) => {
            let gestures = [Gesture::Click, Gesture::WheelDown, Gesture::WheelUp];
            stage.send(mouse(column, row, gestures[usize::from(what)]));
        }
        Happening::Tick(second) => drop(stage.send(Message::Tick(at(second)))),
        Happening::Stale(back) => {
            let generation = stage.app.deliveries.generation().wrapping_sub(back + 1);
            let rows = vec![record(i64::MAX).summary()];
            let page = Ok(Page { rows, more: false });
            let cursor = Cursor::Newest;
            stage.send(Message::PageLoaded { generation, cursor, page });
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_pressed_the_state_stays_whole(
        happenings in proptest::collection::vec(happening(), 0..60),
        linked in any::<bool>(),
    ) {
        let mut stage = if linked { Stage::linked(120, 30) } else { Stage::new(120, 30, 40) };
        for happening in &happenings {
            let before = (stage.app.deliveries.selected(), stage.app.deliveries.follows());
            happen(&mut stage, happening);
            let app = &stage.app;
            let list = &app.deliveries;
            let in_place = list.cursor().and_then(|cursor| list.window().id(cursor));
            prop_assert_eq!(in_place, list.selected(), "the selection is a row");
            prop_assert!(list.window().rows_from(0).all(|row| row.id.0 <= stage.stored));
            if matches!(happening, Happening::Capture | Happening::Lag) && !before.1 {
                prop_assert_eq!(list.selected(), before.0, "an arrival does not select");
            }
            prop_assert!(app.overlays.len() <= 1, "overlays do not pile up");
            prop_assert!(app.keys.len() <= 1);
            prop_assert!(app.toasts.iter().len() <= 4);
            prop_assert!(app.focus == Focus::Stream || list.selected().is_some());
            let Some(screen) = screen(app.size, app) else { continue };
            if let Some(pane) = screen.stream {
                let height = usize::from(pane.rows.height);
                let sight = list.top()..list.top() + height;
                prop_assert!(list.cursor().is_none_or(|cursor| sight.contains(&cursor)));
            }
            if let (Some(pane), Some(content)) = (screen.detail, app.detail.content()) {
                let height = usize::from(pane.rows.height);
                let sight = content.scroll()..content.scroll() + height;
                prop_assert!(content.is_empty() || content.cursor() < content.len());
                prop_assert!(content.is_empty() || sight.contains(&content.cursor()));
                prop_assert_eq!(app.detail.id(), list.selected(), "the detail shows the selection");
            }
        }
        stage.press("esc esc esc esc");
        prop_assert_eq!(stage.app.overlays.len(), 0);
        prop_assert_eq!(&stage.app.deliveries.filter().text, "");
    }
}
