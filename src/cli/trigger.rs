//! `trigger`: a sample of a provider's event goes to an endpoint, or to any other address.

use std::io::{self, Write as _};

use anyhow::Context as _;
use jiff::Timestamp;
use uuid::Uuid;

use super::arguments::GlobalArguments;
use super::attempt_text;
use super::configured;
use super::exit::Exit;
use super::failure::Failure;
use super::format::Format;
use super::outward;
use super::show_text::ShowText;
use super::trigger_arguments::TriggerArguments;
use crate::config::Config;
use crate::config::paths::Environment;
use crate::domain::attempt::Call;
use crate::domain::event::ProviderId;
use crate::domain::name::EndpointName;
use crate::domain::nearest::suggestion;
use crate::domain::url::Url;
use crate::providers::accounts::Accounts;
use crate::providers::route::{Route, Routes};
use crate::providers::samples::{self, Content, Sample};
use crate::providers::trigger::{Trigger, route_for};
use crate::runtime::logging;
use crate::runtime::ndjson::{self, SampleLine};
use crate::runtime::outward::Outward;

/// Sends the sample and prints the attempt; with `--list`, prints which there are.
pub fn run(
    global: &GlobalArguments,
    arguments: &TriggerArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    if arguments.list {
        list(arguments)?;
        return Ok(Exit::Done);
    }
    let (Some(provider), Some(event)) = (arguments.provider, arguments.event.as_deref()) else {
        unreachable!("clap requires both without --list")
    };
    let sample = samples::named(provider, event).ok_or_else(|| unknown(provider, event))?;
    let config = configured::config(global.flags(), environment)?;
    let call = call(sample, arguments, &config, environment)?;
    logging::to_stderr(global.verbosity());
    let client = arguments.tls.client(global)?;
    let store = outward::store_to_write(&config, format!("sending {event} of {provider}"))?;
    let outward = Outward { store: store.clone(), client, accounts: Accounts::default() };
    arguments.tls.warn(global, environment)?;
    let show = ShowText { style: global.style(environment), reveal: false };
    let runtime = tokio::runtime::Runtime::new().context("threads cannot be started")?;
    runtime.block_on(async {
        let (id, attempt) = outward.trigger(call).await;
        let printed =
            attempt_text::print(&outward, id, &attempt, arguments.output.format, &show).await;
        store.close().await;
        printed.map(|()| Exit::of_attempt(&attempt))
    })
}

fn unknown(provider: ProviderId, event: &str) -> Failure {
    let known = samples::of(provider).map(|sample| sample.event);
    let message = format!("{provider} has no sample {event}{}", suggestion(event, known));
    Failure::new(Exit::Wrong, "no_sample", message)
        .hint(format!("`hookscope trigger {provider} --list` shows them all"))
}

fn list(arguments: &TriggerArguments) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let wanted = |id: &ProviderId| arguments.provider.is_none_or(|provider| provider == *id);
    for sample in ProviderId::ALL.into_iter().filter(wanted).flat_map(samples::of) {
        let Sample { provider, event, .. } = sample;
        match arguments.output.format {
            Format::Json => {
                let body = sample.body(Content::Whole);
                let line = SampleLine { provider: provider.as_str(), event, body: &body };
                ndjson::write_line(&mut out, &line)?;
            }
            Format::Text if sample.data_is_documented() => writeln!(out, "{provider} {event}")?,
            Format::Text => writeln!(out, "{provider} {event}  (its data is not documented)")?,
        }
    }
    Ok(())
}

fn call(
    sample: &Sample,
    arguments: &TriggerArguments,
    config: &Config,
    environment: &Environment,
) -> anyhow::Result<Call> {
    let routes = config.routes(environment)?;
    let route = match &arguments.endpoint {
        Some(name) => Some(named(&routes, name)?),
        None => route_for(&routes, sample.provider),
    };
    let local = route.map(|route| listener(config, route)).transpose();
    let url = match (&arguments.to, local) {
        (Some(url), _) => url.clone(),
        (None, Ok(Some(url))) => url,
        (None, Ok(None)) => return Err(nowhere().into()),
        (None, Err(failure)) => return Err(failure.into()),
    };
    let ours = arguments.to.is_none() || is_listener(config, &url);
    let public_url = route.and_then(|route| route.endpoint.public_url.as_deref());
    let trigger = Trigger {
        sample,
        content: if arguments.without_data { Content::WithoutData } else { Content::Whole },
        edits: &arguments.set,
        url,
        route,
        public_url: public_url.filter(|_| ours),
    };
    let call = trigger.call(Timestamp::now(), &Uuid::now_v7().to_string());
    Ok(call.map_err(|error| Failure::new(Exit::Wrong, "no_sample", error.to_string()))?)
}

/// The endpoint of that name.
pub(super) fn named<'a>(routes: &'a Routes, name: &str) -> Result<&'a Route, Failure> {
    routes.named(&EndpointName::from(name)).ok_or_else(|| {
        let known = routes.iter().map(|route| route.endpoint.name.as_str());
        let message = format!("there is no endpoint {name}{}", suggestion(name, known));
        Failure::new(Exit::Wrong, "no_endpoint", message)
    })
}

/// The address of an endpoint at the listener that the config describes.
fn listener(config: &Config, route: &Route) -> Result<Url, Failure> {
    if config.addr.port == 0 {
        return Err(nowhere());
    }
    let path = route.endpoint.path.example();
    let text = format!("http://{}{path}", config.addr);
    Url::parse(&text).map_err(|error| {
        Failure::new(Exit::Wrong, "no_target", format!("the address {text} {error}"))
            .hint("say where to send it with --to URL")
    })
}

fn is_listener(config: &Config, url: &Url) -> bool {
    url.is_loopback() && url.port() == config.addr.port
}

fn nowhere() -> Failure {
    Failure::new(Exit::Wrong, "no_target", "the config does not tell where the listener is")
        .hint("say where to send it with --to URL")
}
