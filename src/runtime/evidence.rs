//! What the check of a stored delivery looked at, for the Auth tab.

use crate::domain::evidence::{Evidence, LooksLike};
use crate::domain::name::SchemeName;
use crate::domain::record::Record;
use crate::domain::verdict::Verdict;
use crate::providers::route::Routes;
use crate::verify;
use crate::verify::catalog::Catalog;
use crate::verify::likeness::looks_like;

/// What the endpoint's scheme of today looks at in this delivery, and which known sender it looks
/// like if that scheme did not verify it.
#[must_use]
pub fn of(record: &Record, routes: &Routes) -> Evidence {
    let delivery = &record.delivery;
    let request = &delivery.request;
    let evidence = routes.named(&delivery.endpoint).map(|route| {
        verify::evidence(request, &route.received(delivery.received_at), &route.scheme)
    });
    let verdict = &record.inspection.verdict;
    let likeness = (!matches!(verdict, Verdict::Verified { .. }))
        .then(|| looks_like(request, &Catalog::builtin()))
        .flatten()
        .filter(|likeness| verdict.scheme() != Some(&likeness.scheme));
    let looks_like = likeness.map(|likeness| {
        let names = std::iter::once(&likeness.scheme).chain(&likeness.also);
        let names = names.map(SchemeName::as_str).collect::<Vec<_>>();
        LooksLike { schemes: names.join(" or "), auth: likeness.auth }
    });
    Evidence { looks_like, ..evidence.unwrap_or_default() }
}
