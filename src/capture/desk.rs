//! Who decides what a stored delivery is answered, while its sender waits: another answer that the
//! user has set, the user at the moment, or the app that deliveries are forwarded to. Nobody is
//! waited for longer than a budget; then the delivery gets what it would have got, or what stands
//! in for the app's answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::feed::Feed;
use crate::domain::arrival::Arrival;
use crate::domain::delivery::DeliveryId;
use crate::domain::endpoint::{Answer, AppAnswers};
use crate::domain::name::EndpointName;
use crate::domain::record::Record;
use crate::domain::shape::{Hold, Manner, Shape, Span};

/// The decisions that are in effect. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Desk(Arc<Mutex<Decisions>>);

#[derive(Debug, Default)]
struct Decisions {
    shapes: HashMap<EndpointName, Shape>,
    hold: Option<Hold>,
    held: HashMap<DeliveryId, oneshot::Sender<Option<Answer>>>,
    app: Option<mpsc::Sender<Question>>,
    /// The listener ends: nothing is held any more.
    ending: bool,
}

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

/// What a delivery is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) answer: Answer,
    pub(crate) manner: Manner,
    /// Whether the user has set it.
    pub(crate) is_shaped: bool,
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self { answer, manner: Manner::Whole, is_shaped: false }
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
    pub fn release(&self, id: DeliveryId, answer: Option<Answer>) -> bool {
        let waiting = self.decisions().held.remove(&id);
        waiting.is_some_and(|waiting| waiting.send(answer).is_ok())
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
    pub(crate) fn next(&self, endpoint: &EndpointName, usual: Answer) -> Reply {
        let mut decisions = self.decisions();
        let Some(shape) = decisions.shapes.get(endpoint) else { return usual.into() };
        let Shape { answer, manner, span: _ } = shape.clone();
        let reply = Reply { answer, manner, is_shaped: true };
        if shape.span == Span::Next {
            decisions.shapes.remove(endpoint);
        }
        reply
    }

    /// Waits for the user if the delivery is held; none if it is not, or nobody decided in time.
    pub(crate) async fn held(&self, record: &Arc<Record>, feed: &Feed) -> Option<Answer> {
        let id = record.id;
        let (budget, decided) = {
            let mut decisions = self.decisions();
            let hold = decisions.hold.as_ref().filter(|hold| hold.filter.matches(record))?;
            let budget = hold.budget;
            if decisions.ending {
                return None;
            }
            let (sender, decided) = oneshot::channel();
            decisions.held.insert(id, sender);
            (budget, decided)
        };
        // Whatever ends the wait, an aborted connection included, it is told.
        let _letting_go = LettingGo { desk: self, feed, id };
        feed.publish(Arrival::Held { record: Arc::clone(record), budget });
        timeout(budget, decided).await.ok()?.ok()?
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
