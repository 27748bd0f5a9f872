//! A JSON body as other libraries would write it, and what is signed when there is no body at hand.

use std::fmt::Write as _;

use serde_json::{Map, Number, Value};

use super::search::{Case, Probe, Probes};
use crate::verify::recipe::BodyForm;

/// Longer bodies are not written anew, in bytes.
const LONGEST: usize = 256 << 10;

/// What programs write for a value that they do not have.
const PLACEHOLDERS: &[&str] = &["", "undefined", "null", "[object Object]", "{}"];

/// How a library writes JSON.
#[derive(Clone, Copy, Debug)]
struct Style {
    name: &'static str,
    layout: Layout,
    sorted: bool,
    /// Whether `\u` stands for all beyond ASCII.
    ascii: bool,
    /// Whether `/` is written `\/`.
    slashes: bool,
}

#[derive(Clone, Copy, Debug)]
enum Layout {
    /// `{"a":1,"b":2}`
    Compact,
    /// `{"a": 1, "b": 2}`
    Spaced,
    /// A line for each value.
    Lines(&'static str),
}

const LAYOUTS: &[(&str, Layout)] = &[
    ("compact JSON", Layout::Compact),
    ("JSON with a space behind colon and comma, as Python writes it", Layout::Spaced),
    ("JSON with an indent of 2", Layout::Lines("  ")),
    ("JSON with an indent of 4", Layout::Lines("    ")),
    ("JSON with tabs", Layout::Lines("\t")),
];

/// The body as other libraries would write it. What is nested more deeply than `serde_json` reads is
/// left alone.
pub(super) fn reserialized<'a>(case: &'a Case<'a>) -> Probes<'a> {
    let body = &case.request.body;
    let why = "something parses it and writes it anew; sign and check the bytes as they are sent";
    let escaped = BodyForm::AsciiEscaped.apply(body).into_owned();
    let escaped = [(", with \\u escapes for all beyond ASCII", escaped)].into_iter();
    let escaped = escaped.map(|(how, body)| (format!("as it is{how}"), body));
    let value = (body.len() <= LONGEST).then(|| serde_json::from_slice::<Value>(body).ok());
    let value = value.flatten().filter(|value| value.is_object() || value.is_array());
    let written = value
        .into_iter()
        .flat_map(|value| styles().map(move |style| (style.description(), style.write(&value))));
    let probes = escaped.chain(written).map(move |(how, made)| {
        let message = format!("signed over the body {how}: {why}");
        Probe::new("body_reserialized", message).with_body(case.request, made)
    });
    let placeholders = PLACEHOLDERS.iter().filter(|_| !body.is_empty()).map(|text| {
        let message = format!(
            "signed over the text {text:?} instead of the body: the sender signs a body that it does \
             not have; sign the text that is sent"
        );
        Probe::new("body_reserialized", message).with_body(case.request, text.as_bytes())
    });
    Box::new(probes.chain(placeholders))
}

fn styles() -> impl Iterator<Item = Style> {
    let plain = LAYOUTS.iter().map(|(name, layout)| Style {
        name,
        layout: *layout,
        sorted: false,
        ascii: false,
        slashes: false,
    });
    let compact = Style { slashes: true, ..Style::COMPACT };
    let slashed = [compact, Style { ascii: true, ..compact }];
    let all =
        plain.flat_map(|style| {
            [(false, false), (false, true), (true, false), (true, true)]
                .map(|(sorted, ascii)| Style { sorted, ascii, ..style })
        });
    all.chain(slashed)
}

impl Style {
    const COMPACT: Self = Self {
        name: "compact JSON",
        layout: Layout::Compact,
        sorted: false,
        ascii: false,
        slashes: false,
    };

    fn description(self) -> String {
        let mut text = format!("as {}", self.name);
        let more = [
            (self.sorted, ", members sorted"),
            (self.ascii, ", \\u escapes for all beyond ASCII"),
            (self.slashes, ", / written \\/"),
        ];
        text.extend(more.into_iter().filter_map(|(given, words)| given.then_some(words)));
        text
    }

    fn write(self, value: &Value) -> Vec<u8> {
        let mut out = String::new();
        self.value(value, 0, &mut out);
        out.into_bytes()
    }

    /// `serde_json` reads no more than 128 levels, so that the stack holds them.
    fn value(self, value: &Value, depth: usize, out: &mut String) {
        match value {
            Value::String(text) => self.text(text, out),
            Value::Array(list) if !list.is_empty() => {
                self.enclosed(['[', ']'], depth, out, list, |style, value, out| {
                    style.value(value, depth + 1, out);
                });
            }
            Value::Object(map) if !map.is_empty() => {
                self.enclosed(['{', '}'], depth, out, self.members(map), |style, member, out| {
                    let (name, value) = member;
                    style.text(name, out);
                    out.push_str(if matches!(style.layout, Layout::Compact) { ":" } else { ": " });
                    style.value(value, depth + 1, out);
                });
            }
            Value::Number(number) => out.push_str(&rounded(number)),
            value => write!(out, "{value}").expect("a text takes every text"),
        }
    }

    fn enclosed<T>(
        self,
        [open, close]: [char; 2],
        depth: usize,
        out: &mut String,
        items: impl IntoIterator<Item = T>,
        write: impl Fn(Self, T, &mut String),
    ) {
        out.push(open);
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            match self.layout {
                Layout::Spaced if index > 0 => out.push(' '),
                Layout::Compact | Layout::Spaced => {}
                Layout::Lines(indent) => new_line(indent, depth + 1, out),
            }
            write(self, item, out);
        }
        if let Layout::Lines(indent) = self.layout {
            new_line(indent, depth, out);
        }
        out.push(close);
    }

    fn members(self, map: &Map<String, Value>) -> Vec<(&String, &Value)> {
        let mut members = map.iter().collect::<Vec<_>>();
        if self.sorted {
            members.sort_unstable_by_key(|(name, _)| *name);
        }
        members
    }

    fn text(self, text: &str, out: &mut String) {
        let mut quoted = serde_json::to_string(text).expect("a text can always be quoted");
        if self.slashes {
            quoted = quoted.replace('/', "\\/");
        }
        if self.ascii && !quoted.is_ascii() {
            let escaped = BodyForm::AsciiEscaped.apply(quoted.as_bytes());
            quoted = String::from_utf8_lossy(&escaped).into_owned();
        }
        out.push_str(&quoted);
    }
}

/// The number as programs write it that have 64 bits for each, those of a float if it is not whole.
fn rounded(number: &Number) -> String {
    let is_whole = number.is_i64() || number.is_u64();
    let float = number.as_f64().filter(|_| !is_whole).and_then(Number::from_f64);
    float.as_ref().unwrap_or(number).to_string()
}

fn new_line(indent: &str, depth: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(indent, depth));
}
