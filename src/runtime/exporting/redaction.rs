//! What redaction has to know of the config, and what it tells the user.

use std::collections::BTreeMap;

use crate::client::censor;
use crate::config::Config;
use crate::config::error::ConfigError;
use crate::config::paths::Environment;
use crate::domain::delivery::DeliveryId;
use crate::domain::endpoint::Endpoint;
use crate::domain::name::EndpointName;
use crate::domain::record::Record;
use crate::exchange::fixture::{self, Fixture, Shared};
use crate::exchange::redact::{Redacted, Redactor};
use crate::providers::route::Route;
use crate::verify::scheme::Scheme;

/// Puts stand-ins in place of what is not to be shared, the same ones within a file.
#[derive(Debug)]
pub struct Redaction {
    redactor: Redactor,
    routes: BTreeMap<EndpointName, Redactable>,
    /// What the user should know, with the first delivery that it is about, and how many there are.
    notes: BTreeMap<String, (DeliveryId, usize)>,
}

#[derive(Debug)]
struct Redactable {
    /// Without its scheme, whose secrets are not to be shared.
    route: Route,
    /// None without a scheme; else why nobody can sign.
    shared: Result<Option<Shared>, String>,
}

impl Redactable {
    /// An endpoint that is not configured any more.
    fn gone() -> Self {
        Self {
            route: Route { endpoint: Endpoint::any_path(None), scheme: Scheme::Open },
            shared: Err("it is not configured any more".to_owned()),
        }
    }
}

impl Redaction {
    /// Reads every secret that there is, so that none of them is written.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn new(config: &Config, environment: &Environment) -> Result<Self, ConfigError> {
        let accounts = config.accounts(environment)?;
        let secrets = accounts.iter().flat_map(|account| censor::secrets(&account.credentials));
        let mut known = secrets.collect::<Vec<_>>();
        let mut routes = BTreeMap::new();
        for route in config.routes(environment)?.iter() {
            let auths = config.auths(&route.endpoint.name, environment)?;
            known.extend(auths.iter().flat_map(fixture::secrets_of).cloned());
            let shared = fixture::shared(&route.endpoint, &auths, config.catalog());
            let shared = shared.map_err(|error| error.to_string());
            let route = Route { endpoint: route.endpoint.clone(), scheme: Scheme::Open };
            routes.insert(route.endpoint.name.clone(), Redactable { route, shared });
        }
        Ok(Self { redactor: Redactor::new(known), routes, notes: BTreeMap::new() })
    }

    /// The delivery as it can be shared, and what it verifies by.
    pub(super) fn redacted(&mut self, record: &Record) -> (Record, Option<Fixture>) {
        let name = &record.delivery.endpoint;
        let Redactable { route, shared } =
            self.routes.entry(name.clone()).or_insert_with(Redactable::gone);
        let able = shared.as_ref().ok().and_then(Option::as_ref);
        let redacted = self.redactor.redacted(record, route, able);
        let Redacted { record: new, unsigned, is_opaque } = redacted;
        let mut note = |text: String| {
            self.notes.entry(text).or_insert((record.id, 0)).1 += 1;
        };
        if let Err(error) = &*shared {
            note(format!("endpoint {name} is not signed afresh: {error}"));
        }
        if let Some(why) = &unsigned {
            note(format!("not signed afresh: {why}"));
        }
        if is_opaque {
            note("the body is not text and was taken out".to_owned());
        }
        let fixture = able.filter(|_| unsigned.is_none()).map(|shared| shared.fixture.clone());
        (new, fixture)
    }

    /// What the user should know, a sentence each.
    pub(super) fn notes(self) -> Vec<String> {
        let notes = self.notes.into_iter().map(|(text, (first, count))| match count {
            1 => format!("delivery {first}: {text}"),
            _ => format!("delivery {first} and {} more: {text}", count - 1),
        });
        notes.collect()
    }
}
