//! JSON pointers (RFC 6901): which place in a document they name.

/// The steps of a pointer, unescaped; the empty pointer is the whole document. None if the text is
/// no pointer: it does not begin with `/`, or has a `~` that is neither `~0` nor `~1`.
#[must_use]
pub fn steps(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    pointer.strip_prefix('/')?.split('/').map(step).collect()
}

fn step(escaped: &str) -> Option<String> {
    let is_sound = escaped.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    is_sound.then(|| escaped.replace("~1", "/").replace("~0", "~"))
}
