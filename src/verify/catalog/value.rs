//! TOML values that know where they stand in their text, and inheritance between tables.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong with a recipe, and the bytes of the text where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::verify) struct Mistake {
    pub(in crate::verify) at: Range<usize>,
    pub(in crate::verify) message: String,
}

impl Mistake {
    pub(in crate::verify) fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }
}

/// Something and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::verify) struct At<T> {
    pub(in crate::verify) at: Range<usize>,
    pub(in crate::verify) value: T,
}

impl<T> At<T> {
    /// Makes something of the value; what is wrong with it is a mistake at its place.
    pub(in crate::verify) fn read<U>(
        self,
        read: impl FnOnce(T) -> Result<U, String>,
    ) -> Result<U, Mistake> {
        read(self.value).map_err(|message| Mistake { at: self.at, message })
    }
}

/// A value, as far as recipes have use for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::verify) enum Value {
    Text(String),
    Number(i64),
    Truth(bool),
    List(Vec<At<Self>>),
    Table(Entries),
    /// A fraction, a time, or a number beyond measure.
    Other,
}

/// The entries of a table: the key, where it stands, and the value.
pub(in crate::verify) type Entries = BTreeMap<String, (Range<usize>, At<Value>)>;

/// Reads a whole text.
pub(in crate::verify) fn parse(text: &str) -> Result<Entries, Mistake> {
    match DeTable::parse(text) {
        Ok(root) => Ok(entries(root.get_ref())),
        Err(error) => Err(Mistake::new(error.span().unwrap_or_default(), error.message())),
    }
}

fn entries(table: &DeTable<'_>) -> Entries {
    let entries = table.iter();
    entries.map(|(key, value)| (key.get_ref().to_string(), (key.span(), located(value)))).collect()
}

fn located(value: &Spanned<DeValue<'_>>) -> At<Value> {
    let at = value.span();
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.clone().into_owned()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Other, Value::Number)
        }
        DeValue::Boolean(truth) => Value::Truth(*truth),
        DeValue::Array(values) => Value::List(values.iter().map(located).collect()),
        DeValue::Table(table) => Value::Table(entries(table)),
        DeValue::Float(_) | DeValue::Datetime(_) => Value::Other,
    };
    At { at, value }
}

/// The entries of `own` and, for keys that it lacks, those of `base`. What comes from the base
/// stands, for mistakes, where `like` does: the base may be in another text.
pub(in crate::verify) fn inherit(base: &Entries, own: &Entries, like: &Range<usize>) -> Entries {
    let mut merged = own.clone();
    for (key, (_, value)) in base {
        let inherited = || (like.clone(), moved(value, like));
        merged.entry(key.clone()).or_insert_with(inherited);
    }
    merged
}

fn moved(value: &At<Value>, at: &Range<usize>) -> At<Value> {
    let value = match &value.value {
        Value::List(values) => Value::List(values.iter().map(|value| moved(value, at)).collect()),
        Value::Table(entries) => Value::Table(inherit(entries, &Entries::new(), at)),
        scalar => scalar.clone(),
    };
    At { at: at.clone(), value }
}
