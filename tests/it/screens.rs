//! What the screens look like, at four sizes and in three themes, and that any state can be drawn
//! at any size.

mod replays;
mod subscriptions;
mod desk;
mod reading;
mod typing;
mod exploring;
mod first;
mod piping;
mod plain;
mod sorting;
mod widths;

use std::collections::HashMap;
use std::fmt::Write as _;

use hookscope::app::forwarding::{Forward, Trouble, TroubleKind, Waiting};
use hookscope::app::health::{Listener, Report, StoreHealth};
use hookscope::app::message::Message;
use hookscope::app::toast::Notice;
use hookscope::domain::arrival::Arrival;
use hookscope::domain::refusal::{Refusal, RefusalReason};
use hookscope::ui::glyphs::Glyphs;
use hookscope::ui::theme::{Colors, Palette, Theme};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use ratatui::style::Style;

use crate::scene::{Scene, now, record, refuted};
use crate::views::{SIZES, check};

/// The characters of a screen, without the empty ends of lines.
pub(crate) fn text_of(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut covered = 0;
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            if covered == 0 {
                line.push_str(symbol);
                covered = hookscope::ui::text::width(symbol);
            }
            covered = covered.saturating_sub(1);
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// The styles of a screen: a letter for each, and what the letters mean.
fn styles_of(buffer: &Buffer) -> String {
    let mut letters: HashMap<Style, char> = HashMap::new();
    let mut legend = String::new();
    let mut text = String::new();
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let style = buffer[(x, y)].style();
            let next = char::from(b'a' + u8::try_from(letters.len()).expect("few styles"));
            let letter = *letters.entry(style).or_insert_with(|| {
                let _ = writeln!(legend, "{next} {}", style_text(style));
                next
            });
            text.push(letter);
        }
        text.push('\n');
    }
    format!("{text}\n{legend}")
}

pub(crate) fn style_text(style: Style) -> String {
    let color = |color: Option<ratatui::style::Color>| {
        color.map_or_else(|| "-".to_owned(), |c| c.to_string())
    };
    format!("{} on {} {:?}", color(style.fg), color(style.bg), style.add_modifier)
}

/// The stream with the second delivery open in a tab.
fn opened(size: (u16, u16), tab: &str) -> Scene {
    let mut scene = Scene::busy(size);
    scene.press("j enter");
    scene.press(tab);
    scene
}

#[test]
fn the_first_screen_says_how_to_begin() {
    check("first", Scene::empty);
}

#[test]
fn the_stream_shows_one_line_per_delivery() {
    check("stream", Scene::busy);
}

#[test]
fn the_status_bar_tells_how_the_apps_are() {
    let well = Forward { target: "localhost:3000".to_owned(), trouble: None };
    let since = now().checked_sub(jiff::SignedDuration::from_secs(12)).expect("in range");
    let waiting = Waiting { count: 5, or_more: false };
    let trouble = Some(Trouble { kind: TroubleKind::Down, since, waiting });
    let down = Forward { trouble, ..well.clone() };
    let mut bars = String::new();
    for forward in [well, down] {
        for (width, height) in SIZES {
            let mut scene = Scene::busy((width, height));
            scene.send(Message::Forwarding(vec![forward.clone()]));
            let screen = text_of(&scene.draw(&Theme::default()));
            let _ = writeln!(bars, "{}", screen.lines().next().unwrap_or_default());
        }
    }
    insta::assert_snapshot!("forward_bars", bars);
}

#[test]
fn the_overview_begins_with_what_it_is() {
    check("overview", |size| opened(size, "1"));
}

#[test]
fn the_stream_tells_whose_deliveries_are_and_which_are_nobodys() {
    check("accounts", Scene::companies);
}

#[test]
fn a_delivery_that_is_nobodys_says_what_was_tried() {
    check("unmatched", |size| {
        let mut scene = Scene::companies(size);
        scene.press("j j j enter 1");
        scene
    });
}

#[test]
fn headers_are_shown_as_sent_with_credentials_masked() {
    check("headers", |size| opened(size, "2"));
}

#[test]
fn the_body_is_json_with_the_path_of_the_cursor() {
    check("body", |size| {
        let mut scene = opened(size, "3");
        scene.press("j j j j j j");
        scene
    });
}

#[test]
fn json_in_a_string_is_open_below_it() {
    check("embedded", |size| {
        let mut scene = Scene::busy(size);
        scene.press("j j j enter 3 j j j j");
        scene
    });
}

#[test]
fn the_auth_check_begins_with_the_verdict() {
    check("auth", |size| opened(size, "4"));
}

#[test]
fn the_answer_is_told() {
    check("answer", |size| opened(size, "5"));
}

#[test]
fn the_help_lists_the_keys() {
    check("help", |size| {
        let mut scene = Scene::busy(size);
        scene.press("?");
        scene
    });
}

#[test]
fn the_help_finds_what_is_typed() {
    let mut scene = Scene::busy((80, 24));
    scene.press("?");
    scene.write("copy");
    insta::assert_snapshot!(text_of(&scene.draw(&Theme::default())));
}

#[test]
fn a_mistake_in_a_filter_is_pointed_at() {
    check("mistake", |size| {
        let mut scene = Scene::busy(size);
        scene.press("f");
        scene.write("auth:refuted provder:avinode");
        scene
    });
}

#[test]
fn a_filter_narrows_the_list_and_may_match_nothing() {
    check("filtered", |size| {
        let mut scene = Scene::busy(size);
        scene.press("f");
        scene.write("provider:avinode auth:refuted");
        scene.press("enter");
        scene
    });
    let mut scene = Scene::busy((80, 24));
    scene.press("f");
    scene.write("nowhere");
    scene.press("enter");
    insta::assert_snapshot!("filtered_to_nothing", text_of(&scene.draw(&Theme::default())));
}

#[test]
fn a_failing_store_is_red_and_plain() {
    check("failing", |size| {
        let mut scene = Scene::busy(size);
        let reason = "the store cannot be written: database or disk is full".to_owned();
        let refusal = Refusal {
            at: now(),
            peer: "127.0.0.1:50999".parse().unwrap(),
            reason: RefusalReason::StoreFailed,
            message: reason,
        };
        scene.send(Message::Arrived(Arrival::Refused(refusal)));
        scene
    });
}

#[test]
fn a_search_is_marked_and_said_to_be_absent() {
    let mut scene = opened((80, 24), "3");
    scene.press("/");
    scene.write("lszh");
    insta::assert_snapshot!("search", text_of(&scene.draw(&Theme::default())));
    scene.write("q");
    insta::assert_snapshot!("search_without_match", text_of(&scene.draw(&Theme::default())));
}

#[test]
fn what_arrives_while_reading_is_counted_and_notices_stack() {
    let mut scene = opened((120, 40), "1");
    for id in 1_189..1_201 {
        scene.arrive(record(id, "2026-11-21T10:42:09Z", "acme", "{}"));
    }
    scene.send(Message::Failed(Notice::done("body copied to the clipboard")));
    let text = "the clipboard cannot be reached, and the terminal may have cut off a text of 74,000 bytes; use y c and paste from a file instead";
    scene.send(Message::Failed(Notice::warning(text)));
    scene.send(Message::Failed(Notice::error("the list cannot be read: database is locked")));
    insta::assert_snapshot!(text_of(&scene.draw(&Theme::default())));
}

#[test]
fn long_lines_are_wrapped_when_asked_for() {
    for (name, keys) in [("headers", "2"), ("body", "3")] {
        let mut scene = Scene::busy((60, 20));
        let mut record = refuted(1_189, 1);
        let value = "a long value that goes on and on, ".repeat(6);
        record.delivery.request.headers = hookscope::domain::headers::Headers::from_pairs([
            ("X-Long", value.as_str()),
            ("X-Short", "1"),
        ]);
        record.delivery.request.body =
            format!("{{\"text\":\"{value}\",\"wide\":\"{}\",\"n\":1}}", "日本語".repeat(20)).into();
        scene.arrive(record);
        scene.press("g g enter w");
        scene.press(keys);
        insta::assert_snapshot!(format!("wrapped_{name}"), text_of(&scene.draw(&Theme::default())));
    }
}

#[test]
fn bodies_that_are_not_json_are_pairs_lines_or_bytes() {
    let form = "token=gIkuvaNzQIHg97ATvDxqgjtO&team_id=T0001&text=94070+caf%C3%A9&payload=%7B%22user%22%3A%7B%22id%22%3A5%7D%7D&empty=";
    let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\tSUMMARY:tab\r\nDESCRIPTION:\u{1b}[31mred\u{1b}[0m\r\nEND:VCALENDAR\r\n";
    let bytes: Vec<u8> = (0..=255).collect();
    let broken = "{\"a\": [1, 2,\n  {\"b\": tru}],\n \"c\": \"rest\"}";
    for (name, content_type, body) in [
        ("form", "application/x-www-form-urlencoded", form.as_bytes().to_vec()),
        ("text", "text/calendar", text.as_bytes().to_vec()),
        ("hex", "application/octet-stream", bytes),
        ("broken", "application/json", broken.as_bytes().to_vec()),
        ("none", "application/json", Vec::new()),
    ] {
        for size in [(40, 12), (80, 24), (120, 24)] {
            let mut scene = Scene::busy(size);
            let mut record = record(1_189, "2026-11-21T10:42:09Z", "acme", body.clone());
            record.delivery.request.headers =
                hookscope::domain::headers::Headers::from_pairs([("Content-Type", content_type)]);
            scene.arrive(record);
            scene.press("g g enter 3");
            let screen = text_of(&scene.draw(&Theme::default()));
            insta::assert_snapshot!(format!("body_{name}_{}x{}", size.0, size.1), screen);
        }
    }
}

#[test]
fn the_styles_of_each_theme_say_what_the_glyphs_say() {
    for (name, theme) in [
        ("dark", Theme::new(Palette::Dark, Colors::True)),
        ("light", Theme::new(Palette::Light, Colors::True)),
        ("mono", Theme::new(Palette::Dark, Colors::None)),
        ("basic", Theme::new(Palette::Dark, Colors::Basic)),
    ] {
        let mut scene = opened((110, 16), "3");
        scene.press("/");
        scene.write("LSZH");
        scene.press("enter");
        let buffer = scene.draw(&theme);
        let screen = format!("{}\n{}", text_of(&buffer), styles_of(&buffer));
        insta::assert_snapshot!(format!("styles_{name}"), screen);
    }
}

#[test]
fn without_unicode_everything_is_ascii() {
    let theme = Theme::default().with_glyphs(Glyphs::ASCII);
    let mut scene = opened((120, 24), "3");
    scene.press("- f");
    let screen = text_of(&scene.draw(&theme));
    assert!(screen.is_ascii(), "{:?}", screen.chars().find(|c| !c.is_ascii()));
    insta::assert_snapshot!(screen);
}

#[test]
fn a_store_without_a_listener_says_so() {
    let mut scene = Scene::empty((80, 24));
    scene.app.session.listening = None;
    scene.send(Message::Health(Report::Listener(Listener::Absent)));
    insta::assert_snapshot!(text_of(&scene.draw(&Theme::default())));
}

#[test]
fn a_screen_that_is_too_small_says_what_is_needed() {
    for size in [(39, 12), (40, 9), (12, 2)] {
        let screen = text_of(&Scene::busy(size).draw(&Theme::default()));
        assert!(
            "hookscope needs 40x10".starts_with(screen.trim().trim_end_matches('…')),
            "{screen}"
        );
    }
}

/// A scene that keys, arrivals and trouble brought somewhere.
fn anywhere() -> impl Strategy<Value = Vec<(u8, String)>> {
    prop::collection::vec((0..12u8, any::<String>()), 0..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_state_can_be_drawn_at_any_size(
        begin in prop::sample::select(vec!["", "R", "S", "S n", "S tab e", "S shift-tab", "S j L"]),
        steps in anywhere(),
        sizes in prop::collection::vec((1..300u16, 1..100u16), 1..4),
        body in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        const KEYS: [&str; 37] = [
            "j", "k", "enter", "tab", "1", "2", "3", "4", "5", "y", "f", "/", "?", "esc", "w", "z",
            "T", "F", "G", "g g", "-", "+", "space", "n", "6", "o", "g f", "}", "{", "S", "e",
            "ctrl-s", "down", "r", "R", "v", "*",
        ];
        let mut scene = Scene::with_accounts((100, 30));
        scene.press(begin);
        let theme = Theme::default();
        for (number, (kind, text)) in (2_000..).zip(steps) {
            match kind {
                0 => scene.write(&text),
                1 => {
                    let mut record = record(number, "2026-11-21T10:42:09Z", "acme", body.clone());
                    record.delivery.request.target = text.clone();
                    record.inspection.event.kind = Some(text.clone());
                    scene.arrive(record);
                }
                2 => scene.send(Message::Failed(Notice::error(text))),
                3 => scene.send(Message::Health(Report::Store(StoreHealth::Failing(text)))),
                _ => scene.press(KEYS[(usize::from(kind) * 7 + text.len()) % KEYS.len()]),
            }
            for (width, height) in &sizes {
                scene.send(Message::Resized(Size::new(*width, *height)));
                let buffer = scene.draw(&theme);
                for cell in &buffer.content {
                    prop_assert!(!cell.symbol().chars().any(char::is_control), "{:?}", cell.symbol());
                }
            }
        }
    }
}
