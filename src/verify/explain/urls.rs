//! The address as the sender may know it, where it is signed.

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
struct Url {
    /// The scheme, without `://`.
    proto: String,
    /// Host and port.
    authority: String,
    /// The path, with the query.
    target: String,
}

impl Url {
    fn parse(url: &str) -> Option<Self> {
        let (proto, rest) = url.split_once("://")?;
        let (authority, target) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let [proto, authority, target] = [proto, authority, target].map(str::to_owned);
        Some(Self { proto, authority, target })
    }

    fn at(proto: &str, authority: &str, target: &str) -> Self {
        let [proto, authority, target] = [proto, authority, target].map(str::to_owned);
        Self { proto, authority, target }
    }

    fn base(&self) -> String {
        format!("{}://{}", self.proto, self.authority)
    }

    fn with_target(&self, target: impl Into<String>) -> Self {
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
    let now = signed_url(case.scheme, case.request, &case.received);
    let Some(current) = now.and_then(|now| Url::parse(&now)) else {
        return Box::new(std::iter::empty());
    };
    let public = |url| ("public_url", url);
    let all = origins(case, &current).into_iter().map(public);
    let all = all.chain(targets(&current)).chain(paths(case, &current).into_iter().map(public));
    let mut new: Vec<(_, Url)> = Vec::new();
    for (code, url) in all {
        if url != current && !new.iter().any(|(_, known)| *known == url) {
            new.push((code, url));
        }
    }
    let scheme = without_typed_url(case.scheme);
    let probe = move |(code, url): (_, Url)| {
        let request = Request { target: url.target.clone(), ..case.request.clone() };
        let public_url = Some(url.base());
        Probe { public_url, ..Probe::new(code, message(&url, &current)) }
            .with_request(request)
            .with_scheme(scheme.clone())
    };
    Box::new(new.into_iter().map(probe))
}

fn message(signed: &Url, received: &Url) -> String {
    let to_do = if signed.target == received.target {
        format!("set public_url = \"{}\"", signed.base())
    } else {
        "give that address as url to the auth table, or have the sender sign the one it calls"
            .into()
    };
    let shown = |url: &Url| {
        let text = format!("{}{}", url.base(), url.target);
        let is_long = text.chars().count() > SHOWN;
        text.chars().take(SHOWN).chain(is_long.then_some('…')).collect::<String>()
    };
    format!("signed for {}, received as {}: {to_do}", shown(signed), shown(received))
}

/// The same target under other schemes, hosts and ports.
fn origins(case: &Case<'_>, current: &Url) -> Vec<Url> {
    let headers = &case.request.headers;
    let first = |name: &&str| Some(headers.text(name)?.split(',').next()?.trim().to_owned());
    let public = case.received.public_url.and_then(Url::parse).map(|url| url.authority);
    let port = port(&current.authority).or_else(|| port(headers.text("Host")?));
    let local = ["localhost", "127.0.0.1"].into_iter().flat_map(|host| {
        let with_port = port.map(|port| format!("{host}:{port}"));
        with_port.into_iter().chain([host.to_owned()])
    });
    let hosts = [current.authority.clone()].into_iter().chain(HOSTS.iter().filter_map(first));
    let hosts = hosts.chain(public).chain(local).filter(|host| !host.is_empty());
    let variants = |host: String| {
        let lower = host.to_ascii_lowercase();
        let bare = host_of(&lower).to_owned();
        [("https", "443"), ("http", "80")].into_iter().flat_map(move |(proto, own)| {
            let ported = format!("{bare}:{own}");
            let authorities = [host.clone(), lower.clone(), bare.clone(), ported];
            authorities.map(|authority| (proto, authority))
        })
    };
    let origins = hosts.flat_map(variants);
    origins.map(|(proto, authority)| Url::at(proto, &authority, &current.target)).collect()
}

/// The same origin and path with another query, or with fewer escapes.
fn targets(current: &Url) -> Vec<(&'static str, Url)> {
    let (path, query) = current.path_and_query();
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let Some(query) = query else {
        return vec![("url_path_decoded", current.with_target(decoded(path)))];
    };
    let mut sorted = query.split('&').collect::<Vec<_>>();
    sorted.sort_unstable();
    let queries =
        [sorted.join("&"), query.replace('+', "%20"), query.replace("%20", "+"), decoded(query)];
    let queries = queries.map(|query| ("url_query", format!("{path}?{query}")));
    let paths = [format!("{}?{query}", decoded(path)), decoded(&current.target)];
    let paths = paths.map(|target| ("url_path_decoded", target));
    let all = [("url_query", path.to_owned())].into_iter().chain(queries).chain(paths);
    all.map(|(code, target)| (code, current.with_target(target))).collect()
}

/// The same origin with other paths, and the request's own target where another one is typed.
fn paths(case: &Case<'_>, current: &Url) -> Vec<Url> {
    let headers = &case.request.headers;
    let own = case.request.target.as_str();
    let public = case.received.public_url.and_then(Url::parse);
    let (path, query) = current.path_and_query();
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let turned = path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_owned);
    let prefix = headers.text("X-Forwarded-Prefix").unwrap_or_default().trim_end_matches('/');
    let below = public.as_ref().and_then(|url| path.strip_prefix(url.target.trim_end_matches('/')));
    let made = [format!("{turned}{query}"), format!("{prefix}{}", current.target), own.to_owned()];
    let told =
        TARGETS.iter().filter_map(|name| headers.text(name)).filter(|at| at.starts_with('/'));
    let targets = made.into_iter().chain(told.map(str::to_owned));
    let targets = targets.chain(below.map(|path| format!("{path}{query}")));
    let host = headers.text("Host").into_iter();
    let elsewhere = host.flat_map(|host| ["https", "http"].map(|proto| Url::at(proto, host, own)));
    let elsewhere = elsewhere.chain(public.as_ref().map(|url| url.with_target(own)));
    targets.map(|target| current.with_target(target)).chain(elsewhere).collect()
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
