use super::{PublicKey, PublicKeyError, SignatureAlgorithm};
use crate::verify::encoding::Encoding;
use crate::verify::key_text;
use SignatureAlgorithm::{
    EcdsaP256Sha256Der, EcdsaP256Sha256Fixed, EcdsaP384Sha384Der, EcdsaP384Sha384Fixed, Ed25519,
    RsaPkcs1Sha1, RsaPkcs1Sha256, RsaPkcs1Sha384, RsaPkcs1Sha512, RsaPssSha256, RsaPssSha384,
    RsaPssSha512,
};

const ED25519: &str = include_str!("../../../tests/data/keys/rfc9421-ed25519.pub.pem");
const P256: &str = include_str!("../../../tests/data/keys/rfc9421-p256.pub.pem");
const P384: &str = include_str!("../../../tests/data/keys/p384.pub.pem");
const P521: &str = include_str!("../../../tests/data/keys/p521.pub.pem");
const RSA: &str = include_str!("../../../tests/data/keys/rsa.pub.pem");
const RSA_PKCS1: &str = include_str!("../../../tests/data/keys/rfc9421-rsa.pub.pem");
const CERTIFICATE: &str = include_str!("../../../tests/data/keys/rsa.cert.pem");
const RSA_1024: &str = include_str!("../../../tests/data/keys/rsa1024.pub.pem");
const RSA_768: &str = include_str!("../../../tests/data/keys/rsa768.pub.pem");
const PRIVATE: &str = include_str!("../../../tests/data/keys/rfc9421-ed25519.pem");
const COMPRESSED: &str =
    "MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgADqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivA=";

/// Signatures of `hello`, made with OpenSSL.
const SIGNATURES: &[(&str, SignatureAlgorithm, &str)] = &[
    (
        ED25519,
        Ed25519,
        "gR5Ac+Sz4ATS3s9DizgNcjBRRG4HkK9qvO/ntWmqhUTqPstXVf3ZnGW6cQ+5qxXyTA0MRBFebj0+M2QP14lQAQ==",
    ),
    (
        P256,
        EcdsaP256Sha256Der,
        "MEUCIBVQ1LrR8TmDbiS+FGexpMbmYF6P5DD5WTX+9KO80Ty/AiEA8/wJ0vaDCQA1KtmQ8YZlQYdQcHeC8pDo4QXk1RaQUwQ=",
    ),
    (
        P256,
        EcdsaP256Sha256Fixed,
        "FVDUutHxOYNuJL4UZ7GkxuZgXo/kMPlZNf70o7zRPL/z/AnS9oMJADUq2ZDxhmVBh1Bwd4LykOjhBeTVFpBTBA==",
    ),
    (
        P384,
        EcdsaP384Sha384Der,
        "MGQCMFt7xBxA9wtdPR6SICSk9lT8ndIF90sIy+Ndcz23RKSBa1OoEkmMMR2rSZn28W6ziwIwDe2pIRM5M+CloIFdfeI8DvJ7IqwLBSQH9LazoCh8L30R9fSXhoYDVCjrgQ3nlQpR",
    ),
    (
        P384,
        EcdsaP384Sha384Fixed,
        "W3vEHED3C109HpIgJKT2VPyd0gX3SwjL411zPbdEpIFrU6gSSYwxHatJmfbxbrOLDe2pIRM5M+CloIFdfeI8DvJ7IqwLBSQH9LazoCh8L30R9fSXhoYDVCjrgQ3nlQpR",
    ),
    (
        RSA,
        RsaPkcs1Sha1,
        "jm50siFYGf8zKvltR/pzEDUg934cSmMAFLoICl4nXW0GQJ30n00rq8trWv0p+zBB/zEIL0twUsccZp8jzDR5ym9ops8n3A2bpoEanrE9RAa+86QNa1bD2F/35c6Kx8fIeaR2yLTnJDfGJhbU0WW/OfeE6/+uh4Rtmhe8lU7jdxcjBSfQqSVZf7zF+HZvtdNuSwEd2FENpMKRAA9OdxZuj/895/T2evi5niQBMqk64KZUOSDo1ELjioTT7zf1EWFi6+FLna91jWjLZHA+JHKtL0Sg79Sk59f1JcRrLhIiACWAsK/ykAbvXANjljqgvodaHRi4tn/dRzyVi5kldTOSHw==",
    ),
    (
        CERTIFICATE,
        RsaPkcs1Sha256,
        "foVXM4JXconNmYMgekey48CM1QZ3oymCRrhzMeO0AjpEUt7WHOG7Xp/mc6AlM3mpLC36x10wCGT8gO7uy+CZ/c8bH8XHvSpoNAnJEAyGCDpb/IrMo3eqftvbzDGQKGxNGs5vyJccUQ1pRg+qPFdbkwt2NBZ5VZqrragA9fZ/Bv8SV1flTyVjikZCO8w7oJ0az53E4+/8u/hp4og33ogCLYeeBP7SPcwlQIBxbqArxfTuTmR2MO1zEDs1yxMlNjdF29kWOJB+4hgfDgL+ivKYhCTCLcQDeRZrRHC5WadDghbCyZEsSQKv5meDipaJIfwLvcUT/PZGDlynjbZC8wZA4A==",
    ),
    (
        RSA,
        RsaPkcs1Sha384,
        "VrQqzN3phIO1V40MIsr3nuRVsEiHeIw1GZ0Zbv34eYHFZsvxqLGspp8IVX/ktwjyyY9u9/ZmDuwm0Vz0FhkQjXsSAZJ4YJXe36FdgIj9wF3H94ZUzJoLH6liKEej8t33CSRbfrN5vV6oR2TNtKeekJ92d7k3BR7nFDQMuukZuz4Wg3/9Ge0gGv5kG+z65s94YARRcvKeVfY3V1Wi/LZ57Br6G744bzeUI5DzbY+ajVYN75xcOv4ocalT5FTH9XZY+O+Xv0TODG6fa9jKGHIX+msbgZslgOzU37Fn3c6rezuh6E1PU/J5PoEe0HUQxxMsY4NOjPDfMmywz4C7+o7CKw==",
    ),
    (
        RSA,
        RsaPkcs1Sha512,
        "P5VoKM27GDTc/wuwr3cRnqegDAvNAY564d9mWsJq3vBmlURuNP8ZTDhDMQzdkRd3pwMo9twJdEK75e2azLpkAyflGNsF6TWQmOz0erHIzoCHd6zg3zO3u56hF6UfxyL8bmGwT7MLJ8jTBfdNoGt2bX4FdcSyV0FfYHLEx0C4ANz/fIEGjTBiWIzLxeZK29AnPZPx/Dj1ahW+MV8zlResC+OJWZF01BO5pVMoBWw2S9roBh+3Odk89IZkNYktMazdPodshkUMqg3d9PYwHCiVD7icHnhXXCfOODXgxzrZfZr2d5fBIloXeryPZZjb9PcoIA+ZTznuhFYkn2JE64fEiQ==",
    ),
    (
        RSA,
        RsaPssSha256,
        "VCyFGciAJKImhLBZ29PAPl0QLkD+Mg8dADFv4loD3zJ3laG6KkJJ3qSasGd0re6nGRt/Sifnh4ABzXRKoGzPzHmyx+QY/Vgc+9J1MEiSt4UJe4MSU0WqFRJU5qmQbFOsLkd3x0AFMk27aclanruIe/DTVX98xdGyii7fW+iaWs+Uj1gj2u1vjCXed/5iGrKqjN1uFVD7DKlT0bLvdCUALHHjIb6nmGOvtcbxyVYInFlewOEVupHlrvJ0zmYGmdSSXlepBPSZEm1BUICBkTfJ2VmUUbvYg5a0fc11Iid7mslsiEY+t6VNpT3jJnQDaMULT2rXln8WVNDMfiAgY2+GQA==",
    ),
    (
        RSA,
        RsaPssSha384,
        "LAgqBM8FRRsxs/Q6Eaj5+qztMTMNuEPmanvzAlECXW7W1YcsE90XWB6i4qBWGt0q9Tn2bLz9hLN4+iMrpHqqgSTUZNj1V4mmzhQNn3yau9+/aiQnnEugMiqicEeJvzGXgq2PcHTEv/GDyKBtIlkgR008LWLFknNyKwpJml7WCFcUUDuiHc6hBMSrHrUbglKPLlzc9tsUOIESdGb18nWhsHK/ymwjmHE1lvejNdtcgfvlNu3lqCrJZD2Yd8mPPSmvAyx+l/cq9BmLcXXQR0DSulh4wKDH6Rixjs4HufrtITGG69lUeVaX4VJiOI2h5yhSD2wE29k/wgx5v+xzZC5AvQ==",
    ),
    (
        RSA,
        RsaPssSha512,
        "jywQ//kDg7EXQw6Tlm0PNezfVkE/hsiig73DWJ3+vFx3deJoNlpFtztUqxDatebPgxfT5DY15c9kXMy1cMoH7J2R0RMkstSUsUeXxuTeX4R+AcuwjexKf78rs9XC8KYEA2r9vjqU7gJpp7JAJN/hvx+gveg0QpJ/ytn+EUpKSlMLWob75XqcWP7MmBTM9tXKq/r0J+0UJPsrs/FkCaQJAmk89ElELEfERGbNX1HUbSpmIp4qRpE/4HH/R22znQQLa989f1q/h0N4fZfEpXTGWTt2RCwRJFflEV872Tts5mUq7swZZTl3ahr3I8V+jHcCByJ9AVgC6yVf3ZOH/H4opQ==",
    ),
    (
        RSA_1024,
        RsaPkcs1Sha256,
        "K6cD+76itn54ZFCEGI3IX5JrMcIODaaYZABbWIBPybm6HdrhRmNLPxDcMSDjRhecfcMaCL1Bfk5nmcps4PpvhpN317eESUXbTmd+136zQw4XHe+u0jqkWfp5tqQmHSBoDNS0W/G+ZKr6YvbsD+i9WdxwFK4nRuVJ1q+ql5jCPAc=",
    ),
];

#[test]
fn signatures_of_every_algorithm_are_checked_and_no_other_is() {
    for (key, algorithm, signature) in SIGNATURES {
        let key = PublicKey::parse(key.as_bytes()).unwrap();
        let signature = Encoding::Base64.decode(signature.as_bytes()).unwrap();
        assert!(key.verify(*algorithm, b"hello", &signature), "{algorithm:?}");
        assert!(!key.verify(*algorithm, b"hellO", &signature), "{algorithm:?}");
        for end in 0..signature.len() {
            assert!(!key.verify(*algorithm, b"hello", &signature[..end]), "{algorithm:?} {end}");
        }
        for other in SIGNATURES.iter().map(|(_, other, _)| *other) {
            assert_eq!(key.verify(other, b"hello", &signature), other == *algorithm, "{other:?}");
        }
    }
}

#[test]
fn a_key_is_read_in_every_form_that_people_have() {
    let key = PublicKey::parse(ED25519.as_bytes()).unwrap();
    let one_line = ED25519.replace('\n', "");
    let escaped = ED25519.replace('\n', "\\n");
    let indented = ED25519.replace('\n', "\r\n    ");
    for text in [
        "26b40b8f93fff3d897112f7ebc582b232dbd72517d082fe83cfb30ddce43d1bb",
        "26B40B8F93FFF3D897112F7EBC582B232DBD72517D082FE83CFB30DDCE43D1BB\n",
        "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=",
        " JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs",
        "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=",
        "302a300506032b657003210026b40b8f93fff3d897112f7ebc582b232dbd72517d082fe83cfb30ddce43d1bb",
        &one_line,
        &escaped,
        &indented,
    ] {
        assert_eq!(PublicKey::parse(text.as_bytes()), Ok(key.clone()), "{text}");
    }
    let certificate = PublicKey::parse(CERTIFICATE.as_bytes());
    assert_eq!(certificate, PublicKey::parse(RSA.as_bytes()));
    let chain = format!("{CERTIFICATE}{RSA_PKCS1}");
    assert_eq!(certificate, PublicKey::parse(chain.as_bytes()));
    assert!(PublicKey::parse(RSA_PKCS1.as_bytes()).is_ok_and(|key| key.fits(RsaPkcs1Sha256)));
}

#[test]
fn what_is_no_key_says_why() {
    for (text, expected) in [
        ("", PublicKeyError::Unreadable),
        ("secret", PublicKeyError::Unreadable),
        ("00ff", PublicKeyError::Unreadable),
        ("-----BEGIN PUBLIC KEY-----\nMCow", PublicKeyError::Unreadable),
        ("-----BEGIN X-----\nMCow\n-----END Y-----", PublicKeyError::Unreadable),
        (PRIVATE, PublicKeyError::Private),
        (COMPRESSED, PublicKeyError::Compressed),
        (P521, PublicKeyError::UnknownKind("1.3.132.0.35".to_owned())),
        (RSA_768, PublicKeyError::Size(768)),
    ] {
        assert_eq!(PublicKey::parse(text.as_bytes()), Err(expected), "{text}");
    }
    assert_eq!(PublicKey::parse(b"\xff"), Err(PublicKeyError::Unreadable));
    let message = PublicKeyError::Size(768).to_string();
    assert_eq!(message, "is an RSA key of 768 bits; 1024 to 8192 are possible");
}

#[test]
fn der_that_is_cut_off_or_damaged_is_refused_or_another_key() {
    for pem in [ED25519, P256, P384, RSA, RSA_PKCS1, CERTIFICATE] {
        let der = key_text::readings(pem.as_bytes()).remove(0);
        let key = PublicKey::from_bytes(&der).unwrap();
        for end in (0..der.len()).filter(|end| *end != 32) {
            assert!(PublicKey::from_bytes(&der[..end]).is_err(), "{end}");
        }
        let longer = [&der[..], b"\0"].concat();
        assert_eq!(PublicKey::from_bytes(&longer), Err(PublicKeyError::Unreadable));
        for place in 0..der.len() {
            let mut damaged = der.clone();
            damaged[place] ^= 0xff;
            // What stands beside the key in a certificate or with RSA is not looked at.
            let beside = [RSA, CERTIFICATE].contains(&pem);
            assert!(PublicKey::from_bytes(&damaged) != Ok(key.clone()) || beside, "{place}");
        }
    }
}
