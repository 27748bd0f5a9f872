//! Recipes by name, read from TOML, with `like` followed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::builtin::BUILTIN;
use super::definition::Definition;
use super::form;
use super::table::Table;
use super::value::{Entries, Mistake, Value, inherit, parse};
use crate::domain::nearest::suggestion;

/// What is wrong with a recipe, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct RecipeError {
    /// The line, from 1.
    pub line: usize,
    /// The character within the line, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// Recipes by name.
#[derive(Clone, Debug, Default)]
pub(in crate::verify) struct Recipes(BTreeMap<String, Entry>);

/// A recipe, and the table that it was read from for others to build on.
#[derive(Clone, Debug)]
struct Entry {
    table: Arc<Entries>,
    definition: Arc<Definition>,
}

/// The tables of one text by name, each with the place of its name.
type Tables<'a> = BTreeMap<&'a str, (&'a Entries, Range<usize>)>;

impl Recipes {
    /// These and those of a TOML text.
    pub(in crate::verify) fn with(mut self, text: &str) -> Result<Self, RecipeError> {
        let read = parse(text).and_then(|root| self.add(&tables(&root)?));
        match read {
            Ok(()) => Ok(self),
            Err(mistake) => Err(RecipeError::new(text, mistake)),
        }
    }

    /// What the recipe of that name defines.
    pub(in crate::verify) fn find(&self, name: &str) -> Option<&Definition> {
        self.0.get(name).map(|entry| &*entry.definition)
    }

    /// What the recipes define, in alphabetical order of their names.
    pub(in crate::verify) fn iter(&self) -> impl Iterator<Item = (&str, &Definition)> {
        self.0.iter().map(|(name, entry)| (name.as_str(), &*entry.definition))
    }

    /// The names in alphabetical order.
    pub(in crate::verify) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    fn add(&mut self, tables: &Tables<'_>) -> Result<(), Mistake> {
        let mut resolved = BTreeMap::new();
        for name in tables.keys() {
            self.resolve(name, tables, &mut resolved)?;
        }
        for (name, (_, at)) in tables {
            let table = &resolved[name];
            let definition =
                form::definition(Table::new(table, at.clone())).map_err(|mistake| {
                    let message = format!("scheme {name}: {}", mistake.message);
                    Mistake { message, ..mistake }
                })?;
            let (table, definition) = (Arc::new(table.clone()), Arc::new(definition));
            let entry = Entry { table, definition };
            self.0.insert((*name).to_owned(), entry);
        }
        Ok(())
    }

    /// Follows `like` from this recipe to one that stands alone or is already resolved, and then
    /// gives each on the way what it inherits.
    fn resolve<'a>(
        &self,
        name: &'a str,
        tables: &Tables<'a>,
        resolved: &mut BTreeMap<&'a str, Entries>,
    ) -> Result<(), Mistake> {
        let mut way: Vec<(&str, &Entries, Range<usize>)> = Vec::new();
        let mut base = Entries::new();
        let mut next = Some((name, 0..0));
        while let Some((name, from)) = next.take() {
            if way.iter().any(|(passed, ..)| *passed == name) {
                return Err(Mistake::new(from, format!("like leads back to {name}")));
            }
            if let Some(table) = resolved.get(name) {
                base = table.clone();
            } else if let Some((table, _)) = tables.get(name) {
                next = like(table);
                way.push((
                    name,
                    *table,
                    next.as_ref().map(|(_, at)| at.clone()).unwrap_or_default(),
                ));
            } else if let Some(entry) = self.0.get(name) {
                base = (*entry.table).clone();
            } else {
                let suggestion = suggestion(name, tables.keys().copied().chain(self.names()));
                return Err(Mistake::new(from, format!("there is no recipe {name}{suggestion}")));
            }
        }
        for (name, table, like) in way.into_iter().rev() {
            base = inherit(&base, table, &like);
            resolved.insert(name, base.clone());
        }
        Ok(())
    }
}

impl RecipeError {
    fn new(text: &str, Mistake { at, message }: Mistake) -> Self {
        let before = text.get(..at.start).unwrap_or(text);
        let (lines, line) = before
            .rsplit_once('\n')
            .map_or((0, before), |(lines, line)| (lines.matches('\n').count() + 1, line));
        Self { line: lines + 1, column: line.chars().count() + 1, message }
    }
}

fn tables(root: &Entries) -> Result<Tables<'_>, Mistake> {
    let mut tables = Tables::new();
    let Some((_, schemes)) = root.get("scheme") else { return Ok(tables) };
    let no_table =
        |at: &Range<usize>| Mistake::new(at.clone(), "a recipe is a table: [scheme.my_sender]");
    let Value::Table(entries) = &schemes.value else { return Err(no_table(&schemes.at)) };
    for (name, (at, table)) in entries {
        check_name(name).map_err(|problem| Mistake::new(at.clone(), problem))?;
        let Value::Table(entries) = &table.value else { return Err(no_table(&table.at)) };
        tables.insert(name, (entries, at.clone()));
    }
    Ok(tables)
}

/// The recipe that this one builds on, and where it says so.
fn like(table: &Entries) -> Option<(&str, Range<usize>)> {
    let (_, like) = table.get("like")?;
    match &like.value {
        Value::Text(name) => Some((name, like.at.clone())),
        _ => None,
    }
}

fn check_name(name: &str) -> Result<(), String> {
    if BUILTIN.iter().any(|code| code.kind == name) {
        return Err(format!("{name} is a scheme of its own and cannot be a recipe"));
    }
    let valid = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if name.is_empty() || !name.bytes().all(valid) {
        return Err(format!("{name:?}: a name has lower case letters, digits and _"));
    }
    Ok(())
}
