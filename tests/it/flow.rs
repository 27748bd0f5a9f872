//! The whole program in this process: a real socket, a keyboard that is a channel, and a screen
//! that can be read.

mod columns;
mod deletions;
mod exports;
mod pipes;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures_util::stream;
use hookscope::app::health::{Health, Listener, StoreHealth};
use hookscope::app::keymap::Keymap;
use hookscope::app::session::Session;
use hookscope::app::state::App;
use hookscope::capture::limits::Limits;
use hookscope::client::Client;
use hookscope::client::egress::EgressLedger;
use hookscope::client::policy::Policy;
use hookscope::config::paths::Environment;
use hookscope::config::{Config, Flags};
use hookscope::domain::account::Account;
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::keep::Keep;
use hookscope::domain::url::Host;
use hookscope::providers::accounts::Accounts;
use hookscope::providers::route::Routes;
use hookscope::runtime::forwarding::Skips;
use hookscope::runtime::outward::Outward;
use hookscope::runtime::undertaken::Undertaken;
use hookscope::runtime::{self, Exporting, Lending, Services};
use hookscope::ui::theme::Theme;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;

use crate::scenarios::company::account;
use crate::support::{Listening, post, within};

/// A test backend that can be read while the program draws on it.
#[derive(Clone)]
struct SharedScreen {
    backend: Arc<Mutex<TestBackend>>,
    drawn: Arc<Notify>,
}

impl SharedScreen {
    fn new(width: u16, height: u16) -> Self {
        Self {
            backend: Arc::new(Mutex::new(TestBackend::new(width, height))),
            drawn: Arc::default(),
        }
    }

    fn contents(&self) -> String {
        self.backend.lock().unwrap().to_string()
    }

    async fn wait_for(&self, text: &str) {
        let seen = async {
            loop {
                let drawn = self.drawn.notified();
                if self.contents().contains(text) {
                    return;
                }
                drawn.await;
            }
        };
        let outcome = tokio::time::timeout(crate::support::DEADLINE, seen).await;
        assert!(outcome.is_ok(), "{text:?} does not show up on:\n{}", self.contents());
    }
}

type Outcome<T = ()> = Result<T, std::convert::Infallible>;

impl Backend for SharedScreen {
    type Error = std::convert::Infallible;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> Outcome {
        self.backend.lock().unwrap().draw(content)
    }

    fn hide_cursor(&mut self) -> Outcome {
        self.backend.lock().unwrap().hide_cursor()
    }

    fn show_cursor(&mut self) -> Outcome {
        self.backend.lock().unwrap().show_cursor()
    }

    fn get_cursor_position(&mut self) -> Outcome<Position> {
        self.backend.lock().unwrap().get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Outcome {
        self.backend.lock().unwrap().set_cursor_position(position)
    }

    fn clear(&mut self) -> Outcome {
        self.backend.lock().unwrap().clear()
    }

    fn clear_region(&mut self, region: ClearType) -> Outcome {
        self.backend.lock().unwrap().clear_region(region)
    }

    fn size(&self) -> Outcome<Size> {
        self.backend.lock().unwrap().size()
    }

    fn window_size(&mut self) -> Outcome<WindowSize> {
        self.backend.lock().unwrap().window_size()
    }

    fn flush(&mut self) -> Outcome {
        self.drawn.notify_waiters();
        self.backend.lock().unwrap().flush()
    }
}

/// What deliveries are exported with where nothing is configured.
fn exporting() -> Exporting {
    let environment = Environment {
        working_folder: "/nowhere".into(),
        config_folder: None,
        data_folder: None,
        state_folder: None,
        variable: |_| None,
    };
    let flags = Flags { store: Some(":memory:".into()), ..Flags::default() };
    let config = Config::load(flags, &environment).expect("it has no mistakes");
    Exporting { config: Arc::new(config), environment }
}

/// A letter with the control key.
fn control(letter: char) -> Event {
    Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL))
}

struct Running {
    listening: Listening,
    screen: SharedScreen,
    keyboard: mpsc::UnboundedSender<Event>,
    ended: JoinHandle<anyhow::Result<App>>,
    _outside: mpsc::Sender<hookscope::app::message::Message>,
}

impl Running {
    async fn start(width: u16, height: u16) -> Self {
        Self::with(Listening::start().await, Accounts::default(), (width, height))
    }

    fn with(listening: Listening, accounts: Accounts, (width, height): (u16, u16)) -> Self {
        let screen = SharedScreen::new(width, height);
        let (keyboard, keys) = mpsc::unbounded_channel();
        let keys = Arc::new(tokio::sync::Mutex::new(keys));
        let inputs = move || {
            let keys = Arc::clone(&keys);
            Box::pin(stream::unfold(keys, async |keys| {
                let event = keys.lock().await.recv().await?;
                Some((Ok::<_, io::Error>(event), keys))
            }))
        };
        let session = Session {
            listening: Some(format!("http://{}", listening.address)),
            public_url: None,
            endpoints: Vec::new(),
            accounts: accounts.clone(),
            store: ":memory:".to_owned(),
            keep: Keep::default(),
            first_run: None,
            zone: TimeZone::UTC,
        };
        let health = Health { listener: Listener::Listening, store: StoreHealth::Well };
        let mut app = App::new(session, health, Arc::new(Keymap::default()), Timestamp::now());
        app.size = Size { width, height };
        let (outside, from_outside) = mpsc::channel(1);
        let services = Services {
            routes: Routes::default(),
            store: listening.store.clone(),
            arrivals: Some(listening.subscribe()),
            outside: from_outside,
            desk: listening.desk.clone(),
            outward: Outward {
                store: listening.store.clone(),
                client: Client::new(Policy::default()).noting(EgressLedger::default()),
                accounts,
            },
            undertaken: Undertaken::default(),
            exporting: exporting(),
            config: Some("/etc/hookscope.toml".into()),
            skips: Skips::default(),
            lending: Lending {
                suspend: || Ok(()),
                edit: |file| Err(format!("nobody edits {}", file.display())),
                hand_over: |command, body| Err(format!("nobody gives {body:?} to {command}")),
            },
        };
        let mut terminal = Terminal::new(screen.clone()).unwrap();
        let ended = tokio::spawn(async move {
            runtime::run(&mut terminal, inputs, services, app, &Theme::default()).await
        });
        Self { listening, screen, keyboard, ended, _outside: outside }
    }

    fn press(&self, keys: &str) {
        for key in keys.chars() {
            let code = match key {
                '\r' => KeyCode::Enter,
                '\t' => KeyCode::Tab,
                '\x1b' => KeyCode::Esc,
                other => KeyCode::Char(other),
            };
            self.keyboard.send(Event::Key(KeyEvent::new(code, KeyModifiers::NONE))).unwrap();
        }
    }

    async fn post(&self, path: &str, body: &str) {
        let length = body.len();
        let answered = self
            .listening
            .send(format!(
                "POST {path} HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n\r\n{body}"
            ))
            .await;
        assert_eq!(answered.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_goes_from_the_socket_to_the_screen_and_can_be_read_in_full() {
    let running = Running::start(120, 40).await;
    running.screen.wait_for("Waiting for the first delivery").await;
    running.post("/hooks/shop?x=1", r#"{"order":{"id":"o-4711","lines":[1,2.50]}}"#).await;
    running.screen.wait_for("/hooks/shop").await;
    running.press("\r3");
    running.screen.wait_for("\"o-4711\"").await;
    running.screen.wait_for("2.50").await;
    running.press("Q");
    let app = within(running.ended).await.unwrap().unwrap();
    assert_eq!(app.deliveries.window().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_reaches_the_whole_store_and_escape_takes_it_back() {
    let running = Running::start(120, 40).await;
    for number in 0..30 {
        running.post(&format!("/n/{number}"), &format!("{{\"number\":{number}}}")).await;
    }
    running.screen.wait_for("/n/29").await;
    running.press("f/number=17\r");
    running.screen.wait_for("/n/17").await;
    let gone = async {
        while running.screen.contents().contains("/n/29") {
            running.screen.drawn.notified().await;
        }
    };
    within(gone).await;
    running.press("\x1b");
    running.screen.wait_for("/n/29").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_request_is_told() {
    let running = Running::start(120, 40).await;
    running.screen.wait_for("Waiting for the first delivery").await;
    running.listening.send("GARBAGE\r\n\r\n").await;
    running.screen.wait_for("1 refused").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_ends_with_every_delivery_counted_and_the_newest_on_screen() {
    let running = Running::start(120, 40).await;
    let mut client = running.listening.connect().await;
    for number in 0..5_000 {
        client.write(format!("GET /flood/{number} HTTP/1.1\r\nHost: h\r\n\r\n")).await;
        client.answer().await;
    }
    running.screen.wait_for("/flood/4999").await;
    running.screen.wait_for("5,000").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_is_there_again_after_the_editor() {
    let running = Running::start(120, 40).await;
    running.post("/hooks/shop", "{}").await;
    running.screen.wait_for("/hooks/shop").await;
    running.press("gc");
    running.screen.wait_for("nobody edits /etc/hookscope.toml").await;
    running.press("Q");
    within(running.ended).await.unwrap().unwrap();
}

/// Answers each request with this JSON, one after the other.
async fn provider(answers: &'static [&'static str]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        for answer in answers {
            let Ok((mut stream, _)) = listener.accept().await else { return };
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            let length = answer.len();
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close");
            stream.write_all(format!("{head}\r\n\r\n{answer}").as_bytes()).await.unwrap();
        }
    });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_address_in_the_body_holds_is_shown_beside_it_with_what_changed_since() {
    let address = provider(&[r#"{"price":1,"note":"first"}"#, r#"{"price":2}"#]).await;
    let account = Account { hosts: vec![Host::parse(&address.to_string()).unwrap()], ..account() };
    let endpoint = Endpoint { account: Some(account.name.clone()), ..Endpoint::any_path(None) };
    let listening = Listening::with(Limits::default(), vec![endpoint]).await;
    let running = Running::with(listening, Accounts::new(vec![account]), (120, 40));
    running.post("/hooks/rfq", &format!(r#"{{"at":"http://{address}/rfqs/1"}}"#)).await;
    running.screen.wait_for("/rfqs/1").await;
    running.press("\rjo");
    running.screen.wait_for("200 OK in").await;
    running.screen.wait_for("\"first\"").await;
    running.press("3o");
    running.screen.wait_for("1 changed, 1 removed since the last fetch").await;
    running.screen.wait_for("[Attempts 2]").await;
    running.press("}");
    running.screen.wait_for("\"first\"").await;
    running.press("gl\t");
    running.screen.wait_for("2 connections outward").await;
    running.screen.wait_for(&address.to_string()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_on_a_host_that_is_not_listed_is_an_attempt_that_says_so() {
    let endpoint = Endpoint { account: Some(account().name), ..Endpoint::any_path(None) };
    let listening = Listening::with(Limits::default(), vec![endpoint]).await;
    let running = Running::with(listening, Accounts::new(vec![account()]), (120, 40));
    running.post("/hooks/rfq", r#"{"at":"http://169.254.169.254/latest/"}"#).await;
    running.screen.wait_for("169.254.169.254").await;
    running.press("\rjo");
    running.screen.wait_for("host_not_allowed").await;
    running.screen.wait_for("g c opens the config").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_answer_is_set_by_keys_and_the_sender_gets_it() {
    let running = Running::start(120, 40).await;
    running.post("/hooks/shop", "{}").await;
    running.screen.wait_for("/hooks/shop").await;
    running.press("a \r");
    running.screen.wait_for("answer 503 next").await;
    for expected in [503, 200] {
        let answered = running.listening.send(post("/hooks/again", "", "{}")).await;
        assert_eq!(answered.status, expected);
    }
    let used_up = async {
        while running.screen.contents().contains("answer 503") {
            running.screen.drawn.notified().await;
        }
    };
    within(used_up).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_is_answered_by_keys() {
    let running = Running::start(120, 40).await;
    running.post("/hooks/shop", "{}").await;
    running.screen.wait_for("/hooks/shop").await;
    running.press("H\r");
    running.screen.wait_for("hold 0").await;
    for (number, keys, expected) in [(2, "ga", 200), (3, "gr\r", 500)] {
        let mut client = running.listening.connect().await;
        client.write(post("/hooks/held", "", "{}")).await;
        running.screen.wait_for(&format!("held #{number} ")).await;
        running.press(keys);
        assert_eq!(client.answer().await.status, expected);
    }
    running.press("H");
    running.screen.wait_for("nothing is held any more").await;
}
