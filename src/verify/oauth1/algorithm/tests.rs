use super::Algorithm;
use crate::domain::http::Request;
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::fixture::{keyed, request, scheme, secret, time, word};
use crate::verify::scheme::{Received, Scheme};
use crate::verify::signing::{CannotSign, Signing};
use crate::verify::{signed as sign, verify};

const CERTIFICATE: &str = include_str!("../../../../tests/data/keys/oauth-test-cases.cert.pem");
const PUBLIC_KEY: &str = include_str!("../../../../tests/data/keys/rsa.pub.pem");
const PRIVATE_KEY: &str = include_str!("../../../../tests/data/keys/rsa.pem");

// HMAC with Python's standard library, RSA with OpenSSL, over the base string of `signed`.
const HMAC_SHA512: &str = "C0VfY0DFw%2Bg6h4QdXY1sxx3QSXu1WwMDnaLBdxr%2Fs3HKxsGIQlRategUOJic2NZrbT4HbAGDvP7xqdoIsYmMUg%3D%3D";
const RSA_SHA256: &str = "JqunAQJxTctrlC62rd8X1mrnBosbxnjT9zbdGAd4%2B%2BrKwcxGJmn13UZdMv9HxYIZllAXFdux4DOmo5vFcIGrNk5lJ1AN84oxIvXit7t%2BFmQ1%2B9OUKz4K32L7Z1tyYfhPgTEW3ucryql6t70WEsWWuUVYlx57mvK8FiT0BmzmxNXB%2BFsxz4seOG4FvtdKc1XGEgrZmVfgNbXQReWu2pE8sheRRwRvDIPhYefdMM09lgGRNRgiVwu2wUD4d8SJmGHTlOwFwJTDrFgDmNJM9By4tu3BCGIJ7JhBzIkE%2BqLL2v8u78opqEloT70jxM21YwgoApNz00UC00GkmKs6sE124w%3D%3D";
const RSA_SHA1: &str = "Q%2FPAB8JyJR5xZKkqa6sHB9YonCJY%2F1SWd8LwudIvDHXTc3LL%2B4xLUsArxSa0%2BhokLpJZuwG7J4PeZdQgsmc3dftP%2FlswqYJbloBLWpL%2BnWfIkJ2Ec2k147pCKws2Cb%2FG51FWXven4LSTS%2FLiRLul2JiVTjazKzZ970NUA%2Bc19wbU4b2fX2ZEiRRRQf2CLsnfchEb0tq%2FitqIN91fcVuybgtnUUXPrdEoCWLbfPskM9OkvTwkK7JspJeGqJif%2B19yQVJvZsDy534DW42r6KmqdtQnnvOyOwhHrU9%2FivJ9%2F00NKri2gVq1rp6n1uaczujWIfxX%2BAUNyN6BEFb%2BL0%2BsCw%3D%3D";

fn inspector(secrets: &[&str], public_key: Option<&str>, algorithms: &[&str]) -> Auth {
    let algorithms = algorithms.iter().copied().map(str::to_owned).collect::<Vec<_>>();
    Auth {
        key: Some("inspector".to_owned()),
        public_key: public_key.map(secret),
        algorithms: (!algorithms.is_empty()).then_some(algorithms),
        ..keyed("oauth1", secrets)
    }
}

fn signed(method: &str, signature: &str) -> Request {
    let header = format!(
        r#"OAuth oauth_consumer_key="inspector", oauth_signature_method="{method}", oauth_timestamp="1000", oauth_nonce="n", oauth_signature="{signature}""#
    );
    request("POST /avinode/acme?x=1", &[("Authorization", header.as_str())], "")
}

fn check(request: &Request, base: &str, seconds: i64, scheme: &Scheme) -> &'static str {
    let received = Received { at: time(seconds), public_url: Some(base) };
    word(&verify(request, &received, scheme))
}

#[test]
fn the_rsa_example_of_the_oauth_test_cases_verifies() {
    let auth = Auth {
        key: Some("dpf43f3p2l4k3l03".to_owned()),
        public_key: Some(secret(CERTIFICATE)),
        ..keyed("oauth1", &[])
    };
    let target = "GET /photos?file=vacaction.jpg&size=original&oauth_consumer_key=dpf43f3p2l4k3l03\
        &oauth_signature_method=RSA-SHA1&oauth_version=1.0&oauth_timestamp=1196666512\
        &oauth_nonce=13917289812797014437&oauth_signature=jvTp%2FwX1TYtByB1m%2BPbyo0lnCOLIsyGCH7wke8\
        AUs3BpnwZJtAuEJkvQL2%2F9n4s5wUmUl4aCI4BwpraNx4RtEXMe5qg5T1LVTGliMRpKasKsW%2F%2Fe%2BRinhejgCu\
        zoH26dyF8iY2ZZ%2F5D1ilgeijhV%2FvBka5twt399mXwaYdCwFYE%3D";
    let base = "http://photos.example.net";
    let sent = request(target, &[], "");
    assert_eq!(check(&sent, base, 1_196_666_512, &scheme(&auth)), "verified");
    let other = request(&target.replace("original", "small"), &[], "");
    assert_eq!(check(&other, base, 1_196_666_512, &scheme(&auth)), "signature_mismatch");
}

#[test]
fn a_method_is_believed_only_with_the_key_that_belongs_to_it() {
    let hmac = |name| inspector(&["secret"], None, &[name]);
    let rsa = || inspector(&[], Some(PUBLIC_KEY), &[]);
    // The public key is no secret, so that nobody may pass by using it as one.
    let both = || inspector(&["secret"], Some(PUBLIC_KEY), &[]);
    for (request, auth, expected) in [
        (signed("HMAC-SHA512", HMAC_SHA512), hmac("HMAC-SHA512"), "verified"),
        (signed("HMAC-SHA512", HMAC_SHA512), hmac("HMAC-SHA1"), "unsupported_algorithm"),
        (signed("HMAC-SHA512", RSA_SHA1), hmac("HMAC-SHA512"), "signature_mismatch"),
        (signed("RSA-SHA256", RSA_SHA256), rsa(), "verified"),
        (signed("RSA-SHA1", RSA_SHA1), rsa(), "verified"),
        (signed("RSA-SHA1", RSA_SHA256), rsa(), "signature_mismatch"),
        (signed("RSA-SHA256", HMAC_SHA512), rsa(), "signature_mismatch"),
        (signed("RSA-SHA256", "!"), rsa(), "malformed_credential"),
        (signed("HMAC-SHA1", HMAC_SHA512), rsa(), "unsupported_algorithm"),
        (signed("RSA-SHA256", RSA_SHA256), both(), "verified"),
        (signed("HMAC-SHA256", HMAC_SHA512), both(), "signature_mismatch"),
    ] {
        let name = request.headers.text("Authorization").unwrap();
        assert_eq!(check(&request, "https://h.test", 1000, &scheme(&auth)), expected, "{name}");
    }
}

#[test]
fn a_key_that_a_method_needs_has_to_be_there() {
    let mistake = |auth: &Auth| Catalog::builtin().scheme(auth).unwrap_err().to_string();
    for (auth, message) in [
        (
            inspector(&["secret"], None, &["RSA-SHA256"]),
            "scheme oauth1: algorithms has RSA-SHA256, which needs public_key",
        ),
        (
            inspector(&[], Some(PUBLIC_KEY), &["HMAC-SHA1"]),
            "scheme oauth1: algorithms has HMAC-SHA1, which needs secret",
        ),
        (
            inspector(&[], Some(PRIVATE_KEY), &[]),
            "scheme oauth1: public_key is a private key; the public key that belongs to it is wanted",
        ),
        (
            inspector(&["secret"], None, &["RSA-SHA2"]),
            "scheme oauth1: algorithms has \"RSA-SHA2\", which is not known; did you mean RSA-SHA1?",
        ),
    ] {
        assert_eq!(mistake(&auth), message);
    }
    assert!(matches!(scheme(&inspector(&[], None, &["RSA-SHA1"])), Scheme::Keyless(_)));
}

#[test]
fn signing_takes_the_first_method_that_needs_no_private_key() {
    let signing =
        Signing { at: time(1000), nonce: "n", id: None, public_url: Some("https://h.test") };
    let bare = request("POST /", &[], "{}");
    let rsa = scheme(&inspector(&[], Some(PUBLIC_KEY), &[]));
    assert_eq!(sign(&bare, &signing, &rsa), Err(CannotSign::NoPrivateKey));
    let both = inspector(&["secret"], Some(PUBLIC_KEY), &["RSA-SHA1", "HMAC-SHA512"]);
    let signed = sign(&bare, &signing, &scheme(&both)).unwrap();
    assert!(signed.headers.text("Authorization").unwrap().contains("HMAC-SHA512"));
    assert_eq!(check(&signed, "https://h.test", 1000, &scheme(&both)), "verified");
}

#[test]
fn every_method_is_known_by_its_name() {
    for algorithm in Algorithm::ALL {
        assert_eq!(Algorithm::from_name(algorithm.as_str()), Some(algorithm));
    }
}
