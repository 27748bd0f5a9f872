//! What can be read about a delivery: what its provider documents, then every address that the body
//! mentions.

use super::choices::Choices;
use super::document::Document;
use crate::domain::account::Account;
use crate::domain::delivery::DeliveryId;
use crate::domain::links::{WebPage, callable, fragment_of};
use crate::domain::record::Record;
use crate::domain::url::Url;
use crate::providers;
use crate::providers::api::Link;

/// The list of links of one delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// The delivery.
    pub delivery: DeliveryId,
    /// Its links.
    pub list: Choices<Entry>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is: in the provider's words, or where the body mentions it.
    pub label: String,
    /// Where it leads, or why nothing can be read there.
    pub url: Result<Url, String>,
    /// The part of the page that the body means, with its `#`; empty if it means all of it.
    pub fragment: String,
}

impl Entry {
    /// What a browser opens there, or why it leads nowhere.
    pub fn page(&self) -> Result<WebPage, String> {
        let url = self.url.clone()?;
        Ok(WebPage { url, fragment: self.fragment.clone() })
    }

    /// Where it leads, or why it leads nowhere, as text.
    #[must_use]
    pub fn told(&self) -> String {
        self.url.as_ref().map_or_else(Clone::clone, ToString::to_string)
    }
}

impl Links {
    /// The links of a delivery; those of its provider first, if its account is known. Each address
    /// is listed once.
    #[must_use]
    pub fn of(record: &Record, document: &Document, account: Option<&Account>) -> Self {
        let documented = account.map_or_else(Vec::new, |account| documented(record, account));
        let documented = documented.into_iter().map(|Link { label, url }| Entry {
            label,
            url,
            fragment: String::new(),
        });
        let mut entries = documented.collect::<Vec<_>>();
        for mention in document.mentions() {
            let url =
                callable(&mention.address).map_err(|error| format!("{} {error}", mention.address));
            if entries.iter().all(|known| known.url != url) {
                let fragment = fragment_of(&mention.address).to_owned();
                entries.push(Entry { label: mention.path, url, fragment });
            }
        }
        Self { delivery: record.id, list: Choices::new(entries, 0) }
    }
}

/// What the delivery's provider documents to be readable about it.
#[must_use]
pub fn documented(record: &Record, account: &Account) -> Vec<Link> {
    let provider = record.inspection.provider.unwrap_or(account.provider);
    let (request, event) = (&record.delivery.request, &record.inspection.event);
    providers::api(provider).links(account, request, event)
}
