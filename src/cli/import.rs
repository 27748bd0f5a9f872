//! `import`: the deliveries of a file go into the store, as if they had arrived.

use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use http::StatusCode;
use jiff::Timestamp;
use uuid::Uuid;

use super::arguments::GlobalArguments;
use super::configured;
use super::exchange_arguments::ImportArguments;
use super::exit::Exit;
use super::failure::Failure;
use super::progress::ProgressLine;
use crate::config::Config;
use crate::config::paths::Environment;
use crate::domain::annotation::Annotation;
use crate::domain::delivery::{Delivery, DeliveryId};
use crate::domain::name::EndpointName;
use crate::domain::nearest::suggestion;
use crate::exchange;
use crate::exchange::imported::{ImportError, Imported, LONGEST_FILE};
use crate::providers;
use crate::providers::accounts::Accounts;
use crate::providers::route::{Route, Routes};
use crate::storage::error::StoreError;
use crate::storage::{Captured, Location, Options, Store};
use crate::ui::text;

/// So many are on their way into the store at once, bodies included.
const AT_ONCE: usize = 32;

/// Imports a file. One with a mistake is not imported at all.
pub fn run(
    global: &GlobalArguments,
    arguments: &ImportArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let config = configured::config(global.flags(), environment)?;
    // An account whose secrets cannot be read matches nothing; that keeps nothing from being stored.
    let accounts = config.accounts(environment).unwrap_or_default();
    let routes = config.routes(environment)?.with_accounts(accounts);
    let Import { file, name } = &read(&arguments.file)?;
    let mistaken =
        |error: ImportError| Failure::new(Exit::Wrong, "import", format!("{name}: {error}"));
    let import = |delivery: Result<Imported, ImportError>| {
        let delivery = delivery.map_err(mistaken)?;
        let route = route(&routes, &delivery, arguments.endpoint.as_deref())?;
        Ok::<_, Failure>((delivery, route))
    };
    let (mut uids, mut total) = (HashSet::new(), 0);
    for delivery in exchange::read(file).map_err(mistaken)?.map(import) {
        let (delivery, _) = delivery?;
        uids.extend(delivery.uid);
        total += 1;
    }
    let store = open(&config)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let stored = runtime.block_on(async {
        let deliveries = exchange::read(file).map_err(mistaken)?.map(import);
        let progress = ProgressLine::new("imported", Some(total), !global.quiet);
        let stored = insert(&store, uids, routes.accounts(), deliveries, &progress).await;
        store.close().await;
        stored
    });
    let Stored { ids, notes } = stored?;
    if !global.quiet {
        for note in notes {
            writeln!(io::stderr(), "{}", text::visible(&note))?;
        }
        let count = ids.len();
        let deliveries = if count == 1 { "delivery" } else { "deliveries" };
        writeln!(io::stderr(), "imported {count} {deliveries}")?;
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for DeliveryId(id) in ids {
        writeln!(out, "{id}")?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// What became of a file.
#[derive(Default)]
struct Stored {
    ids: Vec<DeliveryId>,
    /// What the user should know, once each.
    notes: BTreeSet<String>,
}

/// Stores the deliveries; `uids` are the ids that they bring.
async fn insert(
    store: &Store,
    uids: HashSet<Uuid>,
    accounts: &Accounts,
    deliveries: impl Iterator<Item = Result<(Imported, &Route), Failure>>,
    progress: &ProgressLine,
) -> anyhow::Result<Stored> {
    let mut taken = store.known(uids).await?;
    let mut stored = Stored::default();
    let inserts = deliveries.map(|delivery| {
        let (delivery, route) = delivery?;
        stored.notes.extend(delivery.notes.iter().cloned());
        let Annotation { marked, comment } = delivery.annotation.clone();
        let insert = store.insert(Box::new(captured(delivery, route, accounts, &mut taken)));
        Ok(async move {
            let id = insert.await?.id;
            if marked {
                store.mark(vec![id], true).await?;
            }
            if !comment.is_empty() {
                store.comment(id, comment).await?;
            }
            Ok::<_, anyhow::Error>(id)
        })
    });
    // Several share a commit; they keep their order.
    let mut inserted = stream::iter(inserts)
        .map(async |insert: Result<_, Failure>| insert?.await)
        .buffered(AT_ONCE);
    while let Some(id) = inserted.try_next().await? {
        stored.ids.push(id);
        progress.reached(stored.ids.len() as u64);
    }
    drop(inserted);
    Ok(stored)
}

/// A file that was read.
struct Import {
    file: Bytes,
    /// What to call it.
    name: String,
}

fn read(file: &Path) -> Result<Import, Failure> {
    let (name, opened) = if file.as_os_str() == "-" {
        let input: Box<dyn Read> = Box::new(io::stdin().lock());
        ("standard input".to_owned(), Ok(input))
    } else {
        let opened = File::open(file).map(|file| Box::new(file) as Box<dyn Read>);
        (file.display().to_string(), opened)
    };
    let mut bytes = Vec::new();
    // One byte more than is taken tells that there is more.
    let most = LONGEST_FILE as u64 + 1;
    let read = opened.and_then(|input| input.take(most).read_to_end(&mut bytes));
    read.map_err(|error| {
        Failure::new(Exit::Outside, "unreadable", format!("cannot read {name}: {error}"))
    })?;
    Ok(Import { file: bytes.into(), name })
}

/// The endpoint that the delivery counts as sent to: the one that is named, else the one that takes
/// its path, else the one that the file names.
fn route<'a>(
    routes: &'a Routes,
    delivery: &Imported,
    named: Option<&str>,
) -> Result<&'a Route, Failure> {
    if let Some(name) = named {
        return routes.named(&EndpointName::from(name)).ok_or_else(|| {
            let known = routes.iter().map(|route| route.endpoint.name.as_str());
            let message = format!("there is no endpoint {name}{}", suggestion(name, known));
            Failure::new(Exit::Wrong, "no_endpoint", message)
        });
    }
    let path = delivery.request.path();
    let by_path = routes.find(path).map(|route| &**route);
    let told = || delivery.endpoint.as_ref().and_then(|name| routes.named(name));
    by_path.or_else(told).ok_or_else(|| {
        let message = format!("no endpoint is configured for {path}");
        Failure::new(Exit::Wrong, "no_endpoint", message).hint("name one with --endpoint NAME")
    })
}

fn open(config: &Config) -> Result<Store, anyhow::Error> {
    if config.store == Location::Memory {
        let message = "a store in memory is gone when the import is done";
        return Err(Failure::new(Exit::Wrong, "store_in_memory", message)
            .hint("name a file with --store")
            .into());
    }
    let options = Options {
        location: config.store.clone(),
        durability: config.durability,
        holder: "importing".to_owned(),
    };
    Store::open(&options).map_err(|error| match error {
        StoreError::Held { file, holder } => {
            let file = file.display();
            let message = format!("the store {file} is held by another hookscope ({holder})");
            Failure::new(Exit::Outside, "store_held", message)
                .hint("stop it for the import, or import into another file with --store")
                .into()
        }
        error => error.into(),
    })
}

/// The delivery as if it had just been captured. An id that is taken is not given twice.
fn captured(
    delivery: Imported,
    route: &Route,
    accounts: &Accounts,
    taken: &mut HashSet<Uuid>,
) -> Captured {
    let received_at = delivery.received_at.unwrap_or_else(Timestamp::now);
    let uid = delivery.uid.filter(|uid| taken.insert(*uid)).unwrap_or_else(Uuid::now_v7);
    let inspection = providers::inspect(&delivery.request, received_at, route, accounts);
    let status = delivery.status.unwrap_or(StatusCode::OK);
    Captured {
        delivery: Delivery {
            uid,
            received_at,
            reading: Duration::ZERO,
            peer: delivery.peer.unwrap_or_else(|| ([0, 0, 0, 0], 0).into()),
            endpoint: route.endpoint.name.clone(),
            request: delivery.request,
        },
        inspection,
        status,
        // Importing what was captured here before is no attack.
        nonce: None,
        handshake: None,
    }
}
