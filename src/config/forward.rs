//! What the config says about handing deliveries on: the addresses, and who answers.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{reading, values};
use crate::domain::endpoint::Answer;
use crate::domain::filter::Filter;
use crate::domain::forwarding::ForwardTarget;
use crate::domain::url::Url;

/// One address, and which deliveries go there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The address.
    #[serde(deserialize_with = "url")]
    pub to: Url,
    /// Which deliveries; without it, all.
    #[serde(default, deserialize_with = "filter")]
    pub when: Option<Filter>,
}

/// Who answers the deliveries of an endpoint.
#[derive(Clone, Debug)]
pub enum Answering {
    /// hookscope, always the same.
    Always(Answer),
    /// The app that they are handed on to.
    App,
}

impl Default for Answering {
    fn default() -> Self {
        Self::Always(Answer::default())
    }
}

/// The targets, each address once: one that is named twice gets what matches either filter.
pub fn targets(given: &[Target]) -> Vec<ForwardTarget> {
    let mut targets = Vec::<ForwardTarget>::new();
    for Target { to, .. } in given {
        if targets.iter().any(|known| known.to == *to) {
            continue;
        }
        let same = given.iter().filter(|other| other.to == *to);
        // Once without a filter it gets everything, whatever stands beside that.
        let when = same.map(|target| target.when.clone()).collect::<Option<_>>();
        targets.push(ForwardTarget { to: to.clone(), when: when.unwrap_or_default() });
    }
    targets
}

fn url<'de, D: Deserializer<'de>>(d: D) -> Result<Url, D::Error> {
    reading::text(d, values::target)
}

/// The one target of every endpoint that has none of its own.
pub(super) fn for_all<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Url>, D::Error> {
    url(d).map(Some)
}

fn filter<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Filter>, D::Error> {
    reading::text(d, |text| {
        let read = Filter::parse(text, Timestamp::now());
        read.map(Some).map_err(|error| {
            let place = text.get(..error.at).unwrap_or(text).chars().count() + 1;
            format!("the filter {text:?}, at its character {place}: {error}")
        })
    })
}

/// What goes with deliveries that are handed on: `verified` is the only choice.
pub(super) fn only_verified<'de, D: Deserializer<'de>>(d: D) -> Result<bool, D::Error> {
    reading::text(d, |text| match text {
        "verified" => Ok(true),
        _ => Err(format!("{text:?} is not \"verified\", which is the only choice")),
    })
}

pub(super) fn duration<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Duration>, D::Error> {
    reading::text(d, values::duration).map(Some)
}

/// An address, a table, or an array of tables.
pub(super) fn one_or_many<'de, D>(d: D) -> Result<Option<Vec<Target>>, D::Error>
where
    D: Deserializer<'de>,
{
    struct OneOrMany;

    impl<'de> Visitor<'de> for OneOrMany {
        type Value = Vec<Target>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an address or an array of { to = \"URL\", when = \"FILTER\" }")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Vec<Target>, E> {
            let to = values::target(text).map_err(E::custom)?;
            Ok(vec![Target { to, when: None }])
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<Target>, A::Error> {
            Target::deserialize(MapAccessDeserializer::new(map)).map(|one| vec![one])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<Vec<Target>, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(sequence))
        }
    }

    d.deserialize_any(OneOrMany).map(Some)
}

/// A table with the answer, or `forward`.
pub(super) fn answering<'de, D: Deserializer<'de>>(d: D) -> Result<Answering, D::Error> {
    struct Either;

    impl<'de> Visitor<'de> for Either {
        type Value = Answering;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a table, or \"forward\" for the answer of the app")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Answering, E> {
            match text {
                "forward" => Ok(Answering::App),
                _ => Err(E::custom(format!("{text:?} is neither a table nor \"forward\""))),
            }
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Answering, A::Error> {
            reading::answer(MapAccessDeserializer::new(map)).map(Answering::Always)
        }
    }

    d.deserialize_any(Either)
}

/// The answer that stands in for the app's.
pub(super) fn fallback<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Answer>, D::Error> {
    reading::answer(d).map(Some)
}

#[cfg(test)]
mod tests;
