//! One field out of a body of `multipart/form-data` (RFC 7578).

/// The content of the first part of that name; none if the body has no such part. Parts within
/// parts are content.
pub(super) fn part<'a>(content_type: &str, body: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let boundary = boundary(content_type)?;
    let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
    // The first delimiter may begin the body, without a line before it.
    let mut rest = body.strip_prefix(&delimiter[2..]).or_else(|| after(body, &delimiter))?;
    while !rest.starts_with(b"--") {
        rest = after(rest, b"\r\n")?;
        let end = find(rest, &delimiter)?;
        let (part, next) = (&rest[..end], &rest[end + delimiter.len()..]);
        if let Some(content) = content(part, name) {
            return Some(content);
        }
        rest = next;
    }
    None
}

/// The content of a part of that name.
fn content<'a>(part: &'a [u8], name: &str) -> Option<&'a [u8]> {
    // A part without header fields begins with the empty line.
    let end = find(part, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&part[..end]).ok()?;
    let disposition = head.split("\r\n").find_map(|line| {
        let (field, value) = line.split_once(':')?;
        field.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    let own = parameter(disposition, "name")? == name;
    own.then(|| &part[end + 4..])
}

/// RFC 2046 section 5.1.1 allows 70 characters.
fn boundary(content_type: &str) -> Option<&str> {
    let (kind, _) = content_type.split_once(';')?;
    let fits = |boundary: &&str| (1..=70).contains(&boundary.len());
    let form = kind.trim().eq_ignore_ascii_case("multipart/form-data");
    if form { parameter(content_type, "boundary").filter(fits) } else { None }
}

/// A parameter of a header's value, without the quotes around it.
fn parameter<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    value.split(';').skip(1).find_map(|pair| {
        let (own, value) = pair.split_once('=')?;
        let value = value.trim();
        let unquoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        own.trim().eq_ignore_ascii_case(name).then_some(unquoted.unwrap_or(value))
    })
}

fn after<'a>(text: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    find(text, mark).map(|at| &text[at + mark.len()..])
}

fn find(text: &[u8], mark: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, mark)
}

#[cfg(test)]
mod tests;
