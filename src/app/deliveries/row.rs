//! What a row of the list says.

use crate::app::search::Needle;
use crate::domain::event::ProviderId;
use crate::domain::name::AccountName;
use crate::domain::record::Summary;
use crate::providers::repeats_are_certain;

/// Whether a row that came more than once surely is the same event again.
#[must_use]
pub fn is_sure_repeat(row: &Summary) -> bool {
    repeats_are_certain(row.provider)
}

/// Whether what the row shows holds the text.
pub(super) fn says(row: &Summary, needle: &Needle) -> bool {
    let account = row.account.as_ref().map(AccountName::as_str);
    let provider = row.provider.map(ProviderId::as_str);
    let always = [row.target.as_str(), row.method.as_str(), row.endpoint.as_str()];
    let known = [account, provider, row.event.as_deref(), row.resource.as_deref()];
    let mut texts = always.into_iter().chain(known.into_iter().flatten());
    texts.any(|text| needle.is_in(text)) || needle.is_in(row.status.as_str())
}
