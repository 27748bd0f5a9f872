use super::{check, write};
use crate::domain::headers::Headers;
use crate::domain::verdict::Reason;
use crate::verify::fixture::request;

/// The digests of `{"hello": "world"}` in RFC 9530 appendix D.
const SHA_256: &str = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
const SHA_512: &str = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
const BODY: &str = r#"{"hello": "world"}"#;

#[test]
fn every_digest_that_is_known_has_to_be_that_of_the_body() {
    let both = format!("{SHA_256}, {SHA_512}");
    let wrong = format!("{SHA_256}, sha-512=:AAAA:");
    let unknown = format!("md5=:AAAA:, {SHA_256};x=1");
    for (value, expected) in [
        (SHA_256, Ok(true)),
        (SHA_512, Ok(true)),
        (both.as_str(), Ok(true)),
        (unknown.as_str(), Ok(true)),
        ("md5=:AAAA:", Ok(false)),
        ("", Ok(false)),
        (wrong.as_str(), Err(Reason::DigestMismatch)),
        ("sha-256=:AAAA:", Err(Reason::DigestMismatch)),
        ("sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE", Err(Reason::MalformedCredential)),
        ("sha-256=(:AAAA:)", Err(Reason::MalformedCredential)),
        ("sha-256", Err(Reason::MalformedCredential)),
        ("SHA-256=:AAAA:", Err(Reason::MalformedCredential)),
        ("sha-256=:AAAA:, sha-256=:AAAA:", Err(Reason::MalformedCredential)),
        ("\u{e9}", Err(Reason::MalformedCredential)),
    ] {
        let request = request("POST /", &[("Content-Digest", value)], BODY);
        assert_eq!(check(&request).map_err(|refutation| refutation.reason), expected, "{value}");
    }
    assert_eq!(check(&request("POST /", &[], BODY)), Ok(false));
}

#[test]
fn a_digest_is_made_anew_with_its_algorithm() {
    let old = |value| Headers::from_pairs([("Content-Digest", value)]);
    assert_eq!(write(&Headers::default(), BODY.as_bytes()), SHA_256);
    assert_eq!(write(&old("sha-512=:AAAA:"), BODY.as_bytes()), SHA_512);
    assert_eq!(write(&old("sha-512=:AAAA:, sha-256=:AAAA:"), BODY.as_bytes()), SHA_256);
    assert_eq!(write(&old("nonsense="), BODY.as_bytes()), SHA_256);
}
