//! Which addresses may hold a certificate of Amazon SNS.

/// More characters than any of these addresses has.
const LONGEST: usize = 200;

/// Whether the address belongs to Amazon SNS: `https://sns.REGION.amazonaws.com/NAME.pem`, with
/// `.cn` behind the host in China. Anything that readers of addresses could take apart differently
/// (user names, ports, queries, escapes, other letter cases) is none.
pub(in crate::verify) fn is_of_sns(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://sns.") else { return false };
    let Some((host, path)) = rest.split_once('/') else { return false };
    let host = host.strip_suffix(".cn").unwrap_or(host);
    let Some(region) = host.strip_suffix(".amazonaws.com") else { return false };
    let Some(name) = path.strip_suffix(".pem") else { return false };
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let file = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    address.len() <= LONGEST
        && region.len() >= 3
        && region.bytes().all(plain)
        && !name.is_empty()
        && name.bytes().all(file)
}

#[cfg(test)]
mod tests;
