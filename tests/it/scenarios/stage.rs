//! A dashboard on a stage: a shelf of deliveries answers what it asks for, and a line of text tells
//! what it has come to.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hookscope::app::attempted::{self, OpenedAttempt};
use hookscope::app::command::Command;
use hookscope::app::deletion::Deleted;
use hookscope::app::document::Document;
use hookscope::app::health::{Health, Listener, StoreHealth};
use hookscope::app::key::Key;
use hookscope::app::keymap::{Chord, Keymap, Meaning};
use hookscope::app::message::{Gesture, Message, Mouse, Opened};
use hookscope::app::session::Session;
use hookscope::app::state::App;
use hookscope::app::update::{start, update};
use hookscope::domain::annotation::{Annotation, Comment};
use hookscope::domain::arrival::Arrival;
use hookscope::domain::attempt::{Attempt, AttemptId};
use hookscope::domain::delivery::{Delivery, DeliveryId};
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::event::Event;
use hookscope::domain::filter::Filter;
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::domain::inspection::Inspection;
use hookscope::domain::keep::Keep;
use hookscope::domain::name::EndpointName;
use hookscope::domain::page::{Cursor, Page, Stock, Tally};
use hookscope::domain::pin::{Pin, cells_in};
use hookscope::domain::record::{Answered, Record};
use hookscope::domain::url::Url;
use hookscope::domain::verdict::{Unchecked, Verdict};
use hookscope::providers::accounts::Accounts;
use http::StatusCode;
use jiff::{Timestamp, tz::TimeZone};
use ratatui::layout::Size;

use super::company::{account, fetched, linked};
use crate::companies::{accounts, listed};

/// The values of so many deliveries are read at once, as of long bodies.
const MOST_CELLS: usize = 7;

/// A moment.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).expect("it is a time of this century")
}

/// A delivery whose number stands in its target and its body.
pub(crate) fn record(id: i64) -> Record {
    let request = Request {
        method: http::Method::POST,
        target: format!("/hooks/{id}"),
        version: Version::Http11,
        headers: Headers::from_pairs([("Host", "localhost"), ("Authorization", "Bearer s3cret")]),
        body: Bytes::from(format!(r#"{{"trip":{{"id":{id},"legs":2}},"note":"n{id}"}}"#)),
    };
    Record {
        id: DeliveryId(id),
        delivery: Delivery {
            uid: uuid::Uuid::nil(),
            received_at: at(0),
            reading: Duration::ZERO,
            peer: SocketAddr::from(([127, 0, 0, 1], 50_000)),
            endpoint: EndpointName::from("default"),
            request,
        },
        inspection: Inspection {
            provider: None,
            account: None,
            event: Event::default(),
            verdict: Verdict::Unchecked { why: Unchecked::NoScheme },
        },
        repeat: 1,
        answered: Answered { status: StatusCode::OK, took: None },
        handshake: None,
        first_verdict: None,
        annotation: Annotation::default(),
    }
}

/// The mouse does something at a cell.
pub(crate) fn mouse(column: u16, row: u16, gesture: Gesture) -> Message {
    Message::Mouse(Mouse { column, row, gesture })
}

/// The dashboard and the deliveries that are stored, numbered from 1.
pub(crate) struct Stage {
    pub(crate) app: App,
    pub(crate) stored: i64,
    /// Those of them that are marked, and those that were deleted.
    pub(crate) marked: BTreeSet<DeliveryId>,
    pub(crate) gone: BTreeSet<DeliveryId>,
    /// What is written about them.
    pub(crate) comments: BTreeMap<DeliveryId, Comment>,
    /// The deliveries belong to a company and mention addresses.
    linked: bool,
    /// The attempts that are stored, oldest first.
    pub(crate) attempts: Vec<Attempt>,
    /// What keys came upon.
    pub(crate) met: Vec<Chord>,
}

impl Stage {
    /// A dashboard of that size over so many deliveries, with all loaded that it asks for.
    pub(crate) fn new(width: u16, height: u16, stored: i64) -> Self {
        let session = Session {
            listening: Some("http://127.0.0.1:4000".to_owned()),
            public_url: Some("https://dev.example.test".to_owned()),
            endpoints: vec![Endpoint::any_path(None)],
            accounts: accounts(),
            store: "hookscope.db".to_owned(),
            keep: Keep::default(),
            first_run: None,
            zone: TimeZone::UTC,
        };
        let health = Health { listener: Listener::Listening, store: StoreHealth::Well };
        let mut app = App::new(session, health, Arc::new(Keymap::default()), at(0));
        app.size = Size::new(width, height);
        let mut stage = Self {
            app,
            stored,
            marked: BTreeSet::new(),
            gone: BTreeSet::new(),
            comments: BTreeMap::new(),
            linked: false,
            attempts: Vec::new(),
            met: Vec::new(),
        };
        let commands = start(&mut stage.app);
        assert_eq!(stage.answer(commands), []);
        stage
    }

    /// The same over thirty deliveries of a company whose account is known; about each of them two
    /// fetches are stored.
    pub(crate) fn linked(width: u16, height: u16) -> Self {
        let mut stage = Self::new(width, height, 0);
        (stage.stored, stage.linked) = (30, true);
        stage.app.session.accounts = Accounts::new(vec![account()]);
        let url = Url::parse("https://sandbox.avinode.com/api/rfqs").expect("an address");
        stage.attempts = [1, 2].map(|id| fetched(id, DeliveryId(0), &url)).to_vec();
        stage.send(Message::StoreChanged);
        stage
    }

    fn record(&self, id: i64) -> Record {
        let mut record = if self.linked { linked(record(id)) } else { record(id) };
        let comment = self.comments.get(&record.id).cloned().unwrap_or_default();
        let marked = self.marked.contains(&record.id);
        record.annotation = Annotation { marked, comment };
        record
    }

    /// Something happens; the commands that the shelf cannot answer come back.
    pub(crate) fn send(&mut self, message: Message) -> Vec<Command> {
        let commands = update(&mut self.app, message);
        self.answer(commands)
    }

    /// Presses keys that are written as in the bindings.
    pub(crate) fn press(&mut self, keys: &str) -> Vec<Command> {
        let keys = Key::parse_sequence(keys).unwrap_or_else(|| panic!("keys: {keys}"));
        keys.into_iter().flat_map(|key| self.press_key(key)).collect()
    }

    fn press_key(&mut self, key: Key) -> Vec<Command> {
        let App { keymap, keys, .. } = &self.app;
        if let Meaning::Action(_) = keymap.resolve(self.app.context(), keys, key) {
            let pressed = [&keys[..], &[key]].concat();
            let mut chords = keymap.available(self.app.context(), keys);
            self.met.extend(chords.find(|chord| chord.keys == pressed).cloned());
        }
        self.send(Message::Key(key))
    }

    /// A delivery is captured.
    pub(crate) fn capture(&mut self) {
        self.stored += 1;
        let arrival = Arrival::Captured(Arc::new(self.record(self.stored)));
        assert_eq!(self.send(Message::Arrived(arrival)), []);
    }

    pub(crate) fn answer(&mut self, mut commands: Vec<Command>) -> Vec<Command> {
        let mut rest = Vec::new();
        while let Some(command) = commands.pop() {
            match &command {
                Command::Mark { ids, marked: true } => self.marked.extend(ids),
                Command::Mark { ids, .. } => self.marked.retain(|id| !ids.contains(id)),
                Command::Comment { id, comment } => {
                    self.comments.insert(*id, comment.clone());
                }
                Command::Delete(ids) => {
                    self.gone.extend(ids.iter());
                    commands.extend(update(&mut self.app, Message::Gone(Arc::clone(ids))));
                }
                _ => {}
            }
            match self.reply(&command) {
                Some(message) => commands.extend(update(&mut self.app, message)),
                None if matches!(command, Command::Mark { .. } | Command::Comment { .. }) => {}
                None => rest.push(command),
            }
        }
        rest
    }

    /// What the runtime would answer.
    pub(crate) fn reply(&self, command: &Command) -> Option<Message> {
        match command {
            Command::LoadPage { generation, filter, cursor, limit } => {
                let page = Ok(self.page(filter, *cursor, *limit));
                Some(Message::PageLoaded { generation: *generation, cursor: *cursor, page })
            }
            Command::CountMatches { generation, filter, cursor } => {
                let count = self.page(filter, *cursor, usize::MAX).rows.len() as u64;
                let (generation, cursor) = (*generation, *cursor);
                let tally = Ok(Tally { count, next: None });
                Some(Message::Matched { generation, cursor, tally })
            }
            Command::LoadCells { pins, ids } => Some(self.cells(pins, ids)),
            Command::LoadPair { this, with } => {
                let with = with.map_or(this.0 - 1, |with| with.0);
                let pair = || [with, this.0].map(|id| Arc::new(self.record(id)));
                Some(Message::PairLoaded { this: *this, pair: Ok((with > 0).then(pair)) })
            }
            Command::LoadMarks => {
                let endpoint = EndpointName::from("default");
                let marked = self.marked.difference(&self.gone).map(|id| (*id, endpoint.clone()));
                Some(Message::MarksLoaded(Ok(marked.collect())))
            }
            Command::LoadComments => {
                let comments = self.comments.iter().map(|(id, comment)| (*id, comment.clone()));
                Some(Message::CommentsLoaded(Ok(comments.collect())))
            }
            Command::FindToDelete(filter) => {
                let found = self.page(filter, Cursor::Oldest, usize::MAX).rows;
                let found = found.iter().rev().map(|row| row.id).collect();
                Some(Message::FoundToDelete { filter: Arc::clone(filter), found: Ok(found) })
            }
            Command::Delete(ids) => {
                let deleted = Deleted { gone: ids.len() as u64, in_use: 0 };
                Some(Message::Deleted { ids: Arc::clone(ids), outcome: Ok(deleted) })
            }
            Command::LookForGone(ids) => {
                let gone = ids.iter().filter(|id| self.gone.contains(id));
                Some(Message::Vanished(gone.copied().collect()))
            }
            Command::LoadRecord(id) if self.gone.contains(id) => {
                Some(Message::RecordLoaded { id: *id, opened: Ok(None) })
            }
            Command::LoadRecord(id) => {
                let record = self.record(id.0);
                let document = Arc::new(Document::of(&record.delivery.request));
                let opened = Opened {
                    record: Arc::new(record),
                    document,
                    evidence: Arc::default(),
                    about: Arc::default(),
                };
                Some(Message::RecordLoaded { id: *id, opened: Ok(Some(opened)) })
            }
            Command::LoadAttempts(delivery) => {
                let attempts = self.attempts.iter().zip(1..).map(|(attempt, id)| {
                    OpenedAttempt::of(Some(AttemptId(id)), Arc::new(attempt.clone()), None, None)
                });
                let attempts = Ok(attempted::Opened { attempts: attempts.collect(), older: 0 });
                Some(Message::AttemptsLoaded { delivery: *delivery, attempts })
            }
            Command::LoadRepeats(id) => {
                let repeats = Ok(vec![self.record(id.0).summary()]);
                Some(Message::RepeatsLoaded { id: *id, repeats })
            }
            Command::LoadOverview => Some(Message::OverviewLoaded(Ok(Arc::default()))),
            Command::LoadTargets => Some(Message::TargetsLoaded(Ok(BTreeMap::new()))),
            Command::Count => {
                let count = self.stored.unsigned_abs() - self.gone.len() as u64;
                Some(Message::Counted(Ok(Stock { count, up_to: DeliveryId(self.stored) })))
            }
            Command::ListSubscriptions(account) => {
                let account = account.clone();
                let listed = Ok(listed(&account));
                Some(Message::SubscriptionsListed { account, listed })
            }
            _ => None,
        }
    }

    fn cells(&self, pins: &Arc<[Pin]>, ids: &[DeliveryId]) -> Message {
        let body = |id: i64| self.record(id).delivery.request.body;
        let cells = ids.iter().take(MOST_CELLS).map(|id| (*id, cells_in(pins, &body(id.0))));
        Message::CellsLoaded { pins: Arc::clone(pins), cells: Ok(cells.collect()) }
    }

    fn page(&self, filter: &Filter, cursor: Cursor, limit: usize) -> Page {
        let all = (1..=self.stored)
            .rev()
            .filter(|id| !self.gone.contains(&DeliveryId(*id)))
            .map(|id| self.record(id))
            .filter(|record| filter.matches(record));
        let wanted = all.filter(|record| match cursor {
            Cursor::Newest | Cursor::Oldest => true,
            Cursor::Before(id) => record.id < id,
            Cursor::After(id) => record.id > id,
        });
        let mut rows = wanted.map(|record| record.summary()).collect::<Vec<_>>();
        let more = rows.len() > limit;
        let upward = matches!(cursor, Cursor::Oldest | Cursor::After(_));
        if upward {
            rows.drain(..rows.len().saturating_sub(limit));
        }
        rows.truncate(limit);
        let end = if upward { rows.first() } else { rows.last() };
        let next = end
            .filter(|_| more)
            .map(|row| if upward { Cursor::After(row.id) } else { Cursor::Before(row.id) });
        Page { rows, next }
    }
}
