//! The HTTP listener: accepts connections and turns requests into stored deliveries.
//!
//! It never answers 200 before the store has committed, never waits for the screen, and never
//! parses a body further than inspection asks for. It holds no state of a delivery: what is worth
//! keeping is in the store.
//!
//! Reading order: [`intake`] is the life of a delivery on one page; then [`read`], [`tap`],
//! [`limits`], [`feed`], [`desk`] (who else decides what is answered), [`lasting`], [`answer`], and
//! [`connection`] for what happens when a sender misbehaves.

pub mod intake;
mod read;
mod tap;
pub mod limits;
pub mod feed;
pub mod desk;
mod lasting;
mod answer;
mod connection;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use connection::Stop;
use intake::Intake;

/// How many connections are turned away at once when all others are in use.
const TURNED_AWAY: usize = 64;

/// How long to wait after an accept that failed for want of descriptors or memory.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How the listener is told to end.
#[derive(Clone, Debug, Default)]
pub struct Shutdown {
    /// Accept nothing more and finish what is under way.
    pub begin: CancellationToken,
    /// Do not wait for what is under way any longer.
    pub hurry: CancellationToken,
}

/// Accepts and serves until `shutdown` begins; then finishes what is under way within
/// [`limits::Limits::drain`] and drops the rest. Deliveries that were read are stored in any case.
pub async fn serve(listener: TcpListener, intake: Arc<Intake>, shutdown: Shutdown) {
    let limits = *intake.limits();
    let stop = Stop::default();
    let connections = TaskTracker::new();
    let room = Arc::new(Semaphore::new(limits.connections));
    let door = Arc::new(Semaphore::new(TURNED_AWAY));
    loop {
        // The permit comes before the accept: beyond both bounds senders wait in the backlog.
        let (permit, has_room) = tokio::select! {
            permit = permit(&room, &door) => permit,
            () = shutdown.begin.cancelled() => break,
        };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => { pause_after(&error).await; continue }
            },
            () = shutdown.begin.cancelled() => break,
        };
        prepare(&stream);
        let (intake, stop) = (Arc::clone(&intake), stop.clone());
        connections.spawn(async move {
            if has_room {
                connection::serve(stream, peer, intake, stop).await;
            } else {
                connection::turn_away(stream, peer, intake).await;
            }
            drop(permit);
        });
    }
    drop(listener);
    intake.end_waits();
    stop.drain.cancel();
    connections.close();
    tokio::select! {
        () = connections.wait() => {}
        () = tokio::time::sleep(limits.drain) => {}
        () = shutdown.hurry.cancelled() => {}
    }
    stop.abort.cancel();
    connections.wait().await;
    intake.finish().await;
}

/// A permit to serve a connection, or, when there is none left, to turn one away.
async fn permit(room: &Arc<Semaphore>, door: &Arc<Semaphore>) -> (OwnedSemaphorePermit, bool) {
    match Arc::clone(room).try_acquire_owned() {
        Ok(permit) => (permit, true),
        Err(_none_left) => tokio::select! {
            biased;
            permit = Arc::clone(room).acquire_owned() => (permit.expect("never closed"), true),
            permit = Arc::clone(door).acquire_owned() => (permit.expect("never closed"), false),
        },
    }
}

fn prepare(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "an answer may wait for the next packet");
    }
}

/// No error of accept ends the program: some concern one connection, the others pass.
async fn pause_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        return;
    }
    tracing::error!(%error, "a connection could not be accepted");
    tokio::time::sleep(ACCEPT_PAUSE).await;
}
