//! Bodies and addresses that go to programs of the user's.

use std::ffi::OsString;
use std::time::Instant;

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::app::message::{Message, NotBrowsed};
use crate::app::piping::{Ending, Pipe, Printed, Source};
use crate::client::Client;
use crate::domain::delivery::DeliveryId;
use crate::domain::links::WebPage;
use crate::runtime::{browser, piping};
use crate::storage::Store;

/// Runs a command that reads a body.
pub(super) async fn pipe(
    store: Store,
    run: u64,
    pipe: Pipe,
    shell: Option<OsString>,
    inbox: mpsc::Sender<Message>,
    cancel: CancellationToken,
) -> Message {
    let begun = Instant::now();
    let body = match pipe.source {
        Source::Delivery(id) => body_of(&store, id).await,
        Source::Answer(_, body) => Ok(body),
    };
    let (ending, printed) = match body {
        Ok(body) => {
            // Who does not keep up is told the next time.
            let tell = |printed| drop(inbox.try_send(Message::Printed { run, printed }));
            piping::run(&pipe.command, shell, body, tell, &cancel).await
        }
        Err(reason) => (Ending::Unstarted(nothing(&reason)), Printed::default()),
    };
    Message::Piped { run, printed, ending, took: begun.elapsed() }
}

/// Reads the body that a command with the terminal wants.
pub(super) async fn ready(store: Store, command: String, delivery: DeliveryId) -> Message {
    let body = body_of(&store, delivery).await.map_err(|reason| nothing(&reason));
    Message::ReadyToHandOver { command, body }
}

async fn body_of(store: &Store, id: DeliveryId) -> Result<Bytes, String> {
    match store.load(id).await {
        Ok(Some(record)) => Ok(record.delivery.request.body),
        Ok(None) => Err("the store does not have it any more".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn nothing(reason: &str) -> String {
    format!("there is nothing to pipe: {reason}")
}

/// Opens an address in the browser, if this program may reach out that far.
pub(super) async fn browse(
    client: Client,
    page: WebPage,
    variable: fn(&str) -> Option<OsString>,
) -> Message {
    let outcome = match client.permits(&page.url) {
        Ok(()) => browser::open(&page, variable).await.map_err(NotBrowsed::NoBrowser),
        Err(failure) => Err(NotBrowsed::Refused(failure.message)),
    };
    Message::Browsed { page, outcome }
}

#[cfg(test)]
mod tests;
