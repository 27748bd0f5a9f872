//! The address as the sender may know it, where it is signed.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::reshape::{signed_url, without_typed_url};
use super::search::{Case, Probe, Probes};
use crate::domain::http::Request;

/// Headers in which proxies tell the host, or the target, that they were called by.
const HOSTS: &[&str] = &["Host", "X-Forwarded-Host", "X-Original-Host", "X-Forwarded-Server"];
const TARGETS: &[&str] = &["X-Forwarded-Uri", "X-Original-Url", "X-Original-Uri", "X-Rewrite-Url"];

/// The most characters of an address in a message.
const SHOWN: usize = 200;

/// A URL, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Url<'a> {
    proto: Cow<'a, str>,
    authority: Cow<'a, str>,
    /// The path, with the query.
    target: Cow<'a, str>,
}

impl<'a> Url<'a> {
    fn parse(url: &'a str) -> Option<Self> {
        let (proto, rest) = url.split_once("://")?;
        let (authority, target) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        Some(Self { proto: proto.into(), authority: authority.into(), target: target.into() })
    }

    fn base(&self) -> String {
        format!("{}://{}", self.proto, self.authority)
    }

    fn with_target(&self, target: impl Into<Cow<'a, str>>) -> Self {
        Self { target: target.into(), ..self.clone() }
    }

    fn path_and_query(&self) -> (&str, Option<&str>) {
        match self.target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (&self.target, None),
        }
    }
}

/// Other addresses. What the scheme has typed gives way to them.
pub(super) fn urls<'a>(case: &'a Case<'a>) -> Probes<'a> {
    let Some(now) = signed_url(case.scheme, case.request, &case.received) else {
        return Box::new(std::iter::empty());
    };
    let Some(current) = Url::parse(&now) else { return Box::new(std::iter::empty()) };
    let origins = origins(case, &current).into_iter().map(|url| ("public_url", url));
    let targets = targets(&current).into_iter();
    let paths = paths(case, &current).into_iter().map(|url| ("public_url", url));
    let mut urls = Vec::new();
    for (code, url) in origins.chain(targets).chain(paths) {
        if url != current
            && !urls.iter().any(|(_, known)| *known == (url.base(), url.target.to_string()))
        {
            urls.push((code, (url.base(), url.target.to_string())));
        }
    }
    let (target, now) = (current.target.to_string(), now.clone());
    let scheme = without_typed_url(case.scheme);
    Box::new(urls.into_iter().map(move |(code, (new_base, new_target))| {
        let url = format!("{new_base}{new_target}");
        let (signed, now) = (shown(&url), shown(&now));
        let to_do = if new_target == target {
            format!("set public_url = \"{new_base}\"")
        } else {
            format!("set url = \"{signed}\" in the auth table")
        };
        let message = format!("signed for {signed}, received as {now}: {to_do}");
        let request = Request { target: new_target, ..case.request.clone() };
        Probe { public_url: Some(new_base), ..Probe::new(code, message) }
            .with_request(request)
            .with_scheme(scheme.clone())
    }))
}

/// The same target under other schemes, hosts and ports.
fn origins<'a>(case: &Case<'a>, current: &Url<'a>) -> Vec<Url<'a>> {
    let headers = &case.request.headers;
    let first = |name: &&str| Some(headers.text(name)?.split(',').next()?.trim());
    let named = HOSTS.iter().filter_map(first).map(str::to_owned);
    let public =
        case.received.public_url.and_then(Url::parse).map(|url| url.authority.into_owned());
    let port = port(&current.authority).or_else(|| port(headers.text("Host")?));
    let local = ["localhost", "127.0.0.1"].into_iter().flat_map(|host| {
        let with_port = port.map(|port| format!("{host}:{port}"));
        with_port.into_iter().chain([host.to_owned()])
    });
    let hosts = [current.authority.to_string()].into_iter().chain(named).chain(public).chain(local);
    let hosts = hosts.filter(|host| !host.is_empty()).collect::<Vec<_>>();
    let mut found = Vec::new();
    for host in hosts {
        let lower = host.to_ascii_lowercase();
        for proto in ["https", "http"] {
            let own = if proto == "https" { "443" } else { "80" };
            let bare = host_of(&lower).to_owned();
            let ported = format!("{bare}:{own}");
            for authority in [host.clone(), lower.clone(), bare, ported] {
                let url =
                    Url { proto: proto.into(), authority: authority.into(), ..current.clone() };
                if !found.contains(&url) {
                    found.push(url);
                }
            }
        }
    }
    found
}

/// The same origin and path with another query, or with fewer escapes.
fn targets<'a>(current: &Url<'a>) -> Vec<(&'static str, Url<'a>)> {
    let (path, query) = current.path_and_query();
    let decoded = percent_decode_str(&current.target).decode_utf8_lossy().into_owned();
    let decoded_path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let with = |path: &str| match query {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let mut found = vec![
        ("url_path_decoded", current.with_target(with(&decoded_path))),
        ("url_path_decoded", current.with_target(decoded)),
    ];
    if let Some(query) = query {
        let mut sorted = query.split('&').collect::<Vec<_>>();
        sorted.sort_unstable();
        let queries = [
            sorted.join("&"),
            query.replace('+', "%20"),
            query.replace("%20", "+"),
            percent_decode_str(query).decode_utf8_lossy().into_owned(),
        ];
        let others =
            queries.map(|query| ("url_query", current.with_target(format!("{path}?{query}"))));
        found.push(("url_query", current.with_target(path.to_owned())));
        found.extend(others);
    }
    found
}

/// The same origin with other paths, and the request's own target where another one is typed.
fn paths<'a>(case: &Case<'a>, current: &Url<'a>) -> Vec<Url<'a>> {
    let headers = &case.request.headers;
    let (path, query) = current.path_and_query();
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let turned = path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_owned);
    let prefix = headers.text("X-Forwarded-Prefix").unwrap_or_default().trim_end_matches('/');
    let own = case.request.target.clone();
    let told =
        TARGETS.iter().filter_map(|name| headers.text(name)).filter(|at| at.starts_with('/'));
    let told = told.map(str::to_owned);
    let below = case.received.public_url.and_then(Url::parse).map(|url| url.target.into_owned());
    let without =
        below.and_then(|below| path.strip_prefix(below.trim_end_matches('/')).map(str::to_owned));
    let made = [format!("{turned}{query}"), format!("{prefix}{}", current.target), own.clone()];
    let targets = made.into_iter().chain(told).chain(without.map(|path| format!("{path}{query}")));
    let mut found = targets.map(|target| current.with_target(target)).collect::<Vec<_>>();
    let bases = case.received.public_url.into_iter().filter_map(Url::parse);
    found.extend(bases.map(|base| base.with_target(own.clone())));
    if let Some(host) = headers.text("Host") {
        for proto in ["https", "http"] {
            let (proto, authority) = (proto.into(), host.into());
            found.push(Url { proto, authority, target: own.clone().into() });
        }
    }
    found
}

fn port(authority: &str) -> Option<&str> {
    let (_, port) = authority.rsplit_once(':')?;
    (!port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())).then_some(port)
}

fn host_of(authority: &str) -> &str {
    match port(authority) {
        Some(port) => authority
            .strip_suffix(port)
            .and_then(|host| host.strip_suffix(':'))
            .unwrap_or(authority),
        None => authority,
    }
}

fn shown(url: &str) -> Cow<'_, str> {
    if url.chars().count() <= SHOWN {
        return Cow::Borrowed(url);
    }
    Cow::Owned(url.chars().take(SHOWN).chain(['…']).collect())
}
