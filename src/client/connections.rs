//! Connections that wait for their next request, while many go to the same place.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Waker};
use std::time::{Duration, Instant};

use tokio::io::ReadBuf;

use super::connect::Connection;
use crate::domain::url::Url;

/// The most that wait, whatever they lead to.
const MOST: usize = 256;

/// How long one may have waited. Some servers close what is idle after 5 seconds, some after 2; who
/// writes just then writes into the void.
const LONGEST: Duration = Duration::from_millis(1_500);

/// The connections that wait. Clones share them; with the last one they are closed.
#[derive(Clone, Default)]
pub(crate) struct Connections(Arc<Mutex<Vec<Idle>>>);

struct Idle {
    /// An address at its other end.
    url: Url,
    connection: Box<dyn Connection>,
    since: Instant,
}

impl Connections {
    /// The connection to the origin of this address that was used last, if it is still open.
    pub(crate) fn take(&self, url: &Url) -> Option<Box<dyn Connection>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(place) = all.iter().rposition(|idle| idle.url.is_same_origin(url)) {
            let Idle { mut connection, since, .. } = all.remove(place);
            if since.elapsed() < LONGEST && is_quiet(&mut *connection) {
                return Some(connection);
            }
        }
        None
    }

    /// Lets a connection wait, if there is room.
    pub(crate) fn keep(&self, url: Url, connection: Box<dyn Connection>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() < MOST {
            all.push(Idle { url, connection, since: Instant::now() });
        }
    }
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").finish_non_exhaustive()
    }
}

/// Whether nothing came since the last answer: neither the end nor bytes that nobody asked for.
fn is_quiet(connection: &mut dyn Connection) -> bool {
    let mut byte = [0];
    let mut read = ReadBuf::new(&mut byte);
    let mut context = Context::from_waker(Waker::noop());
    Pin::new(connection).poll_read(&mut context, &mut read).is_pending()
}
