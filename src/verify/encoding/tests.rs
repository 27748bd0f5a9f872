use proptest::prelude::*;

use super::{Encoding, equal};

#[test]
fn only_well_formed_text_is_decoded() {
    for (encoding, text, bytes) in [
        (Encoding::Hex, "00fFA1", Some(&[0x00, 0xff, 0xa1][..])),
        (Encoding::Hex, "", Some(&[])),
        (Encoding::Hex, "0", None),
        (Encoding::Hex, "0g", None),
        (Encoding::Hex, "é", None),
        (Encoding::Base64, "+/8=", Some(&[0xfb, 0xff])),
        (Encoding::Base64, "+/8", Some(&[0xfb, 0xff])),
        // The last character carries bits that belong to no byte.
        (Encoding::Base64, "+/9=", None),
        (Encoding::Base64, "-_8=", None),
        (Encoding::Base64Url, "-_8", Some(&[0xfb, 0xff])),
        (Encoding::Base64Url, "-_8=", None),
        (Encoding::Base64Url, "-_9", None),
        (Encoding::Base64Url, "+/8", None),
        (Encoding::Base64, "+/8=\n", None),
        (Encoding::Base64, "+\n/8=", None),
        (Encoding::Base64, "+/8==", None),
    ] {
        assert_eq!(encoding.decode(text.as_bytes()).as_deref(), bytes, "{encoding} {text:?}");
    }
}

#[test]
fn values_of_different_length_are_not_equal() {
    assert!(equal(b"secret", b"secret"));
    assert!(!equal(b"secret", b"secreT"));
    assert!(!equal(b"secret", b"secret "));
    assert!(!equal(b"secret", b""));
}

proptest! {
    #[test]
    fn what_is_encoded_is_decoded_again(bytes: Vec<u8>) {
        for encoding in [Encoding::Hex, Encoding::Base64] {
            let text = encoding.encode(&bytes);
            prop_assert_eq!(encoding.decode(text.as_bytes()), Some(bytes.clone()));
        }
    }
}
