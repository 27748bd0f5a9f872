//! A table that is read key by key. What was asked for is what is known: any other key is a mistake.

use std::ops::Range;

use super::value::{At, Entries, Mistake, Value};
use crate::domain::nearest::suggestion;

/// A table in the course of being read.
#[derive(Debug)]
pub(in crate::verify) struct Table<'a> {
    entries: &'a Entries,
    /// Where the table itself stands, for what it lacks.
    at: Range<usize>,
    known: Vec<&'static str>,
}

impl<'a> Table<'a> {
    pub(in crate::verify) fn new(entries: &'a Entries, at: Range<usize>) -> Self {
        Self { entries, at, known: Vec::new() }
    }

    /// A mistake of the table as a whole.
    pub(in crate::verify) fn mistake(&self, message: impl Into<String>) -> Mistake {
        Mistake::new(self.at.clone(), message)
    }

    /// The text of that key.
    pub(in crate::verify) fn text(
        &mut self,
        key: &'static str,
    ) -> Result<Option<At<&'a str>>, Mistake> {
        self.typed(key, "text", |At { value, .. }| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The text or the list of texts of that key.
    pub(in crate::verify) fn texts(
        &mut self,
        key: &'static str,
    ) -> Result<Option<Vec<At<&'a str>>>, Mistake> {
        let text = |At { at, value }: &'a At<Value>| match value {
            Value::Text(text) => Some(At { at: at.clone(), value: text.as_str() }),
            _ => None,
        };
        let texts = self.typed(key, "text or a list of texts", |value| match &value.value {
            Value::List(values) => values.iter().map(text).collect(),
            _ => text(value).map(|text| vec![text]),
        })?;
        Ok(texts.map(|texts| texts.value))
    }

    /// The truth value of that key.
    pub(in crate::verify) fn truth(
        &mut self,
        key: &'static str,
    ) -> Result<Option<At<bool>>, Mistake> {
        self.typed(key, "true or false", |At { value, .. }| match value {
            Value::Truth(truth) => Some(*truth),
            _ => None,
        })
    }

    /// The number of that key.
    pub(in crate::verify) fn number(
        &mut self,
        key: &'static str,
    ) -> Result<Option<At<u32>>, Mistake> {
        self.typed(key, "a whole number that is not negative", |At { value, .. }| match value {
            Value::Number(number) => u32::try_from(*number).ok(),
            _ => None,
        })
    }

    /// The table of that key.
    pub(in crate::verify) fn table(&mut self, key: &'static str) -> Result<Option<Self>, Mistake> {
        let entries = self.typed(key, "a table", |At { value, .. }| match value {
            Value::Table(entries) => Some(entries),
            _ => None,
        })?;
        Ok(entries.map(|At { at, value }| Self::new(value, at)))
    }

    /// The tables in the list of that key; none if it is not there.
    pub(in crate::verify) fn tables(&mut self, key: &'static str) -> Result<Vec<Self>, Mistake> {
        let table = |At { at, value }: &'a At<Value>| match value {
            Value::Table(entries) => Some(Self::new(entries, at.clone())),
            _ => None,
        };
        let tables = self.typed(key, "a list of tables", |At { value, .. }| match value {
            Value::List(values) => values.iter().map(table).collect::<Option<Vec<_>>>(),
            _ => None,
        })?;
        Ok(tables.map(|tables| tables.value).unwrap_or_default())
    }

    /// Whatever stands under that key.
    pub(in crate::verify) fn any(&mut self, key: &'static str) -> Option<&'a At<Value>> {
        self.known.push(key);
        self.entries.get(key).map(|(_, value)| value)
    }

    /// Every entry, for a table whose keys are names of the user's.
    pub(in crate::verify) fn entries(&self) -> impl Iterator<Item = (&'a str, &'a At<Value>)> {
        self.entries.iter().map(|(name, (_, value))| (name.as_str(), value))
    }

    /// Ends the reading: a key that nobody asked for is a mistake.
    pub(in crate::verify) fn finish(self) -> Result<(), Mistake> {
        let mut entries = self.entries.iter();
        match entries.find(|(key, _)| !self.known.contains(&key.as_str())) {
            None => Ok(()),
            Some((key, (at, _))) => {
                let suggestion = suggestion(key, self.known.iter().copied());
                Err(Mistake::new(at.clone(), format!("unknown key {key}{suggestion}")))
            }
        }
    }

    fn typed<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        read: impl FnOnce(&'a At<Value>) -> Option<T>,
    ) -> Result<Option<At<T>>, Mistake> {
        self.known.push(key);
        let Some((_, value)) = self.entries.get(key) else { return Ok(None) };
        match read(value) {
            Some(read) => Ok(Some(At { at: value.at.clone(), value: read })),
            None => Err(Mistake::new(value.at.clone(), format!("{key} has to be {expected}"))),
        }
    }
}
