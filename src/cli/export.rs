//! `export`: deliveries as a file on standard output, oldest first.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use jiff::Timestamp;

use super::arguments::GlobalArguments;
use super::exchange_arguments::{ExportArguments, Form};
use super::exit::Exit;
use super::list;
use super::reading::with_store;
use crate::client::censor;
use crate::config::Config;
use crate::config::paths::Environment;
use crate::domain::delivery::DeliveryId;
use crate::domain::endpoint::Endpoint;
use crate::domain::filter::Filter;
use crate::domain::name::EndpointName;
use crate::domain::page::Cursor;
use crate::domain::record::Record;
use crate::exchange::fixture::{self, Fixture, Shared};
use crate::exchange::redact::{Redacted, Redactor};
use crate::exchange::{self, curl_file, har, http_file};
use crate::providers::route::Route;
use crate::runtime::ndjson;
use crate::storage::Store;
use crate::verify::scheme::Scheme;

/// How many deliveries are asked for at once.
const PAGE: usize = 200;

/// Writes the deliveries that match.
pub fn run(
    global: &GlobalArguments,
    arguments: &ExportArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let filter = Arc::new(list::filter(&arguments.filter.join(" "), Timestamp::now())?);
    let config = Config::load(global.flags(), environment)?;
    let redaction = arguments.redact.then(|| Redaction::new(&config, environment)).transpose()?;
    with_store(global, environment, |store| async move {
        let mut export = Export {
            out: io::BufWriter::new(io::stdout().lock()),
            form: arguments.form,
            reveal: arguments.reveal || arguments.redact,
            config: &config,
            redaction,
            announced: BTreeSet::new(),
            count: 0,
        };
        export.all(&store, filter).await?;
        let Export { redaction, count, .. } = export;
        if !global.quiet {
            let notes = redaction.map(|redaction| redaction.notes).unwrap_or_default();
            let notes = notes.into_iter().map(|(text, (first, count))| match count {
                1 => format!("delivery {first}: {text}"),
                _ => format!("delivery {first} and {} more: {text}", count - 1),
            });
            let nothing = (count == 0).then(|| "no delivery matches".to_owned());
            for note in notes.chain(nothing) {
                writeln!(io::stderr(), "{}", crate::ui::text::visible(&note))?;
            }
        }
        Ok(Exit::Done)
    })
}

struct Export<'a, W> {
    out: W,
    form: Form,
    reveal: bool,
    config: &'a Config,
    redaction: Option<Redaction>,
    /// Endpoints whose fixture stands in the file.
    announced: BTreeSet<String>,
    count: usize,
}

impl<W: Write> Export<'_, W> {
    /// Writes from the oldest on, page by page, so that memory does not grow with the store.
    async fn all(&mut self, store: &Store, filter: Arc<Filter>) -> anyhow::Result<()> {
        if self.form == Form::Har {
            self.out.write_all(har::opening().as_bytes())?;
        }
        let mut cursor = Cursor::Oldest;
        loop {
            let page = store.page(Arc::clone(&filter), cursor, PAGE).await?;
            for row in page.rows.iter().rev() {
                // Deleted since the page was read: then it is not exported.
                if let Some(record) = store.load(row.id).await? {
                    self.one(record)?;
                }
            }
            self.out.flush()?;
            match page.rows.first() {
                Some(newest) if page.more() => cursor = Cursor::After(newest.id),
                _ => break,
            }
        }
        if self.form == Form::Har {
            self.out.write_all(har::closing().as_bytes())?;
        }
        Ok(self.out.flush()?)
    }

    fn one(&mut self, record: Record) -> anyhow::Result<()> {
        let (record, fixture) = match &mut self.redaction {
            Some(redaction) => redaction.redacted(&record),
            None => (record, None),
        };
        let fixture = fixture.as_ref();
        let news = fixture.filter(|fixture| self.announced.insert(fixture.endpoint.clone()));
        match self.form {
            Form::Ndjson => {
                if let Some(fixture) = news {
                    ndjson::write_line(&mut self.out, &exchange::ndjson::fixture(fixture))?;
                }
                ndjson::write_line(&mut self.out, &ndjson::delivery(&record, self.reveal))?;
            }
            Form::Har => {
                let separator: &[u8] = if self.count == 0 { b"" } else { b",\n" };
                self.out.write_all(separator)?;
                let url = self.url(&record);
                self.out.write_all(&har::entry(&record, &url, self.reveal, fixture))?;
            }
            Form::Curl => {
                let url = url(&format!("http://{}", self.config.addr), &record);
                self.out.write_all(&curl_file::entry(&record, &url, self.reveal, news))?;
            }
            Form::Http => self.out.write_all(&http_file::entry(&record, self.reveal, news))?,
        }
        self.count += 1;
        Ok(())
    }

    /// Where the delivery went, as its sender knows it.
    fn url(&self, record: &Record) -> String {
        let local = || format!("http://{}", self.config.addr);
        let public = self.config.public_url_of(&record.delivery.endpoint).map(str::to_owned);
        url(&public.unwrap_or_else(local), record)
    }
}

fn url(base: &str, record: &Record) -> String {
    let target = &record.delivery.request.target;
    if target.starts_with('/') {
        format!("{}{target}", base.trim_end_matches('/'))
    } else {
        target.clone()
    }
}

/// What redaction has to know of the config.
struct Redaction {
    redactor: Redactor,
    routes: BTreeMap<EndpointName, Redactable>,
    /// What the user should know, with the first delivery that it is about, and how many there are.
    notes: BTreeMap<String, (DeliveryId, usize)>,
}

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
    fn new(config: &Config, environment: &Environment) -> anyhow::Result<Self> {
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
    fn redacted(&mut self, record: &Record) -> (Record, Option<Fixture>) {
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
}
