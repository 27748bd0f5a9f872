//! A plan is carried out for the dashboard.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::app::message::Message;
use crate::domain::plan::Plan;
use crate::providers::route::Routes;
use crate::runtime::outward::Outward;
use crate::runtime::replaying::told::Told;

/// So much of what a replay tells waits for the loop.
const TOLD: usize = 16;

/// Makes the request of the first delivery.
pub(super) async fn rehearse(outward: Outward, plan: Plan, routes: Routes) -> Message {
    let Some(first) = plan.deliveries.first() else {
        return Message::Rehearsed(Err("there is no delivery to send".to_owned()));
    };
    let call = outward.rehearse(*first, &plan, &routes).await;
    Message::Rehearsed(call.map(|call| Box::new(call.masked())))
}

/// Carries out a plan. Attempts are told one by one only where one request was planned.
pub(super) async fn replay(
    outward: Outward,
    plan: Plan,
    routes: Routes,
    inbox: mpsc::Sender<Message>,
    cancel: CancellationToken,
) -> Message {
    let (tell, mut told) = mpsc::channel(TOLD);
    let is_single = plan.total() == 1;
    let passing_on = async {
        while let Some(told) = told.recv().await {
            let message = match told {
                Told::Attempted { id, attempt } if is_single => Message::Attempted { id, attempt },
                Told::Progress(progress) => Message::Replaying(progress),
                // The summary counts them.
                Told::Attempted { .. } | Told::Unsent { .. } => continue,
            };
            // The loop may have ended; then nobody wants the message.
            let _ = inbox.send(message).await;
        }
    };
    let (summary, ()) = tokio::join!(outward.replay(&plan, &routes, tell, cancel), passing_on);
    Message::Replayed(summary)
}

#[cfg(test)]
mod tests;
