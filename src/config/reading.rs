//! Turns values of the config file into working types while the file is read, so that each mistake
//! is reported at its place.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::{HeaderName, HeaderValue, StatusCode};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::mistake::suggestion;
use super::values::{self, Address};
use crate::domain::endpoint::{Answer, PathPattern, PatternError};
use crate::domain::event::ProviderId;
use crate::domain::keep::Keep;
use crate::domain::name::{AccountName, EndpointName};
use crate::domain::url::{Host, Url};
use crate::storage::Durability;

/// The least that a store is told to keep.
const LEAST_AGE: Duration = Duration::from_secs(60);
const LEAST_SIZE: u64 = 1 << 20;

/// What a text says.
pub(super) fn text<'de, D: Deserializer<'de>, T, E: fmt::Display>(
    deserializer: D,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text).map_err(D::Error::custom)
}

pub(super) fn address<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Address>, D::Error> {
    text(d, values::address).map(Some)
}

pub(super) fn public_url<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    text(d, values::public_url).map(Some)
}

pub(super) fn body_size<'de, D: Deserializer<'de>>(d: D) -> Result<Option<u64>, D::Error> {
    text(d, values::body_size).map(Some)
}

pub(super) fn durability<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Durability>, D::Error> {
    text(d, values::durability).map(Some)
}

pub(super) fn path<'de, D: Deserializer<'de>>(d: D) -> Result<PathPattern, D::Error> {
    text(d, |text| PathPattern::parse(text).map_err(PatternError::message))
}

pub(super) fn endpoint_name<'de, D: Deserializer<'de>>(d: D) -> Result<EndpointName, D::Error> {
    text(d, |text| name(text).map(EndpointName::from))
}

pub(super) fn account_name<'de, D, T>(d: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<AccountName>,
{
    text(d, |text| name(text).map(AccountName::from)).map(T::from)
}

fn name(text: &str) -> Result<&str, &'static str> {
    let usable = !text.is_empty() && !text.contains(|c: char| c.is_control() || c.is_whitespace());
    if usable { Ok(text) } else { Err("a name has at least one character and no white space") }
}

pub(super) fn provider<'de, D, T>(d: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<ProviderId>,
{
    text(d, |text| {
        ProviderId::from_name(text).map(T::from).ok_or_else(|| {
            let known = ProviderId::ALL.map(ProviderId::as_str);
            format!("unknown provider `{text}`; {}", suggestion(text, &known))
        })
    })
}

/// The address of an API, a final slash dropped.
pub(super) fn url<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Url>, D::Error> {
    text(d, |text| {
        let url = Url::parse(text.trim_end_matches('/'));
        let url = url.map_err(|error| format!("the address {text:?} {error}"))?;
        if url.target().contains('?') {
            return Err(format!("the address {text:?} has a query"));
        }
        Ok(Some(url))
    })
}

pub(super) fn hosts<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Vec<Host>>, D::Error> {
    let texts = Vec::<String>::deserialize(d)?;
    let hosts = texts.iter().map(|text| {
        let host = Host::parse(text).ok();
        host.ok_or_else(|| {
            D::Error::custom(format!(
                "{text:?} is neither a host nor host:port, as in api.test:8443"
            ))
        })
    });
    hosts.collect::<Result<_, _>>().map(Some)
}

/// A text, or a whole number as text.
pub(super) fn word<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    struct Word;

    impl Visitor<'_> for Word {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text or a whole number")
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }
    }

    d.deserialize_any(Word).map(Some)
}

/// What is kept: at least one bound, and none that leaves nothing.
pub(super) fn keep<'de, D: Deserializer<'de>>(d: D) -> Result<Keep, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Keys {
        #[serde(default, deserialize_with = "count")]
        count: Option<u64>,
        #[serde(default, deserialize_with = "age")]
        age: Option<Duration>,
        #[serde(default, deserialize_with = "kept_size")]
        size: Option<u64>,
    }
    let Keys { count, age, size } = Keys::deserialize(d)?;
    let keep = Keep { count, age, size };
    if keep.is_everything() {
        return Err(D::Error::custom("keep names count, age or size; without it all is kept"));
    }
    Ok(keep)
}

fn count<'de, D: Deserializer<'de>>(d: D) -> Result<Option<u64>, D::Error> {
    let count = i64::deserialize(d)?;
    let count = u64::try_from(count).ok().filter(|count| *count > 0);
    count.map(Some).ok_or_else(|| D::Error::custom("a store keeps at least 1 delivery"))
}

fn age<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Duration>, D::Error> {
    let age = text(d, values::duration)?;
    if age < LEAST_AGE {
        return Err(D::Error::custom("a store keeps what is not older than 1m at least"));
    }
    Ok(Some(age))
}

fn kept_size<'de, D: Deserializer<'de>>(d: D) -> Result<Option<u64>, D::Error> {
    let size = text(d, values::size)?;
    if size < LEAST_SIZE {
        return Err(D::Error::custom("a store takes at least 1MiB"));
    }
    Ok(Some(size))
}

/// A whole number of seconds, or a duration as text.
pub(super) fn seconds<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Duration>, D::Error> {
    struct Seconds;

    impl Visitor<'_> for Seconds {
        type Value = Duration;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number of seconds or a duration such as \"5m\"")
        }

        fn visit_i64<E: Error>(self, seconds: i64) -> Result<Duration, E> {
            let seconds = u64::try_from(seconds);
            seconds.map(Duration::from_secs).or(Err(E::custom("a duration is not negative")))
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Duration, E> {
            values::duration(text).map_err(E::custom)
        }
    }

    d.deserialize_any(Seconds).map(Some)
}

/// One table, or an array of them.
pub(super) fn one_or_many<'de, D, T>(d: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct OneOrMany<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a table or an array of tables")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<T>, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map)).map(|one| vec![one])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<Vec<T>, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(sequence))
        }
    }

    d.deserialize_any(OneOrMany(PhantomData))
}

/// The answer; absent keys are those of the default answer.
pub(super) fn answer<'de, D: Deserializer<'de>>(d: D) -> Result<Answer, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Keys {
        #[serde(default, deserialize_with = "status")]
        status: StatusCode,
        #[serde(default, deserialize_with = "headers")]
        headers: Vec<(HeaderName, HeaderValue)>,
        #[serde(default)]
        body: String,
        #[serde(default, deserialize_with = "delay")]
        delay: Duration,
    }
    let Keys { status, headers, body, delay } = Keys::deserialize(d)?;
    Ok(Answer { status, headers, body: body.into(), delay })
}

fn delay<'de, D: Deserializer<'de>>(d: D) -> Result<Duration, D::Error> {
    text(d, values::duration)
}

fn status<'de, D: Deserializer<'de>>(d: D) -> Result<StatusCode, D::Error> {
    let number = i64::deserialize(d)?;
    u16::try_from(number)
        .ok()
        .filter(|number| (200..600).contains(number))
        .and_then(|number| StatusCode::from_u16(number).ok())
        .ok_or_else(|| D::Error::custom(format!("{number} is not a status from 200 to 599")))
}

fn headers<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<(HeaderName, HeaderValue)>, D::Error> {
    BTreeMap::<String, String>::deserialize(d)?
        .into_iter()
        .map(|(name, value)| Answer::header(&name, &value).map_err(D::Error::custom))
        .collect()
}
