//! The nearest known name for a mistyped one.

/// The known name that is likely meant, if one is near enough.
#[must_use]
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let distance = |name: &str| strsim::osa_distance(&typed, &name.to_lowercase());
    let distances = known.into_iter().map(|name| (distance(name), name));
    let (distance, name) = distances.min_by_key(|(distance, _)| *distance)?;
    // A third of the name may be wrong: more than that is another word.
    (distance * 3 <= name.chars().count().max(3)).then_some(name)
}

/// `; did you mean …?` for the end of a message, or nothing.
#[must_use]
pub fn suggestion<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(typed, known).map(|name| format!("; did you mean {name}?")).unwrap_or_default()
}
