//! What an arrival, a key and a frame cost the dashboard with 10,000 rows loaded.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use hookscope::app::command::Command;
use hookscope::app::health::{Health, Listener, StoreHealth};
use hookscope::app::key::Key;
use hookscope::app::keymap::Keymap;
use hookscope::app::message::Message;
use hookscope::app::session::Session;
use hookscope::app::state::App;
use hookscope::app::update::{start, update};
use hookscope::domain::annotation::Annotation;
use hookscope::domain::arrival::Arrival;
use hookscope::domain::delivery::{Delivery, DeliveryId};
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::domain::keep::Keep;
use hookscope::domain::page::{Page, Stock};
use hookscope::domain::record::{Answered, Record};
use hookscope::providers;
use hookscope::providers::accounts::Accounts;
use hookscope::providers::route::Route;
use hookscope::ui;
use hookscope::ui::theme::Theme;
use hookscope::verify::scheme::Scheme;
use http::StatusCode;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

const ROWS: i64 = 10_000;

/// Prints the median of many calls each.
pub(crate) fn measure() {
    println!("the dashboard with {ROWS} rows loaded, median per call");
    let mut app = loaded();
    let mut next = ROWS;
    print("an arrival", || {
        next += 1;
        black_box(update(&mut app, Message::Arrived(Arrival::Captured(Arc::new(record(next))))));
    });
    let down = Message::Key(Key::parse("j").expect("j is a key"));
    print("a key", || {
        black_box(update(&mut app, down.clone()));
    });
    for (width, height) in [(80, 24), (120, 40), (250, 80)] {
        let mut terminal =
            Terminal::new(TestBackend::new(width, height)).expect("a test backend never fails");
        let _ = update(&mut app, Message::Resized(Size { width, height }));
        let theme = Theme::default();
        print(&format!("a frame of {width}x{height}"), || {
            terminal
                .draw(|frame| ui::draw(frame, &app, &theme))
                .expect("a test backend never fails");
        });
    }
}

fn print(what: &str, mut call: impl FnMut()) {
    let mut times = (0..2_000).map(|_| {
        let begun = Instant::now();
        call();
        begun.elapsed()
    });
    let mut times = times.by_ref().collect::<Vec<Duration>>();
    times.sort_unstable();
    println!("{what:>20}: {:>8.1} µs", times[times.len() / 2].as_secs_f64() * 1e6);
}

/// A dashboard whose pages were answered until it has as many rows as it keeps.
fn loaded() -> App {
    let session = Session {
        listening: Some("http://127.0.0.1:4000".to_owned()),
        public_url: None,
        endpoints: Vec::new(),
        accounts: Accounts::default(),
        store: "bench.db".to_owned(),
        keep: Keep::default(),
        first_run: None,
        zone: TimeZone::UTC,
    };
    let health = Health { listener: Listener::Listening, store: StoreHealth::Well };
    let now = Timestamp::from_second(1_790_000_000).expect("it is in range");
    let mut app = App::new(session, health, Arc::new(Keymap::default()), now);
    let mut commands = start(&mut app);
    while let Some(command) = commands.pop() {
        match command {
            Command::LoadPage { generation, cursor, .. } => {
                let rows = (1..=ROWS).rev().map(|id| record(id).summary()).collect();
                let page = Ok(Page { rows, next: None });
                commands.extend(update(&mut app, Message::PageLoaded { generation, cursor, page }));
            }
            Command::Count => {
                let count = u64::try_from(ROWS).expect("it is positive");
                commands.extend(update(
                    &mut app,
                    Message::Counted(Ok(Stock { count, up_to: DeliveryId(ROWS) })),
                ));
            }
            _ => {}
        }
    }
    app
}

fn record(id: i64) -> Record {
    let body = format!(
        r#"{{"id":"arfq-{id}","href":"https://sandbox.avinode.com/api/rfqs/arfq-{id}","type":"rfqs"}}"#
    );
    let request = Request {
        method: http::Method::POST,
        target: "/avinode/acme".to_owned(),
        version: Version::Http11,
        headers: Headers::from_pairs([("Content-Type", "application/json"), ("Host", "h")]),
        body: Bytes::from(body),
    };
    let received_at = Timestamp::from_second(1_790_000_000).expect("it is in range");
    let route = Route { endpoint: Endpoint::any_path(None), scheme: Scheme::Open };
    let inspection = providers::inspect(&request, received_at, &route, &Accounts::default());
    let delivery = Delivery {
        uid: uuid::Uuid::from_u128(id.unsigned_abs().into()),
        received_at,
        reading: Duration::ZERO,
        peer: ([127, 0, 0, 1], 50_000).into(),
        endpoint: "default".into(),
        request,
    };
    let answered = Answered { status: StatusCode::OK, took: None };
    Record {
        id: DeliveryId(id),
        delivery,
        inspection,
        repeat: 1,
        answered,
        handshake: None,
        first_verdict: None,
        annotation: Annotation::default(),
    }
}
