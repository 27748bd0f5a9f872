//! What a search tries: changes, one at a time, until one of each kind makes the check pass.

use bytes::Bytes;
use jiff::Timestamp;

use crate::domain::http::Request;
use crate::domain::name::EndpointName;
use crate::domain::verdict::{Clue, Verdict};
use crate::verify::received::Received;
use crate::verify::scheme::Scheme;

/// How a request is checked.
pub(in crate::verify) type Check = fn(&Request, &Received<'_>, &Scheme) -> Verdict;

/// How much a search may try. Bodies are hashed anew in most tries, so that what counts is bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most tries.
    pub tries: usize,
    /// The most bytes of bodies in all tries together. The first few tries are free of it, so that
    /// something is tried with the largest body too.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { tries: 2_000, bytes: 24 << 20 }
    }
}

/// Tries that are made however large the body is.
const FREE: usize = 12;

/// A failed check, to be explained.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case<'a> {
    pub(super) check: Check,
    pub(super) request: &'a Request,
    pub(super) received: Received<'a>,
    /// Neither several schemes nor one with handshakes around it.
    pub(super) scheme: &'a Scheme,
    pub(super) others: &'a [(&'a EndpointName, &'a Scheme)],
}

/// A change, what it is called, and what it would mean. What is absent stays as it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Probe {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) request: Option<Request>,
    pub(super) scheme: Option<Scheme>,
    pub(super) public_url: Option<String>,
    pub(super) at: Option<Timestamp>,
}

/// Probes, made when their turn comes.
pub(super) type Probes<'a> = Box<dyn Iterator<Item = Probe> + 'a>;

impl Probe {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), ..Self::default() }
    }

    pub(super) fn with_request(self, request: Request) -> Self {
        Self { request: Some(request), ..self }
    }

    pub(super) fn with_scheme(self, scheme: Scheme) -> Self {
        Self { scheme: Some(scheme), ..self }
    }

    /// Another body for this request.
    pub(super) fn with_body(self, request: &Request, body: impl Into<Bytes>) -> Self {
        self.with_request(Request { body: body.into(), ..request.clone() })
    }

    fn clue(&self) -> Clue {
        Clue { code: self.code.to_owned(), message: self.message.clone() }
    }
}

impl Case<'_> {
    /// Whether the check passes with this change.
    pub(super) fn passes(&self, probe: &Probe) -> bool {
        let received = Received {
            at: probe.at.unwrap_or(self.received.at),
            public_url: probe.public_url.as_deref().or(self.received.public_url),
        };
        let request = probe.request.as_ref().unwrap_or(self.request);
        let scheme = probe.scheme.as_ref().unwrap_or(self.scheme);
        matches!((self.check)(request, &received, scheme), Verdict::Verified { .. })
    }
}

/// A search under way: what was found, and how much may still be tried.
#[derive(Debug)]
pub(super) struct Search<'a> {
    case: Case<'a>,
    tried: usize,
    left: Limits,
    /// The bodies of changes that were nothing but another body: several changes often give the same.
    bodies: Vec<Bytes>,
    pub(super) clues: Vec<Clue>,
}

impl<'a> Search<'a> {
    pub(super) fn new(case: Case<'a>, limits: Limits, clues: Vec<Clue>) -> Self {
        Self { case, tried: 0, left: limits, bodies: vec![case.request.body.clone()], clues }
    }

    /// Tries these; of each kind of change the first that makes the check pass becomes a clue.
    pub(super) fn all(&mut self, probes: impl Iterator<Item = Probe>) {
        for probe in probes {
            if !self.has(probe.code) && self.is_new(&probe) && self.holds(&probe) {
                self.clues.push(probe.clue());
            }
        }
    }

    /// Tries every pair of a change of the scheme and one of the request, until one passes.
    pub(super) fn pairs(&mut self, schemes: &[Probe], requests: &[Probe]) {
        for one in schemes {
            for other in requests {
                let both = Probe { request: other.request.clone(), ..one.clone() };
                if self.holds(&both) {
                    for (clue, with) in [(one.clue(), other.code), (other.clue(), one.code)] {
                        let message = format!("together with {with}: {}", clue.message);
                        self.clues.push(Clue { message, ..clue });
                    }
                    return;
                }
            }
        }
    }

    fn has(&self, code: &str) -> bool {
        self.clues.iter().any(|clue| clue.code == code)
    }

    fn is_new(&mut self, probe: &Probe) -> bool {
        let Probe { request: Some(request), scheme: None, public_url: None, .. } = probe else {
            return true;
        };
        let Request { method, target, headers, .. } = self.case.request;
        if (method, target, headers) != (&request.method, &request.target, &request.headers) {
            return true;
        }
        let is_new = !self.bodies.contains(&request.body);
        if is_new {
            self.bodies.push(request.body.clone());
        }
        is_new
    }

    fn holds(&mut self, probe: &Probe) -> bool {
        let body = &probe.request.as_ref().unwrap_or(self.case.request).body;
        let left = self.left.bytes.checked_sub(body.len());
        if self.tried >= self.left.tries || (left.is_none() && self.tried >= FREE) {
            return false;
        }
        self.tried += 1;
        self.left.bytes = left.unwrap_or(0);
        self.case.passes(probe)
    }
}
