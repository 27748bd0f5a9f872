//! JSON pointers (RFC 6901): which place in a document they name, and what stands there.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;

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

/// The JSON at the end of these steps, as it stands in the document; none if nothing is there, or the
/// document is no JSON. The steps also lead into JSON that is kept inside a string.
#[must_use]
pub fn find<'a>(json: &'a [u8], steps: &[String]) -> Option<Cow<'a, [u8]>> {
    let Some((step, rest)) = steps.split_first() else { return Some(Cow::Borrowed(json)) };
    let next: &RawValue = match json.trim_ascii_start().first()? {
        b'{' => {
            let members = serde_json::from_slice::<HashMap<String, &RawValue>>(json).ok()?;
            members.get(step).copied()?
        }
        b'[' => {
            let items = serde_json::from_slice::<Vec<&RawValue>>(json).ok()?;
            items.get(step.parse::<usize>().ok()?).copied()?
        }
        b'"' => {
            let inner = serde_json::from_slice::<String>(json).ok()?;
            return find(inner.as_bytes(), steps).map(|found| Cow::Owned(found.into_owned()));
        }
        _ => return None,
    };
    find(next.get().as_bytes(), rest)
}
