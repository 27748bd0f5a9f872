//! Who decides what a stored delivery is answered, while its sender waits: another answer that the
//! user has set, the user at the moment, or the app that deliveries are forwarded to. Nobody is
//! waited for longer than a budget; then the delivery gets what it would have got, or what stands
//! in for the app's answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::feed::Feed;
use crate::domain::arrival::Arrival;
use crate::domain::delivery::DeliveryId;
use crate::domain::endpoint::{Answer, AppAnswers};
use crate::domain::name::EndpointName;
use crate::domain::record::Record;
use crate::domain::shape::{Hold, Reply, Shape, Span};

/// The decisions that are in effect. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Desk(Arc<Mutex<Decisions>>);

#[derive(Debug, Default)]
struct Decisions {
    shapes: HashMap<EndpointName, Shape>,
    hold: Option<Hold>,
    held: HashMap<DeliveryId, oneshot::Sender<Option<Reply>>>,
    app: Option<mpsc::Sender<Question>>,
    /// The listener ends: nothing is held any more.
    ending: bool,
}

/// Tells what a delivery that is held is answered; none for what it would have been.
type Decision = oneshot::Receiver<Option<Reply>>;

/// A delivery whose sender waits for what the app answers.
#[derive(Debug)]
pub struct Question {
    /// The delivery.
    pub record: Arc<Record>,
    /// Takes what is to be answered; dropped if the app has no answer.
    pub reply: oneshot::Sender<FromApp>,
}

/// What becomes of a question to the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FromApp {
    /// The app answers this.
    Answer(Answer),
    /// It is not asked about this delivery, which gets the usual answer.
    NotAsked,
}

/// What a delivery is answered unless somebody decides otherwise while it waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) reply: Reply,
    /// Whether the user has set it.
    pub(crate) is_shaped: bool,
}

impl From<Answer> for Expected {
    fn from(answer: Answer) -> Self {
        Self { reply: answer.into(), is_shaped: false }
    }
}

impl Desk {
    /// Sets another answer for an endpoint, or takes it back.
    pub fn shape(&self, endpoint: &EndpointName, shape: Option<Shape>) {
        let mut decisions = self.decisions();
        match shape {
            Some(shape) => decisions.shapes.insert(endpoint.clone(), shape),
            None => decisions.shapes.remove(endpoint),
        };
    }

    /// Whether this answer is set for an endpoint.
    #[must_use]
    pub fn is_set(&self, endpoint: &EndpointName, shape: &Shape) -> bool {
        self.decisions().shapes.get(endpoint) == Some(shape)
    }

    /// Holds deliveries from now on, or lets all of them go.
    pub fn hold(&self, hold: Option<Hold>) {
        let mut decisions = self.decisions();
        if hold.is_none() {
            release_all(&mut decisions);
        }
        decisions.hold = hold;
    }

    /// Answers a delivery that is held: with this, or as it would have been. False if it is not held
    /// any more.
    pub fn release(&self, id: DeliveryId, reply: Option<Reply>) -> bool {
        let waiting = self.decisions().held.remove(&id);
        waiting.is_some_and(|waiting| waiting.send(reply).is_ok())
    }

    /// Sends the deliveries of endpoints that hand the app's answer back to whoever asks the app.
    pub fn ask(&self, app: mpsc::Sender<Question>) {
        self.decisions().app = Some(app);
    }

    /// Lets every delivery go and holds none any more.
    pub(crate) fn end(&self) {
        let mut decisions = self.decisions();
        decisions.ending = true;
        release_all(&mut decisions);
    }

    /// What the next delivery of an endpoint is answered unless somebody decides otherwise: the
    /// usual, or another answer that was set. One that stands for the next delivery is used up.
    pub(crate) fn next(&self, endpoint: &EndpointName, usual: Answer) -> Expected {
        let mut decisions = self.decisions();
        let Some(shape) = decisions.shapes.get(endpoint) else { return usual.into() };
        let expected = Expected { reply: shape.reply.clone(), is_shaped: true };
        if shape.span == Span::Next {
            decisions.shapes.remove(endpoint);
        }
        expected
    }

    /// Waits for the user if the delivery is held; none if it is not, or nobody decided in time.
    pub(crate) async fn held(&self, record: &Arc<Record>, feed: &Feed) -> Option<Reply> {
        let id = record.id;
        let (budget, decided) = self.begin_to_hold(record)?;
        // Whatever ends the wait, an aborted connection included, it is told.
        let _letting_go = LettingGo { desk: self, feed, id };
        feed.publish(Arrival::Held { record: Arc::clone(record), budget });
        timeout(budget, decided).await.ok()?.ok()?
    }

    /// Holds the delivery if it is to be: for how long at most, and what tells the user's decision.
    fn begin_to_hold(&self, record: &Record) -> Option<(Duration, Decision)> {
        loop {
            let hold = self.decisions().hold.clone()?;
            // Nobody waits for this: a filter may have a long body to look through.
            if !hold.filter.matches(record) {
                return None;
            }
            let mut decisions = self.decisions();
            if decisions.ending {
                return None;
            }
            if decisions.hold.as_ref() == Some(&hold) {
                let (sender, decided) = oneshot::channel();
                decisions.held.insert(record.id, sender);
                return Some((hold.budget, decided));
            }
        }
    }

    /// The app's answer to a delivery, or what stands in for it; none if the app is not asked.
    pub(crate) async fn of_app(&self, record: &Arc<Record>, app: &AppAnswers) -> Option<Answer> {
        let asker = self.decisions().app.clone();
        let answered = timeout(app.within, async {
            let (reply, answer) = oneshot::channel();
            let question = Question { record: Arc::clone(record), reply };
            asker?.send(question).await.ok()?;
            answer.await.ok()
        });
        match answered.await.ok().flatten() {
            Some(FromApp::Answer(answer)) => Some(answer),
            Some(FromApp::NotAsked) => None,
            None => Some(app.otherwise.clone()),
        }
    }

    fn decisions(&self) -> MutexGuard<'_, Decisions> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn release_all(decisions: &mut Decisions) {
    for (_, waiting) in decisions.held.drain() {
        // One whose sender has hung up takes nothing.
        let _ = waiting.send(None);
    }
}

/// Ends the wait of a delivery.
struct LettingGo<'a> {
    desk: &'a Desk,
    feed: &'a Feed,
    id: DeliveryId,
}

impl Drop for LettingGo<'_> {
    fn drop(&mut self) {
        self.desk.decisions().held.remove(&self.id);
        self.feed.publish(Arrival::LetGo(self.id));
    }
}
