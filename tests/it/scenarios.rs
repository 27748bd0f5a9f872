//! The dashboard as its users know it: these keys in this state give this state and these commands.

mod stage;
mod glimpse;
mod begin;
mod subscriptions;
pub(crate) mod company;
mod deleting;
mod commenting;
mod exploring;
mod piping;
mod messages;
mod subscribing;
mod desk;
mod reading;
mod sorting;
mod replays;
mod handing_out;
mod laws;
mod typing;
mod arrangement;
mod guiding;

use std::sync::Arc;

use begin::down;
use hookscope::app::command::{Command, Copied};
use hookscope::app::forwarding::Forward;
use hookscope::app::keymap::Keymap;
use hookscope::app::message::Message;
use hookscope::app::overlay::Overlay;
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::name::AccountName;
use hookscope::domain::url::Url;
use stage::Stage;
use subscriptions::SUBSCRIPTIONS;

use begin::Begin::{self, Before, Down, Empty, Held, Left, Linked, LinkedNarrow, Narrow, Wide};

/// State, keys, what it comes to.
#[rustfmt::skip]
const SCENARIOS: &[(Begin, &str, &str)] = &[
    // moving in the stream
    (Wide, "", "stream 30 follow"),
    (Wide, "j j", "stream 28"),
    (Wide, "j down k", "stream 29"),
    (Wide, "k", "stream 30 follow"),
    (Wide, "G", "stream 1"),
    (Wide, "end home", "stream 30"),
    (Wide, "G g g", "stream 30"),
    (Narrow, "ctrl-d", "stream 25"),
    (Narrow, "ctrl-d ctrl-d ctrl-u", "stream 25"),
    (Narrow, "pagedown", "stream 20"),
    (Narrow, "pagedown pagedown pageup", "stream 20"),
    // marks
    (Wide, "space", "stream 29 marked 1"),
    (Wide, "space k space", "stream 29"),
    (Wide, "d", "stream 29 follow deleted 1"),
    (Wide, "j j d", "stream 27 deleted 1"),
    (Wide, "G d", "stream 2 deleted 1"),
    (Wide, "d d d", "stream 27 follow deleted 3"),
    (Wide, "space space d", "stream 28 deleted 2"),
    (Wide, "space space j j d", "stream 26 deleted 2"),
    (Wide, "space d U", "stream 30 marked 1"),
    (Wide, "space d u U", "stream 30 marked 1"),
    (Wide, "d U", "stream 30 follow"),
    (Wide, "j j d U", "stream 28"),
    (Wide, "d d U", "stream 29 follow deleted 1"),
    (Wide, "d d U U U", "stream 30 follow"),
    (Wide, "G d g g U", "stream 1"),
    (Wide, "d f i d : > 2 5 enter", "stream 29 follow f:id:>25 deleted 1"),
    (Wide, "d f i d : > 2 5 enter U", "stream 30 follow f:id:>25"),
    (Wide, "d f i d : < 1 0 enter U", "stream 9 follow f:id:<10"),
    (Wide, "d : g o t o space 3 0 enter", "stream 29 deleted 1"),
    (Wide, "d G g g k", "stream 29 deleted 1"),
    (Wide, "* d", "stream 0 follow deleted 30"),
    (Wide, "* d U", "stream 30 follow marked 30"),
    (Wide, "U", "stream 30 follow"),
    (Wide, "d enter U", "detail 30 row 0"),
    (Wide, "d D", "stream 29 follow deleted 1 | delete all 29 deliveries?"),
    (Wide, "d D y U", "stream 30 follow"),
    (Wide, "space D", "stream 29 marked 1 | delete all 30 deliveries? 1 of them is marked"),
    (Wide, "f i d : > 2 5 enter D", "stream 30 follow f:id:>25 | delete all 5 deliveries that match id:>25?"),
    (Wide, "f i d : > 2 5 enter D y esc", "stream 25 follow"),
    (Wide, "D y", "stream 0 follow"),
    (Wide, "D esc", "stream 30 follow"),
    (Wide, "D n", "stream 30 follow"),
    (Wide, "D enter", "stream 0 follow"),
    (Empty, "d", "stream 0 follow"),
    (Empty, "D", "stream 0 follow"),
    (Wide, "space j j v", "stream 27 marked 4"),
    (Wide, "j v", "stream 29 marked 1"),
    (Wide, "*", "stream 30 follow marked 30"),
    (Wide, "* u", "stream 30 follow"),
    (Wide, "space esc", "stream 29"),
    // the replay sheet
    (Wide, "r", "stream 30 follow | replay target"),
    (Narrow, "j R", "stream 29 | replay target"),
    (Wide, "enter R", "detail 30 row 0 | replay target"),
    (Wide, "R esc", "stream 30 follow"),
    (Wide, "space space R tab tab tab", "stream 28 marked 2 | replay values"),
    (Wide, "R tab space left right tab tab", "stream 30 follow | replay body"),
    (Wide, "R shift-tab shift-tab space", "stream 30 follow | replay marked"),
    (Wide, "R tab tab tab { enter } up up up", "stream 30 follow | replay sign"),
    (Wide, "R ctrl-u h i enter", "stream 30 follow | replay target"),
    (Wide, "R ctrl-u h i ctrl-t", "stream 30 follow | replay target"),
    (Before, "R down down down", "stream 30 follow | replay sign"),
    (Wide, "R f1", "stream 30 follow | replay target | help>"),
    // the export sheet
    (Wide, "E", "stream 30 follow | export form"),
    (Wide, "space E tab tab space", "stream 29 marked 1 | export redact"),
    (Wide, "E tab ctrl-u enter", "stream 30 follow | export file"),
    (Wide, "E left right down up esc", "stream 30 follow"),
    (Empty, "E", "stream 0 follow"),
    // samples
    (Wide, "g t", "stream 30 follow | samples 1/87>"),
    (Empty, "t down down", "stream 0 follow | samples 3/87>"),
    (Wide, "g t c h a n n e x space n e w space w i t h o u t", "stream 30 follow | samples 1/1>channex new without"),
    (Wide, "g t x y z enter", "stream 30 follow | samples 1/0>xyz"),
    (Wide, "g t end up pageup", "stream 30 follow | samples 51/87>"),
    (Wide, "g t pagedown home", "stream 30 follow | samples 1/87>"),
    (Wide, "g t esc", "stream 30 follow"),

    // following
    (Wide, "F", "stream 30"),
    (Wide, "j j F", "stream 30 follow"),
    // panes and tabs
    (Narrow, "j enter", "detail 29 row 0"),
    (Narrow, "enter esc", "stream 30"),
    (Narrow, "enter q", "stream 30"),
    (Narrow, "tab", "detail 30 row 0"),
    (Narrow, "tab shift-tab", "stream 30"),
    (Wide, "1", "stream 30 follow Overview"),
    (Wide, "2", "stream 30 follow Headers"),
    (Wide, "1 3", "stream 30 follow"),
    (Wide, "4", "stream 30 follow Auth"),
    (Wide, "5", "stream 30 follow Answer"),
    (Wide, "V", "stream 30 follow Auth"),
    (Narrow, "V", "detail 30 row 0 Auth"),
    (Wide, "]", "stream 30 follow Auth"),
    (Wide, ") l right", "stream 30 follow Attempts 1/0"),
    (Wide, "[", "stream 30 follow Headers"),
    (Wide, "( h left", "stream 30 follow Attempts 1/0"),
    (Wide, "6", "stream 30 follow Attempts 1/0"),
    (Narrow, "]", "stream 30 follow"),
    // the body
    (Wide, "enter j j", "detail 30 row 2"),
    (Wide, "enter j space", "detail 30 row 1 rows 4"),
    (Wide, "enter j enter enter", "detail 30 row 1"),
    (Wide, "enter -", "detail 30 row 0 rows 4"),
    (Wide, "enter - +", "detail 30 row 0"),
    (Wide, "enter G", "detail 30 row 6"),
    // attempts
    (Linked, "6", "stream 30 follow Attempts 1/2"),
    (Linked, "enter 6 }", "detail 30 row 0 Attempts 2/2"),
    (Linked, "enter 6 } } j {", "detail 30 row 0 Attempts 1/2"),
    (Linked, "enter 6 G", "detail 30 row 13 Attempts 1/2"),
    (Linked, "enter 6 G space", "detail 30 row 10 Attempts 1/2"),
    (Linked, "enter 6 / n e x t enter", "detail 30 row 12 Attempts 1/2"),
    (LinkedNarrow, "6", "detail 30 row 0 Attempts 1/2"),
    // comparing
    (Linked, "enter 6 c", "detail 30 row 0 Attempts 1/2 | comparison 0"),
    (Linked, "enter 6 } c j down k", "detail 30 row 0 Attempts 2/2 | comparison 1"),
    (Linked, "enter 6 c G up end", "detail 30 row 0 Attempts 1/2 | comparison 11"),
    (Linked, "enter 6 c d G g g d", "detail 30 row 0 Attempts 1/2 | comparison 0"),
    (LinkedNarrow, "6 c ctrl-d ctrl-u", "detail 30 row 0 Attempts 1/2 | comparison 0"),
    (LinkedNarrow, "6 c pagedown pageup", "detail 30 row 0 Attempts 1/2 | comparison 0"),
    (Linked, "enter 6 c j } j c { home", "detail 30 row 0 Attempts 1/2 | comparison 0"),
    (Linked, "enter 6 c q", "detail 30 row 0 Attempts 1/2"),
    (Linked, "enter 6 c esc", "detail 30 row 0 Attempts 1/2"),
    (Wide, "enter 6 c", "detail 30 row 0 Attempts 1/0"),
    // links
    (Linked, "g f", "stream 30 follow | links 1/2"),
    (Linked, "g f j", "stream 30 follow | links 2/2"),
    (Linked, "g f down up", "stream 30 follow | links 1/2"),
    (Linked, "g f G", "stream 30 follow | links 2/2"),
    (Linked, "g f end k", "stream 30 follow | links 1/2"),
    (Linked, "g f G g g", "stream 30 follow | links 1/2"),
    (Linked, "g f G home", "stream 30 follow | links 1/2"),
    (Linked, "g f esc", "stream 30 follow"),
    (Linked, "g f q", "stream 30 follow"),
    (LinkedNarrow, "j g f", "stream 29 | links 1/2"),
    (Wide, "g f", "stream 30 follow"),
    (Wide, "o", "stream 30 follow"),
    // searching
    (Wide, "/", "stream 30 follow | search>"),
    (Wide, "j j up", "stream 29"),
    (Wide, "/ h o o k s / 2 enter", "stream 29"),
    (Wide, "/ h o o k s / 2 enter n", "stream 28"),
    (Wide, "/ h o o k s / 2 enter N", "stream 2"),
    (Wide, "/ 2 9 esc", "stream 29"),
    (Wide, "/ z z", "stream 30 follow | absent>zz"),
    (Wide, "/ z z enter", "stream 30 follow"),
    (Wide, "enter / l e g s enter", "detail 30 row 3"),
    (Wide, "enter / n o t e enter n", "detail 30 row 5"),
    // filtering
    (Wide, "f", "stream 30 follow | filter>"),
    (Wide, "f h o o k s / 2", "stream 29 follow f:hooks/2 | filter>hooks/2"),
    (Wide, "f h o o k s / 2 enter", "stream 29 follow f:hooks/2"),
    (Wide, "f h o o k s / 2 esc", "stream 30 follow"),
    (Wide, "f h o o k s / 2 enter esc", "stream 30 follow"),
    (Wide, "f h o o k s / 2 enter j esc", "stream 28"),
    (Wide, "f i d : x", "stream 30 follow f:id | mistake>id:x"),
    (Wide, "f i d : x enter esc", "stream 30 follow"),
    (Wide, "f h o o k s / 2 0 enter f ctrl-u enter", "stream 30 follow"),
    // answering otherwise
    (Wide, "a", "stream 30 follow | form preset"),
    (Empty, "a", "stream 0 follow | form preset"),
    (Wide, "a esc", "stream 30 follow"),
    (Wide, "a tab ctrl-u enter", "stream 30 follow | form status"),
    (Wide, "g a", "stream 30 follow"),
    (Wide, "g r", "stream 30 follow"),
    (Held, "g r", "stream 30 follow | form preset"),
    (Wide, "H", "stream 30 follow | form filter"),
    (Wide, "H i d : x enter", "stream 30 follow | form filter"),
    (Wide, "H tab ctrl-u 0 s enter", "stream 30 follow | form budget"),
    // how it looks
    (Wide, "z", "stream 30 follow zoomed"),
    (Wide, "enter z esc", "stream 30"),
    (Wide, "z q", "stream 30 follow"),
    (Narrow, "z", "stream 30 follow"),
    (Wide, "w", "stream 30 follow wrap"),
    (Wide, "T", "stream 30 follow utc"),
    (Wide, "T T", "stream 30 follow relative"),
    (Wide, "T T T", "stream 30 follow"),
    // the help
    (Wide, "?", "stream 30 follow | help>"),
    (Wide, "f1 c u r l", "stream 30 follow | help>curl"),
    (Wide, "? down up pagedown pageup end home esc", "stream 30 follow"),
    (Wide, "? ?", "stream 30 follow"),
    (Wide, "? f1", "stream 30 follow"),
    (Wide, "? q", "stream 30 follow | help>q"),
    // nowhere to go back to
    (Wide, "esc esc esc", "stream 30 follow"),
    (Wide, "y x", "stream 30 follow"),
    (Empty, "j k g g G enter tab / a enter n 4 z", "stream 0 follow Auth"),
];

/// State, keys, the commands that are left to the runtime.
fn commands() -> Vec<(Begin, &'static str, Vec<Command>)> {
    let copy = |what, text: &str| vec![Command::Copy { what, text: text.to_owned() }];
    let body = r#"{"trip":{"id":29,"legs":2},"note":"n29"}"#;
    let curl = "curl -X POST http://127.0.0.1:4000/hooks/29 \\\n  -H 'Authorization: ***' \\\n  \
                -H 'Content-Type:' \\\n  --data-raw '{\"trip\":{\"id\":29,\"legs\":2},\"note\":\"n29\"}'";
    let headers = "Host: localhost\nAuthorization: ***\n";
    let example = "curl http://127.0.0.1:4000/hello -d '{\"hello\":\"world\"}'";
    let (account, id) = (AccountName::from("acme"), "1".to_owned());
    let back = Command::ReturnLease { account: account.clone(), subscription: id.clone() };
    let fetch = |delivery, url: &str| {
        let (delivery, account) = (DeliveryId(delivery), AccountName::from("acme"));
        vec![Command::Fetch { delivery, account, url: Url::parse(url).expect("an address") }]
    };
    let href = "https://sandbox.avinode.com/api/rfqs/arfq-29";
    let other = "https://other.test/29";
    let mut commands = desk::commands();
    commands.extend(handing_out::commands());
    commands.extend(typing::commands());
    commands.extend(guiding::commands());
    commands.extend(piping::commands());
    commands.extend(vec![
        (Linked, "j o", fetch(29, href)),
        (LinkedNarrow, "j o", fetch(29, href)),
        (Linked, "j enter j j o", fetch(29, href)),
        (Linked, "j enter j j j o", fetch(29, other)),
        (Linked, "j 4 enter o", fetch(29, href)),
        (Linked, "j g f enter", fetch(29, href)),
        (Linked, "j g f j o", fetch(29, other)),
        (LinkedNarrow, "j g f j enter", fetch(29, other)),
        (Linked, "j 6 enter G k o", fetch(29, "https://other.test/next")),
        (Linked, "j g f j y", copy(Copied::Link, other)),
        (Wide, "g c", vec![Command::EditConfig]),
        (Left, "y", vec![back]),
        (Left, "n", vec![Command::ForgetLease { account, subscription: id }]),
        (Wide, "j y y", copy(Copied::Body, body)),
        (Wide, "j y b", copy(Copied::Body, body)),
        (Narrow, "j y y", copy(Copied::Body, body)),
        (Narrow, "j y h", copy(Copied::Headers, headers)),
        (Wide, "j y c", copy(Copied::Curl, curl)),
        (Wide, "j y u", copy(Copied::Url, "https://dev.example.test/hooks/29")),
        (Wide, "j y p", copy(Copied::Path, "/hooks/29")),
        (Wide, "j y v", vec![]),
        (Wide, "j enter j j y p", copy(Copied::Path, "$.trip.id")),
        (Wide, "j enter j j y v", copy(Copied::Value, "29")),
        (Wide, "2 enter j j j y v", copy(Copied::Value, "***")),
        (Empty, "y", copy(Copied::Example, example)),
        (Empty, "y y", [copy(Copied::Example, example), copy(Copied::Example, example)].concat()),
        (Narrow, "j e", vec![Command::EditBody(Arc::new(stage::record(29)))]),
        (Wide, "q", vec![Command::Quit]),
        (Narrow, "enter q q", vec![Command::Quit]),
        (Narrow, "enter Q", vec![Command::Quit]),
        (Narrow, "f ctrl-c", vec![Command::Quit]),
        (Narrow, "y ctrl-c", vec![Command::Quit]),
        (Wide, "esc esc esc esc", vec![]),
        (Wide, "g s", vec![]),
        (Down, "g s", vec![Command::SkipForwards]),
        (Wide, "ctrl-l", vec![Command::Redraw]),
        (Wide, "? ctrl-z", vec![Command::Suspend]),
    ]);
    commands
}

fn scenarios() -> impl Iterator<Item = &'static (Begin, &'static str, &'static str)> {
    let tables = [
        SCENARIOS,
        SUBSCRIPTIONS,
        typing::TYPING,
        reading::READING,
        commenting::COMMENTING,
        exploring::EXPLORING,
        sorting::SORTING,
        guiding::GUIDING,
        piping::PIPING,
    ];
    tables.into_iter().flatten()
}

#[test]
fn keys_in_a_state_give_the_state_that_is_expected() {
    let mut wrong = Vec::new();
    for (begin, keys, expected) in scenarios() {
        let mut stage = begin.stage();
        assert_eq!(stage.press(keys), [], "{begin:?} {keys}");
        if stage.glimpse() != *expected {
            wrong.push((begin, keys, stage.glimpse(), expected));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn keys_in_a_state_give_the_commands_that_are_expected() {
    for (begin, keys, expected) in commands() {
        let mut stage = begin.stage();
        assert_eq!(stage.press(keys), expected, "{begin:?} {keys}");
    }
}

#[test]
fn every_way_to_press_every_binding_has_a_scenario() {
    let all = scenarios().map(|(begin, keys, _)| (*begin, *keys));
    let all = all.chain(commands().into_iter().map(|(begin, keys, _)| (begin, keys)));
    let all = all.chain(subscribing::KEYS.iter().map(|keys| (Wide, *keys)));
    let met = all.flat_map(|(begin, keys)| {
        let mut stage = begin.stage();
        stage.press(keys);
        stage.met
    });
    let met = met.collect::<Vec<_>>();
    let keymap = Keymap::default();
    let missing = keymap.chords().filter(|chord| !met.contains(chord));
    assert_eq!(missing.map(ToString::to_string).collect::<Vec<_>>(), <Vec<String>>::new());
}

#[test]
fn what_is_skipped_is_told_and_the_screen_ticks_while_an_app_is_in_trouble() {
    let told = |stage: &Stage| {
        let toast = stage.app.toasts.iter().next_back();
        toast.map(|toast| toast.notice.text.clone()).unwrap_or_default()
    };
    let mut stage = Wide.stage();
    stage.press("g s");
    assert_eq!(told(&stage), "nothing waits for an app");
    for (waiting, expected) in [
        (vec![down("a", 1)], "1 delivery is not handed on, but stays in the stream"),
        (
            vec![down("a", 2), down("b", 3)],
            "5 deliveries are not handed on, but stay in the stream",
        ),
    ] {
        stage.send(Message::Forwarding(waiting));
        stage.press("g s");
        assert_eq!(told(&stage), expected);
    }
    stage.send(Message::Tick(stage::at(3_600)));
    assert!(stage.app.needs_tick());
    stage.send(Message::Forwarding(vec![Forward { trouble: None, ..down("a", 0) }]));
    assert!(!stage.app.needs_tick());
}
