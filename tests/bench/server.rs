//! The servers under load, each in a process of its own.

use std::convert::Infallible;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::sync::Arc;

use bytes::Bytes;
use hookscope::capture::Shutdown;
use hookscope::capture::feed::Feed;
use hookscope::capture::intake::Intake;
use hookscope::capture::limits::Limits;
use hookscope::client::Client;
use hookscope::client::policy::Policy;
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::endpoint::Endpoint;
use hookscope::domain::forwarding::Forwarding;
use hookscope::domain::keep::Keep;
use hookscope::domain::url::Url;
use hookscope::providers::accounts::Accounts;
use hookscope::providers::route::{Route, Routes};
use hookscope::runtime::forwarding::reports::Reports;
use hookscope::runtime::forwarding::{Forwarder, Wiring};
use hookscope::runtime::outward::Outward;
use hookscope::runtime::retention;
use hookscope::storage::{Durability, Location, Options, Store};
use hookscope::verify::scheme::Scheme;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// The argument that makes this program a server.
pub(crate) const FLAG: &str = "--serve";

/// What serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// hyper that reads the body and answers 200.
    Bare,
    /// hookscope with inspection, `durability = "full"`.
    Full,
    /// hookscope with inspection, `durability = "relaxed"`.
    Relaxed,
    /// As full, and every delivery is handed on.
    Forwarding,
    /// As full, while a large backlog is deleted.
    Keeping,
}

impl Kind {
    /// Those that stand side by side in one table.
    pub(crate) const ALL: [Self; 3] = [Self::Bare, Self::Full, Self::Relaxed];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Full => "full",
            Self::Relaxed => "relaxed",
            Self::Forwarding => "forward",
            Self::Keeping => "keep",
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let others = [Self::Forwarding, Self::Keeping];
        let found = Self::ALL.into_iter().chain(others).find(|kind| kind.as_str() == text);
        found.ok_or_else(|| format!("no server is called {text}"))
    }
}

/// A server process; dropping it ends it.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    child: Child,
}

impl Server {
    pub(crate) fn start(kind: Kind) -> Self {
        Self::start_with(kind, None)
    }

    /// One that hands on to this app.
    pub(crate) fn forwarding_to(app: SocketAddr) -> Self {
        Self::start_with(Kind::Forwarding, Some(app.to_string()))
    }

    /// One that goes on with the store in this file, `durability = "full"`.
    pub(crate) fn on(file: &Path) -> Self {
        Self::start_with(Kind::Full, Some(file.display().to_string()))
    }

    fn start_with(kind: Kind, with: Option<String>) -> Self {
        let program = std::env::current_exe().expect("this program has a path");
        let mut child = Command::new(program)
            .args([FLAG, kind.as_str()])
            .args(with)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts a second time");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("it was piped");
        BufReader::new(stdout).read_line(&mut line).expect("the server tells its address");
        let address = line.trim().parse().expect("the server tells its address");
        Self { address, child }
    }

    /// Processor time that the server took, in seconds; other programs do not change it much.
    pub(crate) fn processor_time(&self) -> Option<f64> {
        /// What the system counts in, a second's part.
        const TICKS: f64 = 100.0;
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let (_, fields) = stat.rsplit_once(')')?;
        let mut fields = fields.split_whitespace().skip(11);
        let user = fields.next()?.parse::<f64>().ok()?;
        let system = fields.next()?.parse::<f64>().ok()?;
        Some((user + system) / TICKS)
    }

    /// The most memory that the server had resident, in KiB.
    pub(crate) fn peak_memory(&self) -> Option<u64> {
        peak_memory(self.child.id())
    }
}

/// The most memory that a process had resident, in KiB.
pub(crate) fn peak_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of its input tells the server to stop.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// So many deliveries are too much at the start.
const BACKLOG: usize = 200_000;

/// Stores so many deliveries.
async fn fill(store: &Store, count: usize) {
    for _ in 0..count / 1_000 {
        let inserts = (0..1_000).map(|_| store.insert(Box::new(super::replay::captured())));
        futures_util::future::try_join_all(inserts).await.expect("the store takes them");
    }
}

/// Serves until standard input ends; `with` is the app to hand on to, or the file of the store.
pub(crate) fn serve(kind: Kind, with: Option<&str>) {
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    let folder =
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("the target folder is writable");
    let app = with.filter(|_| kind == Kind::Forwarding);
    let app = app.map(|app| app.parse().expect("the parent names an address"));
    let file = with.filter(|_| kind == Kind::Full).map(PathBuf::from);
    let file = file.unwrap_or_else(|| folder.path().join("bench.db"));
    let durability = if kind == Kind::Relaxed { Durability::Relaxed } else { Durability::Full };
    runtime.block_on(async {
        let location = Location::File(file);
        let options = Options { location, durability, holder: "a benchmark".to_owned() };
        let store = Store::open(&options).expect("the store opens");
        let mut keep = Keep::default();
        if kind == Kind::Keeping {
            fill(&store, BACKLOG).await;
            keep.count = Some(1_000);
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        println!("{address}");
        std::io::stdout().flush().expect("the parent reads");
        let stop = Shutdown::default();
        let serving = if kind == Kind::Bare {
            tokio::spawn(bare(listener))
        } else {
            tokio::spawn(capture(listener, store, app, keep, stop.clone()))
        };
        let ended = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new()));
        let _ = ended.await;
        stop.begin.cancel();
        if kind == Kind::Bare {
            serving.abort();
        }
        let _ = serving.await;
    });
}

async fn capture(
    listener: TcpListener,
    store: Store,
    app: Option<SocketAddr>,
    keep: Keep,
    stop: Shutdown,
) {
    let app = app.map(|app| Url::parse(&format!("http://{app}")).expect("it is an address"));
    let forwarding = app.map(Forwarding::to).unwrap_or_default();
    let endpoint = Endpoint { forwarding, ..Endpoint::any_path(None) };
    let routes = Routes::new(vec![Route { endpoint, scheme: Scheme::Open }]);
    let feed = Feed::default();
    let intake = Intake::new(routes.clone(), Limits::default(), store.clone(), feed.clone());
    let keeping = tokio::spawn(retention::run(store.clone(), feed.clone(), keep));
    let (messages, _unread) = mpsc::channel(1);
    let wiring = Wiring {
        outward: Outward {
            store: store.clone(),
            client: Client::new(Policy::default()),
            accounts: Accounts::default(),
        },
        routes,
        feed,
        desk: intake.desk().clone(),
        reports: Reports::to_lines(messages),
    };
    let forwarder = Forwarder::start(wiring, DeliveryId(0)).await;
    let mut forwarder = forwarder.expect("the store takes the targets");
    hookscope::capture::serve(listener, Arc::new(intake), stop).await;
    forwarder.stop().await;
    keeping.abort();
    store.close().await;
}

async fn bare(listener: TcpListener) {
    async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
        let _ = request.into_body().collect().await;
        Ok(Response::new(Full::new(Bytes::new())))
    }
    while let Ok((stream, _)) = listener.accept().await {
        stream.set_nodelay(true).expect("a fresh socket takes options");
        tokio::spawn(async move {
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service_fn(answer))
                .await;
        });
    }
}
