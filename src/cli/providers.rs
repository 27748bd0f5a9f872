//! `providers`: the providers with their events, and the signature schemes.

use std::io::{self, Write};

use super::arguments::{GlobalArguments, ProvidersArguments};
use super::configured;
use super::exit::Exit;
use super::failure::Failure;
use super::format::Format;
use crate::config::paths::Environment;
use crate::domain::nearest::suggestion;
use crate::providers::PROVIDERS;
use crate::providers::provider::Provider;
use crate::providers::rules::{Rules, rules};
use crate::runtime::ndjson::{self, EventLine, ProviderLine, SchemeLine};
use crate::runtime::text_lines::{Style, Tone};
use crate::verify::catalog::{Catalog, Listing};

/// Prints every provider and scheme, or those of one name.
pub fn run(
    global: &GlobalArguments,
    arguments: &ProvidersArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let config = configured::config(global.flags(), environment)?;
    let catalog = config.catalog();
    let is_wanted = |name: &str| arguments.name.as_ref().is_none_or(|wanted| wanted == name);
    let providers = PROVIDERS.iter().filter(|provider| is_wanted(provider.id().as_str()));
    let providers = providers.copied().collect::<Vec<_>>();
    let schemes = catalog.listings().filter(|listing| is_wanted(listing.name)).collect::<Vec<_>>();
    if let Some(name) = &arguments.name
        && providers.is_empty()
        && schemes.is_empty()
    {
        return Err(unknown(name, catalog).into());
    }
    match arguments.output.format {
        Format::Text => {
            let style = global.style(environment);
            print_text(&mut io::stdout().lock(), &providers, &schemes, &style)?;
        }
        Format::Json => print_json(&mut io::stdout().lock(), &providers, &schemes)?,
    }
    Ok(Exit::Done)
}

fn unknown(name: &str, catalog: &Catalog) -> Failure {
    let providers = PROVIDERS.iter().map(|provider| provider.id().as_str());
    let suggestion = suggestion(name, providers.chain(catalog.names()));
    let message = format!("there is no provider or scheme {name}{suggestion}");
    Failure::new(Exit::No, "not_found", message).hint("`hookscope providers` lists them all")
}

fn print_text(
    out: &mut impl Write,
    providers: &[&dyn Provider],
    schemes: &[Listing<'_>],
    style: &Style,
) -> io::Result<()> {
    for provider in providers {
        writeln!(out, "{}  provider", style.painted(provider.id().as_str(), Tone::Good))?;
        let Rules { accepted, retries, notes } = rules(provider.id());
        let retried = format!("tries again {retries}");
        let said = [format!("accepts {accepted}"), retried];
        for line in said.iter().map(String::as_str).chain(notes.iter().copied()) {
            writeln!(out, "  {}", style.painted(line, Tone::Dim))?;
        }
        for event in provider.events() {
            writeln!(out, "  {:<36} {}", event.name, style.painted(event.fires, Tone::Dim))?;
        }
    }
    if !schemes.is_empty() && !providers.is_empty() {
        writeln!(out)?;
    }
    for Listing { name, summary, keys, unconfirmed, has_handshake, .. } in schemes {
        let keys = keys.join(", ");
        let marks = [(*unconfirmed, "unconfirmed"), (*has_handshake, "answers handshakes")];
        let marks = marks.into_iter().filter_map(|(given, mark)| given.then_some(mark));
        let about = [keys.as_str()].into_iter().filter(|keys| !keys.is_empty()).chain(marks);
        let about = about.collect::<Vec<_>>().join("; ");
        let name = style.painted(&format!("{name:<28}"), Tone::Good);
        writeln!(out, "{name} {}  {}", summary.replace('`', ""), style.painted(&about, Tone::Dim))?;
    }
    Ok(())
}

fn print_json(
    out: &mut impl Write,
    providers: &[&dyn Provider],
    schemes: &[Listing<'_>],
) -> io::Result<()> {
    for provider in providers {
        let events = provider.events();
        let events = events.iter().map(|event| EventLine { name: event.name, fires: event.fires });
        let Rules { accepted, retries, notes } = rules(provider.id());
        let line = ProviderLine {
            name: provider.id().as_str(),
            accepts: accepted,
            retries,
            notes,
            events: events.collect(),
        };
        ndjson::write_line(out, &line)?;
    }
    for listing in schemes {
        let line = SchemeLine {
            name: listing.name,
            summary: &listing.summary.replace('`', ""),
            keys: &listing.keys,
            unconfirmed: listing.unconfirmed,
            handshake: listing.has_handshake,
        };
        ndjson::write_line(out, &line)?;
    }
    Ok(())
}
