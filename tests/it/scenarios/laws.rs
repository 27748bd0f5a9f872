//! What holds whatever happens.

use std::time::Duration;

use hookscope::app::bindings::BINDINGS;
use hookscope::app::message::{Gesture, Message};
use hookscope::app::names;
use hookscope::app::overlay::Overlay;
use hookscope::app::screen::{screen, subscriptions};
use hookscope::app::state::{App, Focus, View};
use hookscope::domain::egress::Told;
use hookscope::domain::name::AccountName;
use hookscope::domain::page::{Cursor, Page};
use hookscope::domain::replay::{Summary, Tally};
use hookscope::domain::subscription::Rejection;
use proptest::prelude::*;
use ratatui::layout::Size;

use crate::companies::SECRET;

use super::reading::egress;
use super::stage::{Stage, at, mouse, record};
use super::subscribing::left_open;

#[derive(Clone, Debug)]
enum Happening {
    Key(&'static str),
    Capture,
    Lag,
    Resize(u16, u16),
    Mouse(u16, u16, u8),
    Tick(i64),
    Stale(u64),
    Answered(&'static str, bool),
    LeftOpen,
    Connected,
    Line(&'static str),
}

fn happening() -> impl Strategy<Value = Happening> {
    let keys = BINDINGS.iter().flat_map(|binding| binding.keys.iter().copied());
    let keys = keys.chain(["a", "2", ":", "backspace", "delete", "alt-x"]).collect::<Vec<_>>();
    prop_oneof![
        12 => proptest::sample::select(keys).prop_map(Happening::Key),
        3 => Just(Happening::Capture),
        1 => Just(Happening::Lag),
        1 => (0_u16..220, 0_u16..50).prop_map(|(width, height)| Happening::Resize(width, height)),
        2 => (0_u16..200, 0_u16..50, 0_u8..5).prop_map(|(x, y, what)| Happening::Mouse(x, y, what)),
        1 => (-100_i64..100).prop_map(Happening::Tick),
        1 => (0_u64..5).prop_map(Happening::Stale),
        1 => (proptest::sample::select(vec!["create", "update", "deactivate"]), any::<bool>())
            .prop_map(|(action, is_done)| Happening::Answered(action, is_done)),
        1 => Just(Happening::LeftOpen),
        1 => Just(Happening::Connected),
        2 => line().prop_map(Happening::Line),
    ]
}

/// A line behind `:`, whether or not it can be carried out where it is typed.
fn line() -> impl Strategy<Value = &'static str> {
    let lines = [
        "goto 3",
        "filter id:>20",
        "filter is:",
        "replay --to http://127.0.0.1:3000 --times 2",
        "export --as har",
        "delete id:<10",
        "hold id:1",
        "note seen",
        "tag bug -ask",
        "trigger channex booking_new",
        "subs acme",
        "subs temps",
        "sort size",
        "sort -/trip/id",
        "sort arrival",
        "column /note",
        "column /trip/legs",
        "uncolumn /note",
        "mouse off",
        "plain on",
        "plain off",
    ];
    proptest::sample::select(names::all().chain(lines).collect::<Vec<_>>())
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
            let gestures = [
                Gesture::Click,
                Gesture::WheelDown,
                Gesture::WheelUp,
                Gesture::Drag,
                Gesture::Release,
            ];
            stage.send(mouse(column, row, gestures[usize::from(what)]));
        }
        Happening::Tick(second) => drop(stage.send(Message::Tick(at(second)))),
        Happening::Stale(back) => {
            let generation = stage.app.deliveries.generation().wrapping_sub(back + 1);
            let rows = vec![record(i64::MAX).summary()];
            let page = Ok(Page { rows, next: None });
            let cursor = Cursor::Newest;
            stage.send(Message::PageLoaded { generation, cursor, page });
        }
        Happening::Answered(action, is_done) => {
            let rejection = Rejection {
                message: "no".to_owned(),
                fields: vec![("target".to_owned(), "is wrong".to_owned())],
            };
            let account = AccountName::from("acme");
            let result = if is_done { Ok(vec!["noted".to_owned()]) } else { Err(rejection) };
            stage.send(Message::SubscriptionChanged { account, action, result });
        }
        Happening::Connected => {
            stage.send(Message::Connected(Told { all: vec![egress()], forgotten: 0 }));
        }
        Happening::LeftOpen => drop(stage.send(left_open(&["1", "2"]))),
        Happening::Line(line) => {
            stage.press(":");
            stage.send(Message::Paste(line.to_owned()));
            stage.press("enter");
        }
    }
}

/// The cursor is at a subscription in sight, and no secret is anywhere but in the records.
fn subscriptions_are_whole(app: &App) -> Result<(), TestCaseError> {
    let Some(account) = app.subscribing.account(&app.session) else { return Ok(()) };
    for overlay in &app.overlays {
        if let Overlay::Form(form) = overlay {
            prop_assert!(form.fields.focus() <= form.fields.count());
            let fields = format!("{:?}", form.fields);
            prop_assert!(!fields.contains(SECRET), "{}", fields);
        }
    }
    let Some(known) = app.subscribing.known(&account.name) else { return Ok(()) };
    prop_assert!(known.rows().is_empty() || known.selected().is_some());
    prop_assert!(known.rows().iter().all(|row| !row.text.contains(SECRET)));
    let Some(screen) = screen(app.size, app) else { return Ok(()) };
    let places = subscriptions(screen.middle, app);
    let sight = known.top()..known.top() + usize::from(places.rows.height);
    prop_assert!(sight.is_empty() || known.rows().is_empty() || sight.contains(&known.cursor()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_pressed_the_state_stays_whole(
        begin in proptest::sample::select(vec!["", "S", "S n", "S tab e", "S e ctrl-s", ":", "ctrl-p"]),
        happenings in proptest::collection::vec(happening(), 0..60),
        linked in any::<bool>(),
    ) {
        let mut stage = if linked { Stage::linked(120, 30) } else { Stage::new(120, 30, 40) };
        stage.press(begin);
        for happening in &happenings {
            let before = (stage.app.deliveries.selected(), stage.app.deliveries.follows());
            happen(&mut stage, happening);
            let app = &stage.app;
            let list = &app.deliveries;
            let in_place = list.cursor().and_then(|cursor| list.window().id(cursor));
            prop_assert_eq!(in_place, list.selected(), "the selection is a row");
            if !list.window().is_still() {
                let ids = list.window().ids();
                prop_assert!(ids.is_sorted_by(|newer, older| newer > older), "as they came");
                prop_assert!(list.sorted().is_none_or(|sorted| sorted.has_more().is_none()));
            }
            prop_assert!(list.pins().pinned().len() <= 4);
            prop_assert!(list.window().rows_from(0).all(|row| row.id.0 <= stage.stored));
            prop_assert!(list.window().rows_from(0).all(|row| !list.bin().holds(row.id)));
            prop_assert!(app.replaying.marks.iter().all(|(id, _)| !list.bin().holds(id)));
            if matches!(happening, Happening::Capture | Happening::Lag) && !before.1 {
                prop_assert_eq!(list.selected(), before.0, "an arrival does not select");
            }
            prop_assert!(app.overlays.len() <= 2, "overlays do not pile up");
            if let [below, above] = &app.overlays[..] {
                let is_filled_in =
                    matches!(below, Overlay::Form(_) | Overlay::Replay(_) | Overlay::Export(_));
                let is_searched =
                    matches!((below, above), (Overlay::Output(_), Overlay::Prompt(_)));
                let fits = is_filled_in || is_searched;
                prop_assert!(fits, "only a form or a sheet lies below, or what is searched");
            }
            if let Some(Overlay::Reader(reader)) = app.overlays.last() {
                prop_assert!(reader.lines.cursor() < reader.lines.lines().len());
            }
            subscriptions_are_whole(app)?;
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
        // What is under way comes to its end, or esc would go on ending it.
        while stage.app.exporting.under_way.is_running() {
            stage.send(Message::Exported(Ok(None)));
        }
        while stage.app.replaying.under_way.is_running() {
            let (tally, took) = (Tally::default(), Duration::ZERO);
            let ended = Summary { total: 1, tally, took, is_cancelled: true };
            stage.send(Message::Replayed(ended));
        }
        stage.press(&"esc ".repeat(13));
        prop_assert_eq!(stage.app.view, View::Deliveries);
        prop_assert_eq!(stage.app.overlays.len(), 0);
        prop_assert_eq!(&stage.app.deliveries.filter().text, "");
        prop_assert!(stage.app.deliveries.sorted().is_none());
    }
}
