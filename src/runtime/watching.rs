//! Tells whoever looks into a store that another program wrote to it. While nobody writes, nothing is done;
//! while somebody writes much, it is looked once in a pause.

use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

use crate::app::message::Message;
use crate::storage::writes::Writes;

/// How long it takes at most until what is written can be read, on a disk that is not slow.
const SETTLED: Duration = Duration::from_millis(50);

/// Watches the store in `file` as long as somebody listens. `version` changes with what another
/// program writes; it is asked at most once in a `pause`, or in each one where the file cannot be
/// watched. `known` is the version that was looked at last.
pub async fn run<F: Future<Output = Option<i64>> + Send>(
    file: PathBuf,
    pause: Duration,
    known: Option<i64>,
    version: impl Fn() -> F + Send,
    outside: mpsc::Sender<Message>,
) {
    let mut looking = Looking { known, version, outside };
    let mut may_watch = true;
    while !looking.outside.is_closed() {
        match Writes::of(&file) {
            Ok(writes) => {
                may_watch = true;
                // What was written before the watch began; and what was half written then.
                looking.look().await;
                if timeout(pause, writes.first()).await.is_err() {
                    looking.look().await;
                    writes.first().await;
                }
                // From here on nobody is woken by a writer that has much to do.
                drop(writes);
                sleep(SETTLED).await;
            }
            Err(error) if may_watch => {
                may_watch = false;
                tracing::warn!(%error, "the store cannot be watched and is asked again and again");
            }
            Err(_) => {}
        }
        looking.look().await;
        sleep(pause).await;
    }
}

/// What was seen of a store, and who is told of a change.
struct Looking<V> {
    known: Option<i64>,
    version: V,
    outside: mpsc::Sender<Message>,
}

impl<F: Future<Output = Option<i64>> + Send, V: Fn() -> F + Send> Looking<V> {
    async fn look(&mut self) {
        let now = (self.version)().await;
        if now != self.known {
            self.known = now;
            // Nobody listens any more where it fails, which ends the watch.
            let _ = self.outside.send(Message::StoreChanged).await;
        }
    }
}
