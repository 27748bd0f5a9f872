//! Challenges and their answers.

use http::{Method, StatusCode};

use super::places::{exact_place, needed_place, not_empty};
use super::words::{expected, template};
use crate::verify::catalog::table::Table;
use crate::verify::catalog::value::{At, Mistake, Value};
use crate::verify::handshake::{Challenge, Content, JsonValue, Reply, Routine};
use crate::verify::place::Place;
use crate::verify::settings::Expected;
use crate::verify::template::{Part, Template};

/// The only type as which a text may be answered: what is echoed is the asker's.
const PLAIN: &str = "text/plain";

/// Reads one question with its answer.
pub(super) fn challenge(mut table: Table<'_>) -> Result<Challenge, Mistake> {
    let Some(mut when) = table.table("when")? else {
        return Err(table.mistake("challenge lacks when, what makes it one"));
    };
    let method = when.text("method")?.map(|text| text.read(method)).transpose()?;
    let verified = when.truth("verified")?.is_some_and(|truth| truth.value);
    let place = exact_place(&mut when, None)?;
    let equals = expected(&mut when)?;
    let sign = match (place, equals) {
        (Some(place), equals) => Some((place, equals)),
        (None, None) => None,
        (None, Some(_)) => return Err(when.mistake("equals needs a place to compare with")),
    };
    if method.is_none() && sign.is_none() {
        return Err(when.mistake("when says nothing that tells a challenge from a delivery"));
    }
    when.finish()?;
    let check = table.table("check")?.map(check).transpose()?;
    let Some(answer) = table.table("reply")? else {
        return Err(table.mistake("challenge lacks reply"));
    };
    let reply = reply(answer)?;
    table.finish()?;
    Ok(Challenge { method, sign, verified, check, reply })
}

/// Reads the answer to every delivery.
pub(super) fn routine(mut table: Table<'_>) -> Result<Routine, Mistake> {
    let (ok, bad) = (status(&mut table, "ok")?, status(&mut table, "bad")?);
    if !table.truth("empty")?.is_some_and(|truth| truth.value) {
        return Err(table.mistake("reply has empty = true: it never has a body"));
    }
    table.finish()?;
    Ok(Routine { ok, bad })
}

fn check(mut table: Table<'_>) -> Result<(Place, Expected), Mistake> {
    let place = needed_place(&mut table, "check", None)?;
    let equals = expected(&mut table)?.ok_or_else(|| table.mistake("check lacks equals"))?;
    table.finish()?;
    Ok((place, equals))
}

fn reply(mut table: Table<'_>) -> Result<Reply, Mistake> {
    let status = status(&mut table, "status")?.unwrap_or(StatusCode::OK);
    if let Some(kind) = table.text("type")?
        && kind.value != PLAIN
    {
        return Err(Mistake::new(kind.at, "type is \"text/plain\": what is echoed is the asker's"));
    }
    let body = table.text("body")?.map(|text| text.read(gaps)).transpose()?;
    let json = table.table("json")?.map(|table| members(&table)).transpose()?;
    let content = match (body, json) {
        (None, None) => Content::Empty,
        (Some(body), None) => Content::Text(body),
        (None, Some(members)) => Content::Json(members),
        (Some(_), Some(_)) => return Err(table.mistake("body and json exclude each other")),
    };
    let headers = table.table("headers")?.map(|table| headers(&table)).transpose()?;
    let learn_secret = table.text("learn_secret")?.map(|text| text.read(gaps)).transpose()?;
    table.finish()?;
    Ok(Reply { status, content, headers: headers.unwrap_or_default(), learn_secret })
}

fn members(table: &Table<'_>) -> Result<Vec<(String, JsonValue)>, Mistake> {
    let member = |(name, At { at, value }): (&str, &At<Value>)| {
        let value = match value {
            Value::Text(text) => {
                let template = gaps(text).map_err(|message| Mistake::new(at.clone(), message))?;
                JsonValue::Text(template)
            }
            Value::Number(number) => JsonValue::Number(*number),
            Value::Truth(truth) => JsonValue::Truth(*truth),
            _ => return Err(Mistake::new(at.clone(), "a member is text, a number, true or false")),
        };
        Ok((name.to_owned(), value))
    };
    table.entries().map(member).collect()
}

fn headers(table: &Table<'_>) -> Result<Vec<(String, Template)>, Mistake> {
    let header = |(name, At { at, value }): (&str, &At<Value>)| {
        let mistake = |message: String| Mistake::new(at.clone(), message);
        if http::HeaderName::from_bytes(name.as_bytes()).is_err() {
            return Err(mistake(format!("{name:?} is not the name of a header")));
        }
        if name.eq_ignore_ascii_case("Content-Type") {
            return Err(mistake("the content type follows from body or json".to_owned()));
        }
        let Value::Text(text) = value else {
            return Err(mistake(format!("{name} has to be text")));
        };
        Ok((name.to_owned(), gaps(text).map_err(mistake)?))
    };
    table.entries().map(header).collect()
}

/// A text whose gaps the question itself fills.
fn gaps(text: &str) -> Result<Template, String> {
    let template = template("reply", text, None)?;
    let from_question = |part: &Part| {
        matches!(part, Part::Text(_) | Part::Header(_) | Part::Json(_) | Part::Query(_))
    };
    if template.parts().all(from_question) {
        return Ok(template);
    }
    Err("an answer is made of {header:NAME}, {json:/POINTER} and {query:NAME}".to_owned())
}

fn method(text: &str) -> Result<Method, String> {
    let method = not_empty(text)?.parse().ok();
    method.ok_or_else(|| format!("{text:?} is not a method"))
}

fn status(table: &mut Table<'_>, key: &'static str) -> Result<Option<StatusCode>, Mistake> {
    let Some(At { at, value }) = table.number(key)? else { return Ok(None) };
    let status = u16::try_from(value).ok().filter(|status| (200..600).contains(status));
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    status
        .map(Some)
        .ok_or_else(|| Mistake::new(at, format!("{value} is not a status from 200 to 599")))
}
