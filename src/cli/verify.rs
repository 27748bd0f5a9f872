//! `verify`: one delivery, or a request in a file, is checked again; a failure is explained.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;

use super::arguments::{GlobalArguments, Moment, VerifyArguments};
use super::chosen_scheme::chosen;
use super::configured;
use super::exit::Exit;
use super::failure::Failure;
use super::format::Format;
use super::reading::with_store;
use super::show_text::ShowText;
use super::verify_text;
use crate::config::Config;
use crate::config::paths::Environment;
use crate::domain::delivery::DeliveryId;
use crate::domain::http::Request;
use crate::domain::name::{EndpointName, SchemeName};
use crate::domain::verdict::{Reason, Verdict};
use crate::exchange::request_file;
use crate::runtime::ndjson::{self, Verification};
use crate::storage::error::StoreError;
use crate::storage::{Options, Store};
use crate::verify::explain::Limits;
use crate::verify::likeness::{Likeness, looks_like};
use crate::verify::scheme::{Received, Scheme};

/// What is checked.
struct Subject {
    id: Option<DeliveryId>,
    /// The endpoint that it arrived at, or would.
    endpoint: Option<EndpointName>,
    request: Request,
    received_at: Timestamp,
}

/// Checks and prints what was found. Anything but a verified request is a no.
pub fn run(
    global: &GlobalArguments,
    arguments: &VerifyArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let config = configured::config(global.flags(), environment)?;
    let Some(id) = arguments.id else {
        let request = read(arguments.file.as_deref())?;
        let endpoint = config.endpoint_of(request.path()).cloned();
        let subject = Subject { id: None, endpoint, request, received_at: Timestamp::now() };
        let verdict = check(&subject, global, arguments, &config, environment)?;
        return Ok(exit_of(&verdict));
    };
    with_store(global, environment, |store| async move {
        let record = store.load(id).await?.ok_or_else(|| Failure::no_delivery(id))?;
        let (delivery, stored) = (record.delivery, record.inspection.verdict);
        let subject = Subject {
            id: Some(id),
            endpoint: Some(delivery.endpoint),
            request: delivery.request,
            received_at: delivery.received_at,
        };
        let verdict = check(&subject, global, arguments, &config, environment)?;
        let exit = exit_of(&verdict);
        // A nonce that came before is known to the store alone.
        let is_reused = stored.reason() == Some(Reason::Reused.as_str());
        if is_by_config(arguments) && verdict != stored && !is_reused {
            keep(id, verdict, &config, global).await?;
        }
        Ok(exit)
    })
}

fn exit_of(verdict: &Verdict) -> Exit {
    if matches!(verdict, Verdict::Verified { .. }) { Exit::Done } else { Exit::No }
}

/// Whether the check is the one that the config asks for, as of the arrival.
fn is_by_config(arguments: &VerifyArguments) -> bool {
    let VerifyArguments { scheme, secret_env, key, public_url, at, .. } = arguments;
    let is_given =
        scheme.is_some() || secret_env.is_some() || key.is_some() || public_url.is_some();
    !is_given && matches!(at, Moment::Received)
}

/// Stores what was found, unless another program writes the store: that one checks again at its next
/// start.
async fn keep(
    id: DeliveryId,
    verdict: Verdict,
    config: &Config,
    global: &GlobalArguments,
) -> anyhow::Result<()> {
    let options = Options {
        location: config.store.clone(),
        durability: config.durability,
        holder: format!("checking delivery {id} again"),
    };
    let note = match Store::open(&options) {
        Ok(store) => {
            store.reinspect(id, verdict, None).await?;
            store.close().await;
            "stored as what is known of it now"
        }
        Err(StoreError::Held { .. }) => {
            "not stored, because a running hookscope writes the store; it checks again at its next start"
        }
        Err(error) => return Err(error.into()),
    };
    if !global.quiet {
        writeln!(io::stderr(), "hookscope: {note}")?;
    }
    Ok(())
}

/// The request in the file.
fn read(file: Option<&Path>) -> anyhow::Result<Request> {
    let nothing = || Failure::new(Exit::Wrong, "usage", "name a delivery, or a file with --file");
    let file = file.ok_or_else(nothing)?;
    let bytes = fs::read(file).map_err(|error| {
        let message = format!("cannot read {}: {error}", file.display());
        Failure::new(Exit::Outside, "unreadable", message)
    })?;
    request_file::parse(&bytes.into()).map_err(|error| {
        let message = format!("{}: {error}", file.display());
        Failure::new(Exit::Wrong, "request_file", message).into()
    })
}

fn check(
    subject: &Subject,
    global: &GlobalArguments,
    arguments: &VerifyArguments,
    config: &Config,
    environment: &Environment,
) -> anyhow::Result<Verdict> {
    let Subject { id, endpoint, request, received_at } = subject;
    let (scheme, public_url) = chosen(arguments, config, endpoint.as_ref(), environment)?;
    let public_url =
        arguments.public_url.clone().or(public_url).or_else(|| config.public_url.clone());
    let at = match arguments.at {
        Moment::Received => *received_at,
        Moment::Now => Timestamp::now(),
        Moment::At(time) => time,
    };
    let received = Received { at, public_url: public_url.as_deref() };
    let verdict = explained(request, &received, &scheme, endpoint.as_ref(), config, environment);
    let likeness =
        looks_like(request, config.catalog()).filter(|likeness| is_news(&verdict, likeness));
    match arguments.output.format {
        Format::Text => {
            let show = ShowText { style: global.style(environment), reveal: false };
            let evidence = crate::verify::evidence(request, &received, &scheme);
            let judged = show.style.time(at);
            let text = verify_text::text(&show, &verdict, &judged, &evidence, likeness.as_ref());
            io::stdout().write_all(text.as_bytes())?;
        }
        Format::Json => {
            let looks_like = likeness.as_ref().map(|likeness| &likeness.scheme);
            let endpoint = endpoint.as_ref();
            let made = Verification { id: *id, endpoint, at, verdict: &verdict, looks_like };
            ndjson::write_line(&mut io::stdout().lock(), &ndjson::verification(&made))?;
        }
    }
    Ok(verdict)
}

/// The verdict with the clues that a search finds. An endpoint whose secrets cannot be read has none
/// to offer.
fn explained(
    request: &Request,
    received: &Received<'_>,
    scheme: &Scheme,
    endpoint: Option<&EndpointName>,
    config: &Config,
    environment: &Environment,
) -> Verdict {
    let mut verdict = crate::verify::verify(request, received, scheme);
    if let Verdict::Refuted { clues, .. } = &mut verdict {
        let routes = config.configured_routes(environment);
        let others = routes.filter(|(name, _)| Some(*name) != endpoint);
        let others = others.filter_map(|(name, route)| Some((name, route.ok()?.scheme)));
        let others = others.collect::<Vec<_>>();
        let others = others.iter().map(|(name, scheme)| (*name, scheme)).collect::<Vec<_>>();
        *clues = crate::verify::explain(request, received, scheme, &others, Limits::default());
    }
    verdict
}

/// Whether the likeness says what the scheme that was checked by does not.
fn is_news(verdict: &Verdict, likeness: &Likeness) -> bool {
    let is_other = |name: &SchemeName| likeness.scheme != *name && !likeness.also.contains(name);
    match verdict {
        Verdict::Verified { .. } => false,
        _ => verdict.scheme().is_none_or(is_other),
    }
}
