//! What is told of a delivery to whoever opens it, beside its inspection. It is derived from the
//! request when it is wanted, so that nothing of it burdens the capture path or the store.

use std::borrow::Cow;

use super::matching::Unmatched;
use super::members::Member;
use crate::domain::endpoint::Answer;

/// What is told of a delivery beside its inspection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What the notification carries beside its event: a label and the value.
    pub fields: Vec<(&'static str, String)>,
    /// What a reader should know, in sentences.
    pub remarks: Vec<String>,
    /// The events that the account's subscriptions ask for, as far as they are known.
    pub asked: Vec<String>,
    /// What its endpoint is configured to answer to it; none where an app answers.
    pub answer: Option<Answer>,
    /// Why it belongs to no account, where it should.
    pub unmatched: Option<Unmatched>,
}

/// The members that hold an id, by their labels.
pub(super) fn known<const N: usize>(
    members: [(&'static str, Member<'_>); N],
) -> Vec<(&'static str, String)> {
    let told = |(label, member): (_, Member<'_>)| Some((label, member.id().map(Cow::into_owned)?));
    members.into_iter().filter_map(told).collect()
}
