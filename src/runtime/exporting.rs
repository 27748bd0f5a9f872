//! Deliveries are written in a form that others read, for the dashboard and the command line alike.
//!
//! One delivery is in memory at a time, however many there are. What to write and how is the
//! caller's; what a form looks like is `exchange`'s.
//!
//! Reading order: [`redaction`], then [`Export`], then [`new_file`] (where the dashboard writes to).

pub mod redaction;
pub mod new_file;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

use super::ndjson;
use crate::config::Config;
use crate::domain::delivery::DeliveryId;
use crate::domain::export::Form;
use crate::domain::filter::Filter;
use crate::domain::page::Cursor;
use crate::domain::record::Record;
use crate::exchange::{self, curl_file, har, http_file};
use crate::storage::Store;
use redaction::Redaction;

/// How many deliveries are asked for at once.
const PAGE: usize = 200;

/// A file with deliveries that is being written.
#[derive(Debug)]
pub struct Export<'a, W> {
    out: W,
    form: Form,
    reveal: bool,
    config: &'a Config,
    redaction: Option<Redaction>,
    /// Endpoints whose fixture stands in the file.
    announced: BTreeSet<String>,
    count: u64,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// How many deliveries.
    pub count: u64,
    /// What the user should know about them, a sentence each.
    pub notes: Vec<String>,
}

impl<'a, W: Write> Export<'a, W> {
    /// Begins a file. Credentials in headers are masked unless `reveal`; with a redaction nothing is
    /// left to mask.
    ///
    /// # Errors
    /// When it cannot be written to.
    pub fn begin(
        mut out: W,
        form: Form,
        reveal: bool,
        config: &'a Config,
        redaction: Option<Redaction>,
    ) -> io::Result<Self> {
        if form == Form::Har {
            out.write_all(har::opening().as_bytes())?;
        }
        let reveal = reveal || redaction.is_some();
        Ok(Self { out, form, reveal, config, redaction, announced: BTreeSet::new(), count: 0 })
    }

    /// Writes what matches from the oldest on, page by page, each of them flushed.
    ///
    /// # Errors
    /// When the store cannot be read or the file not be written to.
    pub async fn matching(
        &mut self,
        store: &Store,
        filter: Arc<Filter>,
        reached: impl Fn(u64),
    ) -> anyhow::Result<()> {
        let mut cursor = Cursor::Oldest;
        loop {
            let page = store.page(Arc::clone(&filter), cursor, PAGE).await?;
            for row in page.rows.iter().rev() {
                self.stored(store, row.id).await?;
            }
            self.out.flush()?;
            reached(self.count);
            match page.rows.first() {
                Some(newest) if page.more() => cursor = Cursor::After(newest.id),
                _ => return Ok(()),
            }
        }
    }

    /// Writes a delivery, unless it is gone.
    ///
    /// # Errors
    /// When the store cannot be read or the file not be written to.
    pub async fn stored(&mut self, store: &Store, id: DeliveryId) -> anyhow::Result<()> {
        match store.load(id).await? {
            Some(record) => Ok(self.one(record)?),
            None => Ok(()),
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When it cannot be written to.
    pub fn end(mut self) -> io::Result<Written> {
        if self.form == Form::Har {
            self.out.write_all(har::closing().as_bytes())?;
        }
        self.out.flush()?;
        let notes = self.redaction.map(Redaction::notes).unwrap_or_default();
        Ok(Written { count: self.count, notes })
    }

    fn one(&mut self, record: Record) -> io::Result<()> {
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
