//! How a signature is written into its headers.

use sfv::{BareItem, Dictionary, FieldType as _, InnerList, Integer, KeyRef, ListEntry};

use crate::verify::signing::{CannotSign, Signing};

/// What a signature says of itself, beside what it covers.
#[derive(Clone, Copy, Debug)]
pub(in crate::verify) struct Statement<'a> {
    /// The id of its key.
    pub(in crate::verify) key_id: &'a str,
    /// The application that it is meant for, if it matters.
    pub(in crate::verify) tag: Option<&'a str>,
    /// Whether there was a signature before, which is made anew.
    pub(in crate::verify) again: bool,
}

/// The input of a signature that is made now. One that is made anew keeps its parameters, its
/// lifetime too, and has a nonce only if it had one.
pub(in crate::verify) fn dated(
    mut input: InnerList,
    statement: &Statement<'_>,
    signing: &Signing<'_>,
) -> Result<InnerList, CannotSign> {
    let number = |name: &str| input.params.get(name)?.as_integer().map(i64::from);
    let lifetime = number("expires").zip(number("created"));
    let lifetime = lifetime.map(|(expires, created)| expires - created);
    let created = signing.at.as_second();
    let mut set = |name: &'static str, value: BareItem| {
        input.params.insert(KeyRef::constant(name).to_owned(), value);
    };
    set("created", seconds(created));
    set("keyid", quoted(statement.key_id)?);
    if let Some(lifetime) = lifetime {
        set("expires", seconds(created.saturating_add(lifetime)));
    }
    if let Some(tag) = statement.tag {
        set("tag", quoted(tag)?);
    }
    if !statement.again || input.params.contains_key("nonce") {
        let nonce = quoted(signing.nonce)?;
        input.params.insert(KeyRef::constant("nonce").to_owned(), nonce);
    }
    Ok(input)
}

/// A dictionary with one member.
pub(in crate::verify) fn member(label: &str, value: ListEntry) -> String {
    let label = sfv::Key::from_string(label.to_owned());
    let label = label.expect("a label is our own or was read out of a dictionary");
    Dictionary::from([(label, value)]).serialize().unwrap_or_default()
}

/// The components with the parameters, as they stand behind the label and in the signature base.
pub(in crate::verify) fn list(input: &InnerList) -> String {
    vec![ListEntry::InnerList(input.clone())].serialize().unwrap_or_default()
}

fn seconds(seconds: i64) -> BareItem {
    BareItem::Integer(Integer::try_from(seconds).unwrap_or(Integer::MAX))
}

fn quoted(text: &str) -> Result<BareItem, CannotSign> {
    sfv::String::from_string(text.to_owned())
        .map(BareItem::String)
        .map_err(|_refused| CannotSign::NotAHeaderValue("Signature-Input".to_owned()))
}

#[cfg(test)]
mod tests;
