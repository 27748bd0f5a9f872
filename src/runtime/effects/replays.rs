//! A plan is carried out for the dashboard.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::app::message::Message;
use crate::domain::attempt::Call;
use crate::domain::masking;
use crate::domain::plan::Plan;
use crate::providers::route::Routes;
use crate::runtime::outward::Outward;
use crate::runtime::replaying::told::Told;

/// Makes the first request of a plan and shows it, credentials masked.
pub(super) async fn dry_run(outward: &Outward, plan: &Plan, routes: &Routes) -> Message {
    Message::DryRun(outward.dry_run(plan, routes).await.map(|call| shown(&call)))
}

fn shown(call: &Call) -> String {
    let mut text = format!("{} {}\n", call.request.method, call.url);
    for field in call.request.headers.iter() {
        let (name, value) = (&field.name, masking::shown(field, false));
        text.push_str(&String::from_utf8_lossy(name));
        text.push_str(": ");
        text.push_str(&String::from_utf8_lossy(&value));
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&String::from_utf8_lossy(&call.request.body));
    text
}

/// So much of what a replay tells waits for the loop.
const TOLD: usize = 16;

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
