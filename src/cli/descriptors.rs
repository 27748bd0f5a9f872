//! Room for connections: each takes a file descriptor, and the usual limit is low.

/// Raises the limit of open files as far as the system allows without asking.
#[cfg(unix)]
pub(super) fn raise_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        tracing::info!(%error, "the limit of open files stays as it is");
    }
}

/// There is no such limit on this system.
#[cfg(not(unix))]
pub(super) fn raise_limit() {}
