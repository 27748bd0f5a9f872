//! The dashboard's commands about subscriptions, each with the message that answers it.

use tokio::sync::mpsc;

use crate::app::command::Command;
use crate::app::message::Message;
use crate::app::toast::Notice;
use crate::domain::name::AccountName;
use crate::domain::subscription::{Change, Rejection, Subscription};
use crate::runtime::leasing;
use crate::runtime::subscribing::Subscribing;
use crate::runtime::subscribing::inventory::Inventory;
use crate::runtime::subscribing::not_done::NotDone;
use crate::runtime::undertaken::Undertaken;

/// Lists subscriptions at a provider, or changes them; what there is to tell about it.
pub(super) async fn see_to(
    subscribing: Subscribing,
    undertaken: Undertaken,
    command: Command,
    inbox: mpsc::Sender<Message>,
) -> Option<Message> {
    let action = command.action().unwrap_or_default();
    let (account, task) = match command {
        Command::ListSubscriptions(account) => {
            return Some(list(subscribing, account, inbox).await);
        }
        Command::ForgetLease { account, subscription } => {
            return forget(subscribing, account, subscription).await;
        }
        Command::ChangeSubscription { account, change } => (account, Task::Change(change)),
        Command::TakeLease { account, subscription, target } => {
            (account, Task::Take { subscription, target })
        }
        Command::ReturnLease { account, subscription } => {
            (account, Task::GiveBack { id: subscription })
        }
        _ => return None,
    };
    Some(change(subscribing, undertaken, account, action, task).await)
}

/// What is changed.
#[derive(Debug)]
enum Task {
    /// Subscriptions at the provider.
    Change(Box<Change>),
    /// A lease is taken.
    Take { subscription: Box<Subscription>, target: String },
    /// The lease of a subscription is given back.
    GiveBack { id: String },
}

/// Lists; what has to be told beside is told ahead of the list.
async fn list(
    subscribing: Subscribing,
    account: AccountName,
    inbox: mpsc::Sender<Message>,
) -> Message {
    let listed = match subscribing.list(&account).await {
        Ok(Inventory { listed, remarks }) => {
            for remark in remarks {
                let notice = Notice::warning(format!("{account}: {remark}"));
                // The loop may have ended; then nobody wants the message.
                let _ = inbox.send(Message::Failed(notice)).await;
            }
            Ok(listed)
        }
        Err(not_done) => Err(not_done.into()),
    };
    Message::SubscriptionsListed { account, listed }
}

/// Makes a change, to its end whatever becomes of the dashboard.
async fn change(
    subscribing: Subscribing,
    undertaken: Undertaken,
    account: AccountName,
    action: &'static str,
    task: Task,
) -> Message {
    let made = undertaken.complete({
        let (account, undertaken) = (account.clone(), undertaken.clone());
        async move { task.perform(&subscribing, &undertaken, &account).await }
    });
    let result = match made.await {
        Ok(result) => result.map_err(Rejection::from),
        Err(error) => {
            tracing::error!(%error, "a change of subscriptions ended badly");
            let message = "something went wrong inside; details are in the log. List again to see \
                           what was changed";
            Err(Rejection::of_whole(message))
        }
    };
    Message::SubscriptionChanged { account, action, result }
}

/// Forgets a lease: there is something to tell only if that fails.
async fn forget(subscribing: Subscribing, account: AccountName, id: String) -> Option<Message> {
    let forgotten = leasing::forget(&subscribing.outward.store, &account, &id).await;
    let error = forgotten.err()?;
    let text = format!("the lease of {id} could not be forgotten: {error}");
    Some(Message::Failed(Notice::error(text)))
}

impl Task {
    async fn perform(
        self,
        subscribing: &Subscribing,
        undertaken: &Undertaken,
        account: &AccountName,
    ) -> Result<Vec<String>, NotDone> {
        match self {
            Self::Change(change) => Ok(subscribing.change(account, *change).await?.remarks),
            Self::Take { subscription, target } => {
                leasing::take(subscribing, undertaken, account, *subscription, target).await
            }
            Self::GiveBack { id } => leasing::give_back(subscribing, account, &id).await,
        }
    }
}
