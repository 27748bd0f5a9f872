//! `doctor`: what works here and what does not, a line for each.

mod check;
mod accounts;
mod forwards;
mod repair;
mod room;

use std::io::{self, ErrorKind, Write};
use std::net::TcpListener;
use std::path::Path;

use super::arguments::{DoctorArguments, GlobalArguments};
use super::configured;
use super::exit::Exit;
use super::format::Format;
use super::reading::with_file;
use crate::config::Config;
use crate::config::error::ConfigError;
use crate::config::paths::{Environment, mode_open_to_others};
use crate::config::values::Address;
use crate::domain::name::EndpointName;
use crate::providers::accounts::Accounts;
use crate::providers::matching::doubts::doubts;
use crate::providers::route::{Route, Routes};
use crate::runtime::machine;
use crate::runtime::ndjson::{self, Checked};
use crate::runtime::text_lines::Style;
use crate::storage::{Location, Store};
use crate::ui::text;
use crate::verify::scheme::Scheme;
use check::{Check, Level, check};

/// Checks everything; the answer is no if any check is an error.
pub fn run(
    global: &GlobalArguments,
    arguments: &DoctorArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let style = global.style(environment);
    if arguments.repair {
        let store = configured::config(global.flags(), environment)?.store;
        let checks = repair::repair(&store, !global.quiet)?;
        return print_all(&checks, arguments.output.format, &style);
    }
    let mut checks = match configured::config(global.flags(), environment) {
        Ok(config) => of_config(&config, environment, global.offline)?,
        Err(error) => vec![check(Level::Error, "config", error.to_string())],
    };
    checks.extend([clipboard(), terminal(machine::terminal_size(), machine::terminal_colors())]);
    print_all(&checks, arguments.output.format, &style)
}

fn print_all(checks: &[Check], format: Format, style: &Style) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    for check in checks {
        print(check, format, style, &mut out)?;
    }
    let failed = checks.iter().any(|check| check.level == Level::Error);
    Ok(if failed { Exit::No } else { Exit::Done })
}

fn print(check: &Check, format: Format, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let Check { level, what, finding } = check;
    match format {
        Format::Json => ndjson::write_line(out, &Checked { level: level.as_str(), what, finding }),
        Format::Text => {
            let level = style.painted(&format!("{:<7}", level.as_str()), level.tone());
            writeln!(out, "{level}  {}: {}", text::visible(what), text::visible(finding))
        }
    }
}

fn of_config(
    config: &Config,
    environment: &Environment,
    offline: bool,
) -> anyhow::Result<Vec<Check>> {
    let mut checks = vec![source(config)];
    checks.extend(config.warnings.iter().map(|warning| check(Level::Warning, "config", warning)));
    let routes = config.configured_routes(environment);
    let routes = routes.collect::<Vec<_>>();
    let endpoints = routes.iter().filter_map(|(_, route)| Some(&route.as_ref().ok()?.endpoint));
    let configured = config.configured_accounts(environment);
    let readable = Accounts::new(configured.filter_map(|(_, account)| account.ok()).collect());
    let doubts = doubts(&endpoints.collect::<Vec<_>>(), &readable);
    checks.extend(doubts.into_iter().map(|doubt| check(Level::Warning, "account", doubt)));
    checks.extend(routes.iter().map(|(name, route)| endpoint(name, route.as_ref())));
    let usable = routes.into_iter().filter_map(|(_, route)| route.ok()).collect::<Vec<_>>();
    let usable =
        if usable.is_empty() { config.routes(environment) } else { Ok(Routes::new(usable)) };
    checks.extend(forwards::forwards(&usable.unwrap_or_default(), &config.addr, offline)?);
    checks.extend(accounts::accounts(config, environment, offline)?);
    let holder = match &config.store {
        Location::Memory => {
            checks.push(check(Level::Ok, "store", "in memory; nothing is kept"));
            None
        }
        Location::File(file) => {
            let holder = Store::holder(file);
            checks.push(store(file, holder.as_deref()));
            checks.extend(room::room(file, &config.keep));
            checks.extend(open_to_others(file));
            holder
        }
    };
    checks.push(port(&config.addr, holder.as_deref()));
    Ok(checks)
}

fn source(config: &Config) -> Check {
    let finding = match &config.source {
        Some(file) => file.display().to_string(),
        None => "no file; the built-in defaults hold (`hookscope init` writes one)".to_owned(),
    };
    check(Level::Ok, "config", finding)
}

fn endpoint(name: &EndpointName, route: Result<&Route, &ConfigError>) -> Check {
    let (level, finding) = match route.map(|route| &route.scheme) {
        Err(error) => (Level::Error, error.to_string()),
        Ok(Scheme::Open) => (Level::Ok, format!("endpoint {name} is open; nothing is checked")),
        Ok(scheme) => match scheme.without_secret() {
            Some(scheme) => {
                let finding =
                    format!("endpoint {name} has no secret for {scheme}; nothing is checked");
                (Level::Warning, finding)
            }
            None => (Level::Ok, format!("endpoint {name} has what its scheme needs")),
        },
    };
    check(level, "auth", finding)
}

fn store(file: &Path, holder: Option<&str>) -> Check {
    let shown = file.display();
    if !file.exists() {
        let finding = format!("{shown} is not there yet; the first start makes it");
        return check(Level::Ok, "store", finding);
    }
    match with_file(file, |store| async move { Ok(store.count().await?) }) {
        Err(error) => check(Level::Error, "store", format!("{error:#}")),
        Ok(count) => {
            let in_use = holder.map(|holder| format!("in use by another hookscope ({holder})"));
            let in_use = in_use.unwrap_or_else(|| "not in use".to_owned());
            check(Level::Ok, "store", format!("{shown}, {count} deliveries, {in_use}"))
        }
    }
}

/// A warning if others may read the store, which holds what was sent, credentials included.
fn open_to_others(file: &Path) -> Option<Check> {
    let mode = mode_open_to_others(file)?;
    let file = file.display();
    let finding = format!("{file} is open to others (mode {mode:03o}); chmod 600 {file}");
    Some(check(Level::Warning, "store", finding))
}

/// A port is not free to the hookscope that runs already, which says so in what it tells as the
/// holder of the store.
fn port(addr: &Address, holder: Option<&str>) -> Check {
    let ours = || holder.is_some_and(|holder| holder.contains(&addr.to_string()));
    let (level, finding) = match TcpListener::bind((addr.host.as_str(), addr.port)) {
        Ok(_) if addr.port == 0 => (Level::Ok, format!("{addr} picks a free one")),
        Ok(_) => (Level::Ok, format!("{addr} is free")),
        Err(error) if error.kind() != ErrorKind::AddrInUse => {
            (Level::Error, format!("cannot listen on {addr}: {error}"))
        }
        Err(_) if ours() => (Level::Ok, format!("{addr} is where the running hookscope listens")),
        Err(_) => (Level::Error, format!("{addr} is taken by another program; try --addr")),
    };
    check(level, "port", finding)
}

fn clipboard() -> Check {
    match machine::clipboard_error() {
        None => check(Level::Ok, "clipboard", "the system's"),
        Some(error) => {
            let finding = format!("only the terminal's own (OSC 52), if it has one: {error}");
            check(Level::Warning, "clipboard", finding)
        }
    }
}

/// The smallest screen that the dashboard draws.
const SMALLEST: (u16, u16) = (40, 10);

fn terminal(size: Option<(u16, u16)>, colors: u32) -> Check {
    match size {
        None => {
            let finding = "standard output is none; listen prints lines there";
            check(Level::Warning, "terminal", finding)
        }
        Some((columns, rows)) if columns < SMALLEST.0 || rows < SMALLEST.1 => {
            let (least_columns, least_rows) = SMALLEST;
            let finding =
                format!("{columns}x{rows} is too small; it takes {least_columns}x{least_rows}");
            check(Level::Warning, "terminal", finding)
        }
        Some((columns, rows)) => {
            let finding = format!("{columns}x{rows}, {} colours", shown_colors(colors));
            check(Level::Ok, "terminal", finding)
        }
    }
}

fn shown_colors(colors: u32) -> String {
    if colors >= u32::from(u16::MAX) { "all".to_owned() } else { colors.to_string() }
}

#[cfg(test)]
mod tests;
