use std::io::Write as _;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::undone;
use crate::domain::attempt::AttemptError;
use crate::domain::headers::Headers;

const PLAIN: &[u8] = br#"{"data":{}}"#;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn what_was_compressed_is_unpacked_and_the_rest_is_left() {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
    zlib.write_all(PLAIN).unwrap();
    let mut raw = DeflateEncoder::new(Vec::new(), Compression::fast());
    raw.write_all(PLAIN).unwrap();
    for (coding, body, expected) in [
        ("gzip", gzip(PLAIN), PLAIN),
        (" X-GZip ", gzip(PLAIN), PLAIN),
        ("gzip", [gzip(&PLAIN[..4]), gzip(&PLAIN[4..])].concat(), PLAIN),
        ("deflate", zlib.finish().unwrap(), PLAIN),
        ("deflate", raw.finish().unwrap(), PLAIN),
        ("gzip", Vec::new(), b""),
        ("br", PLAIN.to_vec(), PLAIN),
        ("identity", PLAIN.to_vec(), PLAIN),
        ("", PLAIN.to_vec(), PLAIN),
    ] {
        let headers = Headers::from_pairs([("Content-Encoding", coding)]);
        let unpacked = undone(&headers, Bytes::from(body), PLAIN.len()).unwrap();
        assert_eq!(unpacked, expected, "{coding}");
    }
}

#[test]
fn what_grows_too_long_or_is_not_what_it_says_is_none() {
    let bomb = gzip(&vec![0; 1 << 20]);
    assert!(bomb.len() < 20_000);
    for (coding, body, error) in [
        ("gzip", bomb, AttemptError::TooLarge),
        ("gzip", PLAIN.to_vec(), AttemptError::Malformed),
        ("gzip", gzip(PLAIN)[..15].to_vec(), AttemptError::Malformed),
        ("deflate", vec![0xff; 20], AttemptError::Malformed),
    ] {
        let headers = Headers::from_pairs([("Content-Encoding", coding)]);
        let failure = undone(&headers, Bytes::from(body), 100_000).unwrap_err();
        assert_eq!(failure.error, error, "{coding}: {failure}");
    }
}
