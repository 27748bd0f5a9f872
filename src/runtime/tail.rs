//! The listener's happenings as lines, for when there is no terminal.
//!
//! The feed is lossy and its order is that of the tasks that publish, so it only says that there is
//! something: deliveries are written in the order of their ids, each once, and one that does not
//! come by the feed is read from the store.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::ndjson;
use super::text_lines::Style;
use crate::app::message::Message;
use crate::domain::arrival::Arrival;
use crate::domain::attempt::{Attempt, AttemptId};
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::Filter;
use crate::domain::page::Cursor;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::storage::Store;

/// How long a missing delivery may take to come by the feed before it is read from the store.
const PATIENCE: Duration = Duration::from_millis(100);

/// How long what arrives waits after lines were written: under load that many more go out at once, and
/// who captures need not wake who writes for each of them.
const REST: Duration = Duration::from_millis(2);

/// So many bytes of lines are written at once at most.
const MOST_UNWRITTEN: usize = 64 * 1024;

/// How many deliveries are read from the store at once.
const STEP: usize = 256;

/// How happenings are written.
#[derive(Clone, Debug)]
pub enum Form {
    /// A line for people.
    Text(Style),
    /// The NDJSON of the contract; credentials are masked unless `reveal`.
    Json {
        /// Whether credentials are shown.
        reveal: bool,
    },
}

/// Writes what arrives behind the delivery `after`, and the attempts that `told` brings, until `stop`;
/// then what is still waiting.
///
/// # Errors
/// When the output takes no more, such as a pipe that nobody reads, or the store cannot be read.
pub async fn run(
    arrivals: &mut Receiver<Arrival>,
    told: &mut mpsc::Receiver<Message>,
    store: Store,
    after: DeliveryId,
    form: Form,
    out: &mut impl Write,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let out = &mut BufWriter::with_capacity(MOST_UNWRITTEN, out);
    let mut tail =
        Tail { store, form, last: after.0, early: BTreeMap::new(), complete_at: Instant::now() };
    let mut rest_ends = Instant::now();
    loop {
        // Under load there is more at once, and a line is not worth a call of the system.
        if arrivals.is_empty() && told.is_empty() && !out.buffer().is_empty() {
            out.flush()?;
            rest_ends = Instant::now() + REST;
        }
        let now = Instant::now();
        let (rests, misses) = (now < rest_ends, !tail.early.is_empty());
        if misses && now >= tail.patience_ends() {
            tail.catch_up(out).await?;
            continue;
        }
        tokio::select! {
            biased;
            Some(message) = told.recv() => tail.attempted(&message, out).await?,
            () = sleep_until(rest_ends), if rests => {}
            arrival = arrivals.recv(), if !rests => match arrival {
                Ok(Arrival::Captured(record)) => tail.captured(record, out)?,
                Ok(Arrival::Refused(refusal)) => tail.form.refusal(&refusal, out)?,
                Ok(Arrival::Reinspected(record)) => tail.form.reinspected(&record, out)?,
                Ok(
                    Arrival::Answered { .. }
                    | Arrival::Held { .. }
                    | Arrival::LetGo(_)
                    | Arrival::Deleted(_),
                ) => {}
                Err(RecvError::Lagged(_)) => tail.catch_up(out).await?,
                Err(RecvError::Closed) => break,
            },
            // Behind the arrivals: a timer is set only where nothing waits.
            () = sleep_until(tail.patience_ends()), if misses => {}
            () = stop.cancelled() => break,
        }
    }
    tail.catch_up(out).await?;
    while let Ok(message) = told.try_recv() {
        tail.attempted(&message, out).await?;
    }
    Ok(out.flush()?)
}

struct Tail {
    store: Store,
    form: Form,
    /// The last delivery that was written.
    last: i64,
    /// Deliveries that came before one with a smaller id.
    early: BTreeMap<i64, Arc<Record>>,
    /// When nothing was missing for the last time.
    complete_at: Instant,
}

impl Tail {
    fn patience_ends(&self) -> Instant {
        self.complete_at + PATIENCE
    }

    fn captured(&mut self, record: Arc<Record>, out: &mut impl Write) -> io::Result<()> {
        if self.early.is_empty() {
            self.complete_at = Instant::now();
        }
        if record.id.0 > self.last {
            self.early.insert(record.id.0, record);
        }
        while let Some(next) = self.early.first_entry() {
            if *next.key() != self.last + 1 {
                break;
            }
            let record = next.remove();
            self.form.delivery(&record, out)?;
            self.last = record.id.0;
        }
        Ok(())
    }

    /// Writes an attempt behind the delivery that it is about. There is no line for other messages.
    async fn attempted(&mut self, message: &Message, out: &mut impl Write) -> anyhow::Result<()> {
        let Message::Attempted { id, attempt } = message else { return Ok(()) };
        if attempt.delivery.is_some_and(|delivery| delivery.0 > self.last) {
            self.catch_up(out).await?;
        }
        Ok(self.form.attempt(*id, attempt, out)?)
    }

    /// Writes what the store has and the feed did not bring.
    async fn catch_up(&mut self, out: &mut impl Write) -> anyhow::Result<()> {
        let everything = Arc::new(Filter::default());
        loop {
            let after = Cursor::After(DeliveryId(self.last));
            let page = self.store.page(Arc::clone(&everything), after, STEP).await;
            let page = page.context("the store cannot be read")?;
            for row in page.rows.iter().rev() {
                let record = match self.early.remove(&row.id.0) {
                    Some(record) => Some(record),
                    None => self
                        .store
                        .load(row.id)
                        .await
                        .context("the store cannot be read")?
                        .map(Arc::new),
                };
                if let Some(record) = record {
                    self.form.delivery(&record, out)?;
                }
                self.last = row.id.0;
            }
            if !page.more() {
                self.complete_at = Instant::now();
                return Ok(());
            }
        }
    }
}

impl Form {
    fn delivery(&self, record: &Record, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Text(style) => write_text(out, &style.record(record)),
            Self::Json { reveal } => ndjson::write_line(out, &ndjson::delivery(record, *reveal)),
        }
    }

    fn reinspected(&self, record: &Record, out: &mut impl Write) -> io::Result<()> {
        match self {
            // People have read its line already; `show` tells them more.
            Self::Text(_) => Ok(()),
            Self::Json { .. } => ndjson::write_line(out, &ndjson::reinspection(record)),
        }
    }

    fn attempt(
        &self,
        id: Option<AttemptId>,
        attempt: &Attempt,
        out: &mut impl Write,
    ) -> io::Result<()> {
        match (self, id) {
            (Self::Text(style), Some(id)) => write_text(out, &style.attempt(id, attempt)),
            // One that could not be stored is in the log.
            (Self::Text(_), None) => Ok(()),
            (Self::Json { reveal }, id) => {
                ndjson::write_line(out, &ndjson::attempt::line(id, attempt, *reveal))
            }
        }
    }

    fn refusal(&self, refusal: &Refusal, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Text(style) => write_text(out, &style.refusal(refusal)),
            Self::Json { .. } => ndjson::write_line(out, &ndjson::refusal(refusal)),
        }
    }
}

fn write_text(out: &mut impl Write, line: &str) -> io::Result<()> {
    writeln!(out, "{line}")
}
