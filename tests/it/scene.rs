//! A dashboard in a given state, brought there the way a user would: by messages and keys. What it
//! asks for outside is answered from a handful of deliveries.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hookscope::app::attempted::{self, OpenedAttempt};
use hookscope::app::command::Command;
use hookscope::app::document::Document;
use hookscope::app::health::{Health, Listener, StoreHealth};
use hookscope::app::key::Key;
use hookscope::app::keymap::Keymap;
use hookscope::app::message::{Message, Opened};
use hookscope::app::session::Session;
use hookscope::app::state::App;
use hookscope::app::update::{start, update};
use hookscope::domain::account::Matching;
use hookscope::domain::annotation::Annotation;
use hookscope::domain::arrival::Arrival;
use hookscope::domain::delivery::{Delivery, DeliveryId};
use hookscope::domain::endpoint::{Endpoint, PathPattern};
use hookscope::domain::event::{Event, ProviderId, Resource};
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::domain::inspection::Inspection;
use hookscope::domain::keep::Keep;
use hookscope::domain::name::{AccountName, EndpointName, SchemeName};
use hookscope::domain::page::{Page, Stock};
use hookscope::domain::pin::cells_in;
use hookscope::domain::record::{Answered, Record};
use hookscope::domain::verdict::{Clue, Reason, Unchecked, Verdict};
use hookscope::providers;
use hookscope::providers::about::About;
use hookscope::providers::accounts::Accounts;
use hookscope::providers::route::Route;
use hookscope::ui::theme::Theme;
use hookscope::verify::scheme::Scheme;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

use crate::companies::{accounts, listed};
use crate::counting;
use crate::support::account;

/// What time it is in every scene.
pub(crate) fn now() -> Timestamp {
    "2026-11-21T10:42:10Z".parse().expect("a time")
}

/// A dashboard with what its store holds.
pub(crate) struct Scene {
    /// The state.
    pub(crate) app: App,
    records: Vec<Arc<Record>>,
    stored: u64,
    /// The attempts about every delivery, oldest first; none while they are being read.
    pub(crate) attempts: Option<Vec<OpenedAttempt>>,
}

impl Scene {
    /// A dashboard over an empty store.
    pub(crate) fn empty(size: (u16, u16)) -> Self {
        Self::new(size, Vec::new(), session(None, Vec::new()))
    }

    /// A dashboard with accounts at the providers.
    pub(crate) fn with_accounts(size: (u16, u16)) -> Self {
        let endpoints = vec![
            endpoint("acme", "/avinode/acme"),
            endpoint("hotels", "/channex/*"),
            endpoint("temps", "/avionte"),
        ];
        let endpoints = endpoints.into_iter().zip(["acme", "hotel-nord", "temps"]);
        let own = |(endpoint, account)| Endpoint {
            account: Some(AccountName::from(account)),
            ..endpoint
        };
        let endpoints = endpoints.map(own).collect();
        let session = session(Some("https://dev.example.test"), endpoints);
        Self::new(size, records(), Session { accounts: accounts(), ..session })
    }

    /// A dashboard over a store with deliveries of several senders.
    pub(crate) fn busy(size: (u16, u16)) -> Self {
        let endpoints = vec![
            endpoint("acme", "/avinode/acme"),
            endpoint("hotels", "/channex/*"),
            endpoint("temps", "/avionte"),
        ];
        let session = session(Some("https://dev.example.test"), endpoints);
        Self::new(size, records(), session)
    }

    /// The same with the accounts of two companies.
    pub(crate) fn companies(size: (u16, u16)) -> Self {
        let mut scene = Self::busy(size);
        scene.app.session.accounts = Accounts::new(vec![
            account("acme", ProviderId::Avinode, Matching::default()),
            account("temps-north", ProviderId::Avionte, Matching::default()),
        ]);
        scene
    }

    fn new(size: (u16, u16), records: Vec<Record>, session: Session) -> Self {
        let health = Health { listener: Listener::Listening, store: StoreHealth::Well };
        let app = App::new(session, health, Arc::new(Keymap::default()), now());
        let stored = if records.is_empty() { 0 } else { 1_204 };
        let records = records.into_iter().map(Arc::new).collect();
        let mut scene = Self { app, records, stored, attempts: Some(Vec::new()) };
        let commands = start(&mut scene.app);
        scene.carry_out(commands);
        scene.send(Message::Resized(Size::new(size.0, size.1)));
        scene
    }

    /// Something happens.
    pub(crate) fn send(&mut self, message: Message) {
        let commands = update(&mut self.app, message);
        self.carry_out(commands);
    }

    /// Keys are pressed, as they are written in the bindings.
    pub(crate) fn press(&mut self, keys: &str) {
        for key in Key::parse_sequence(keys).expect("keys") {
            self.send(Message::Key(key));
        }
    }

    /// A text is typed.
    pub(crate) fn write(&mut self, text: &str) {
        self.send(Message::Paste(text.to_owned()));
    }

    /// A delivery arrives.
    pub(crate) fn arrive(&mut self, record: Record) {
        let record = Arc::new(record);
        self.records.push(Arc::clone(&record));
        self.send(Message::Arrived(Arrival::Captured(record)));
    }

    fn carry_out(&mut self, commands: Vec<Command>) {
        for command in commands {
            let answer = match command {
                Command::Count => {
                    let up_to = self.records.last().map_or(DeliveryId(0), |record| record.id);
                    Message::Counted(Ok(Stock { count: self.stored, up_to }))
                }
                Command::LoadOverview => {
                    Message::OverviewLoaded(Ok(counting::overview(&self.records, now())))
                }
                Command::LoadPage { generation, filter, cursor, .. } => {
                    let matching = self.records.iter().filter(|record| filter.matches(record));
                    let rows = matching.rev().map(|record| record.summary()).collect();
                    let page = Ok(Page { rows, next: None });
                    Message::PageLoaded { generation, cursor, page }
                }
                Command::LoadCells { pins, .. } => {
                    let body = |record: &Record| cells_in(&pins, &record.delivery.request.body);
                    let cells = self.records.iter().map(|record| (record.id, body(record)));
                    Message::CellsLoaded { cells: Ok(cells.collect()), pins }
                }
                Command::LoadRecord(id) => {
                    let record = self.records.iter().find(|record| record.id == id).cloned();
                    let opened = record.map(|record| {
                        let document = Arc::new(Document::of(&record.delivery.request));
                        let about = Arc::new(self.about(&record));
                        Opened { record, document, evidence: Arc::default(), about }
                    });
                    Message::RecordLoaded { id, opened: Ok(opened) }
                }
                Command::LoadPair { this, with } => {
                    let is_other = |record: &&Arc<Record>| with.is_none_or(|id| record.id == id);
                    let mut others = self.records.iter().filter(|record| record.id < this);
                    let other = others.rfind(is_other).cloned();
                    let this_one = self.records.iter().find(|record| record.id == this).cloned();
                    let pair = Ok(other.zip(this_one).map(|(other, this)| [other, this]));
                    Message::PairLoaded { this, pair }
                }
                Command::ListSubscriptions(account) => {
                    let listed = Ok(listed(&account));
                    Message::SubscriptionsListed { account, listed }
                }
                Command::LoadAttempts(delivery) => {
                    let Some(attempts) = self.attempts.clone() else { continue };
                    let attempts = Ok(attempted::Opened { attempts, older: 0 });
                    Message::AttemptsLoaded { delivery, attempts }
                }
                Command::LoadRepeats(id) => {
                    let mut rows: Vec<_> = self.records.iter().map(|it| it.summary()).collect();
                    let same = rows.iter().find(|row| row.id == id).map(|row| row.sameness);
                    rows.retain(|row| Some(row.sameness) == same);
                    rows.sort_by_key(|row| row.id);
                    Message::RepeatsLoaded { id, repeats: Ok(rows) }
                }
                _ => continue,
            };
            self.send(answer);
        }
    }

    /// What is told beside the inspection, where no endpoint has a scheme.
    fn about(&self, record: &Record) -> About {
        let session = &self.app.session;
        let mut endpoints = session.endpoints.iter();
        let endpoint = endpoints.find(|endpoint| endpoint.name == record.delivery.endpoint);
        let route = endpoint.cloned().map(|endpoint| Route { endpoint, scheme: Scheme::Open });
        providers::about(record, route.as_ref(), &session.accounts)
    }

    /// What the screen shows.
    pub(crate) fn draw(&self, theme: &Theme) -> Buffer {
        let Size { width, height } = self.app.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
        let drawn = terminal.draw(|frame| hookscope::ui::draw(frame, &self.app, theme));
        drawn.expect("a screen in memory").buffer.clone()
    }
}

fn session(public_url: Option<&str>, endpoints: Vec<Endpoint>) -> Session {
    Session {
        listening: Some("http://127.0.0.1:4000".to_owned()),
        public_url: public_url.map(str::to_owned),
        endpoints: if endpoints.is_empty() { vec![Endpoint::any_path(None)] } else { endpoints },
        accounts: Accounts::default(),
        store: "~/.local/share/hookscope/hookscope.db".to_owned(),
        keep: Keep::default(),
        first_run: None,
        zone: TimeZone::UTC,
    }
}

fn endpoint(name: &str, path: &str) -> Endpoint {
    let path = PathPattern::parse(path).expect("a path");
    Endpoint { name: EndpointName::from(name), path, ..Endpoint::any_path(None) }
}

/// A delivery before the parts that matter in a test are set.
pub(crate) fn record(id: i64, at: &str, endpoint: &str, body: impl Into<Bytes>) -> Record {
    let request = Request {
        method: http::Method::POST,
        target: format!("/{endpoint}"),
        version: Version::Http11,
        headers: Headers::from_pairs([
            ("Host", "dev.example.test"),
            ("User-Agent", "example/1.0"),
            ("Content-Type", "application/json"),
        ]),
        body: body.into(),
    };
    Record {
        id: DeliveryId(id),
        delivery: Delivery {
            uid: uuid::Uuid::from_u64_pair(
                0x0192_f00d_0000_7000,
                0x8000_0000_0000_0000 | id.cast_unsigned(),
            ),
            received_at: at.parse().expect("a time"),
            reading: Duration::from_micros(180),
            peer: "127.0.0.1:50412".parse().expect("an address"),
            endpoint: EndpointName::from(endpoint),
            request,
        },
        inspection: Inspection {
            provider: None,
            account: None,
            event: Event::default(),
            verdict: Verdict::Unchecked { why: Unchecked::NoScheme },
        },
        repeat: 1,
        answered: Answered { status: http::StatusCode::OK, took: Some(Duration::from_micros(830)) },
        handshake: None,
        first_verdict: None,
        annotation: Annotation::default(),
    }
}

fn event(kind: Option<&str>, candidates: &[&str], resource: (&str, &str)) -> Event {
    Event {
        kind: kind.map(str::to_owned),
        candidates: candidates.iter().map(|&name| name.to_owned()).collect(),
        resource: Some(Resource {
            kind: Some(resource.0.to_owned()),
            id: Some(resource.1.to_owned()),
            href: Some(format!("https://sandbox.avinode.com/api/{}/{}", resource.0, resource.1)),
        }),
        key: None,
        occurred_at: None,
    }
}

fn verified(scheme: &str) -> Verdict {
    Verdict::Verified {
        scheme: SchemeName::from(scheme),
        notes: vec!["not covered by this signature: the JSON body".to_owned()],
    }
}

/// Deliveries of several senders, oldest first.
fn records() -> Vec<Record> {
    vec![thin(), stale(), schedaero(), placement(), booking(), refuted(1_187, 1), refuted(1_188, 3)]
}

fn thin() -> Record {
    let mut record = record(1_182, "2026-11-20T23:12:40Z", "acme", "ping");
    record.delivery.request.method = http::Method::PUT;
    "/avinode/acme/health?check=1&verbose=true".clone_into(&mut record.delivery.request.target);
    record.answered.status = http::StatusCode::NO_CONTENT;
    record
}

fn stale() -> Record {
    let body = r#"{"type":"EmptyLegs","id":"el-1234"}"#;
    let mut record = record(1_183, "2026-11-21T10:40:55Z", "acme", body);
    record.inspection.account = Some(AccountName::from("acme-sandbox"));
    record.inspection.provider = Some(ProviderId::Avinode);
    record.inspection.event = event(Some("EmptyLegs"), &["EmptyLegs"], ("emptylegs", "el-1234"));
    record.inspection.verdict = Verdict::Refuted {
        scheme: SchemeName::from("oauth1"),
        reason: Reason::Stale,
        message: "the signature holds, but it was made 11 minutes before it arrived".to_owned(),
        clues: Vec::new(),
    };
    record
}

fn schedaero() -> Record {
    let body = r#"{"name":"SchedAeroContacts","href":"","id":"4456789"}"#;
    let mut record = record(1_184, "2026-11-21T10:41:12Z", "acme", body);
    record.inspection.provider = Some(ProviderId::Schedaero);
    record.inspection.event =
        event(Some("SchedAeroContacts"), &["SchedAeroContacts"], ("contacts", "4456789"));
    record
}

fn placement() -> Record {
    let body = r#"{"EventName":"placement_started","CorrelationId":"f3a1c2d4","FrontOfficeTenantId":6,"Resource":"{\"PlacementId\":90210,\"Talent\":{\"Id\":7,\"Name\":\"Zo\u00eb\"},\"PayRates\":[21.50,32.25]}"}"#;
    let mut record = record(1_185, "2026-11-21T10:41:40Z", "temps", body);
    record.inspection.provider = Some(ProviderId::Avionte);
    record.inspection.event =
        event(Some("placement_started"), &["placement_started"], ("placement", "90210"));
    record.inspection.verdict = verified("header");
    record.answered.status = http::StatusCode::INTERNAL_SERVER_ERROR;
    record
}

fn booking() -> Record {
    let body = format!(
        r#"{{"event":"booking_new","property_id":"716305c4-561a-4561-a187-7f5b8aeb5920","payload":{{"booking_id":"0f7f7b2c-9b4d-4a3e-8f00-4a2d9c11f3a1","rooms":[{}]}}}}"#,
        vec![r#"{"adults":2,"children":0,"rate":"119.00"}"#; 60].join(",")
    );
    let mut record = record(1_186, "2026-11-21T10:41:58Z", "hotels", body);
    record.inspection.account = Some(AccountName::from("hotel-nord"));
    record.inspection.provider = Some(ProviderId::Channex);
    record.inspection.event = event(
        Some("booking_new"),
        &["booking_new"],
        ("booking", "0f7f7b2c-9b4d-4a3e-8f00-4a2d9c11f3a1"),
    );
    record.inspection.verdict = verified("header");
    record
}

/// The delivery that most scenes open.
pub(crate) fn refuted(id: i64, repeat: u32) -> Record {
    let body = r#"{"type":"rfqs","id":"arfq-12345678","href":"https://sandbox.avinode.com/api/rfqs/arfq-12345678","trip":{"legs":[{"from":"LSZH","to":"EGGW","pax":4,"date":"2026-12-04"},{"from":"EGGW","to":"LSZH","pax":4,"date":"2026-12-06"}],"price":{"amount":18450.00,"currency":"EUR"},"flexible":false,"note":null},"message":"Flight for Zo\u00eb \u2708"}"#;
    let mut record = record(id, &format!("2026-11-21T10:42:0{}Z", (id - 1_181) % 10), "acme", body);
    record.inspection.account = Some(AccountName::from("acme"));
    let request = &mut record.delivery.request;
    "/avinode/acme".clone_into(&mut request.target);
    request.headers = Headers::from_pairs([
        ("Host", "dev.example.test"),
        ("User-Agent", "Avinode-Webhooks/2.1"),
        ("Content-Type", "application/json; charset=utf-8"),
        ("Authorization", "OAuth oauth_consumer_key=\"inspector\", oauth_signature=\"x\""),
        ("X-Avinode-ApiToken", "0a1b2c3d"),
        ("X-Forwarded-For", "203.0.113.7"),
        ("X-Forwarded-For", "10.0.0.1"),
        ("accept", "*/*"),
        ("X-Request-Trace", "\u{1b}]0;owned\u{7} \u{202e}evil"),
    ]);
    record.inspection.provider = Some(ProviderId::Avinode);
    record.inspection.event =
        event(None, &["TripRequest", "TripRequestMine"], ("rfqs", "arfq-12345678"));
    record.inspection.verdict = Verdict::Refuted {
        scheme: SchemeName::from("oauth1"),
        reason: Reason::SignatureMismatch,
        message: "the OAuth 1 signature is not over this address".to_owned(),
        clues: vec![Clue {
            code: "public_url".to_owned(),
            message: "it matches when the address is https://dev.example.test: set public_url for this endpoint".to_owned(),
        }],
    };
    record.repeat = repeat;
    record
}
