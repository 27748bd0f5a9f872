//! Forms whose fields were ordered or encoded in another way when they were signed, and bodies that
//! were taken for forms, or not.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde_json::Value;

use super::reshape::reads_fields;
use super::search::{Case, Probe, Probes};
use crate::domain::headers::Field;
use crate::domain::http::Request;
use crate::verify::pairs;

/// What RFC 3986 calls unreserved stays as it is.
const RFC3986: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What the HTML standard leaves as it is in forms; a space becomes a plus.
const FORM: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*').remove(b' ');

/// Other forms of a form.
pub(super) fn forms<'a>(case: &'a Case<'a>) -> Probes<'a> {
    let request = case.request;
    if !request.is_form() {
        let members = reads_fields(case.scheme).then(|| json_as_form(request));
        return Box::new(members.flatten().into_iter());
    }
    let body = &request.body[..];
    let order = "something on the way, or within the sender, orders or encodes the fields anew; let \
                 the bytes through untouched";
    let made = [
        ("with its fields sorted", sorted(body)),
        ("with %20 for +", String::from_utf8_lossy(body).replace('+', "%20").into_bytes()),
        ("with + for %20", String::from_utf8_lossy(body).replace("%20", "+").into_bytes()),
        ("with escapes in lower case", escapes(body, u8::to_ascii_lowercase)),
        ("with escapes in upper case", escapes(body, u8::to_ascii_uppercase)),
        ("encoded by RFC 3986", encoded(body, RFC3986)),
        ("encoded as browsers do", encoded(body, FORM)),
        ("decoded", decoded(body)),
    ];
    let made = made.into_iter().map(move |(how, made)| {
        let message = format!("signed over the form {how}: {order}");
        Probe::new("form_params", message).with_body(request, made)
    });
    let payload = pairs::values(body, "payload").next().map(|value| {
        let message = "signed over the value of the field payload alone: the sender signs the JSON and \
                       sends it as a form; choose JSON as the content type there";
        Probe::new("form_params", message).with_body(request, value.into_owned())
    });
    let message = "signed without the fields of the form: the sender leaves them out, so that they are \
                   not covered";
    let forgotten = Probe::new("form_params", message).with_request(with_content_type(
        request,
        "application/octet-stream",
        body.to_vec(),
    ));
    Box::new(made.chain(payload).chain([forgotten]))
}

/// The members of a flat JSON object as the fields of a form, for senders that sign parameters.
fn json_as_form(request: &Request) -> Option<Probe> {
    let Ok(Value::Object(members)) = serde_json::from_slice(&request.body) else { return None };
    let field = |(name, value): (&String, &Value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let encode = |text: &str| percent_encode(text.as_bytes(), RFC3986).to_string();
        format!("{}={}", encode(name), encode(&value))
    };
    let form = members.iter().map(field).collect::<Vec<_>>().join("&");
    let message = "signed as if the members of the JSON body were the fields of a form: the sender has \
                   to leave a JSON body out of the parameters";
    let request =
        with_content_type(request, "application/x-www-form-urlencoded", form.into_bytes());
    Some(Probe::new("form_params", message).with_request(request))
}

fn with_content_type(request: &Request, kind: &'static str, body: Vec<u8>) -> Request {
    let field = Field { name: "Content-Type".into(), value: kind.into() };
    Request { headers: request.headers.with(vec![field]), body: body.into(), ..request.clone() }
}

fn sorted(form: &[u8]) -> Vec<u8> {
    let mut fields = form.split(|byte| *byte == b'&').collect::<Vec<_>>();
    fields.sort_unstable();
    fields.join(&b"&"[..])
}

/// The same with other letters in its escapes.
fn escapes(form: &[u8], change: fn(&u8) -> u8) -> Vec<u8> {
    let mut made = form.to_vec();
    let mut at = 0;
    while let Some(offset) = form[at..].iter().position(|byte| *byte == b'%') {
        let digits = at + offset + 1;
        let end = (digits + 2).min(form.len());
        for byte in &mut made[digits..end] {
            *byte = change(byte);
        }
        at = end;
    }
    made
}

fn encoded(form: &[u8], set: &'static AsciiSet) -> Vec<u8> {
    let encode = |text: &[u8]| percent_encode(text, set).to_string().replace(' ', "+");
    let fields =
        pairs::pairs(form).map(|(name, value)| format!("{}={}", encode(&name), encode(&value)));
    fields.collect::<Vec<_>>().join("&").into_bytes()
}

fn decoded(form: &[u8]) -> Vec<u8> {
    let fields = pairs::pairs(form).map(|(name, value)| [&*name, b"=", &*value].concat());
    fields.collect::<Vec<_>>().join(&b"&"[..])
}
