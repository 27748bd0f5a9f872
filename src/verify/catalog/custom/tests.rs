use crate::domain::secret::Secret;
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::fixture::keyed;
use crate::verify::scheme::Scheme;

const ADDRESS: &str = "https://sns.us-west-2.amazonaws.com/a.pem";

fn sns(address: &str, text: &str) -> Auth {
    let certificates = [(address.to_owned(), Secret::new(text))].into();
    Auth { certificates, ..keyed("aws_sns", &[]) }
}

#[test]
fn what_cannot_work_is_refused() {
    let url = Some("nonsense".to_owned());
    for (auth, message) in [
        (
            sns("https://evil.test/a.pem", ""),
            "scheme aws_sns: certificates has \"https://evil.test/a.pem\", which is not an address of Amazon SNS",
        ),
        (
            sns(ADDRESS, "nonsense"),
            "scheme aws_sns: certificates has \"https://sns.us-west-2.amazonaws.com/a.pem\", whose text is not a public key or certificate: neither PEM, nor its DER in base64 or hex, nor the 32 bytes of an Ed25519 key in base64 or hex",
        ),
        (keyed("aws_sns", &["secret"]), "scheme aws_sns has no use for the key secret"),
        (
            Auth { url: url.clone(), ..keyed("plivo", &["s"]) },
            "scheme plivo: url is not a url with a host",
        ),
        (
            Auth { url, ..keyed("contentful", &["s"]) },
            "scheme contentful has no use for the key url",
        ),
        (
            keyed("contentful", &[""]),
            "scheme contentful: secret is empty, so that anybody could pass",
        ),
        (
            keyed("dropbox_sign", &["s", ""]),
            "scheme dropbox_sign: secret is empty, so that anybody could pass",
        ),
    ] {
        assert_eq!(Catalog::builtin().scheme(&auth).unwrap_err().to_string(), message);
    }
}

#[test]
fn without_a_key_nothing_is_checked() {
    for name in ["aws_sns", "contentful", "plivo", "dropbox_sign"] {
        let scheme = Catalog::builtin().scheme(&keyed(name, &[])).unwrap();
        assert!(matches!(scheme, Scheme::Keyless(_)), "{name}");
    }
}
