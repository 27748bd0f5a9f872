//! Every scheme of the catalog: what is signed verifies, and what carries the signature may be
//! changed into anything and still gets a verdict, the same each time.

#![no_main]

use std::sync::LazyLock;

use bytes::Bytes;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

use hookscope::domain::headers::{Fidelity, Field, Headers};
use hookscope::domain::http::{Request, Version};
use hookscope::domain::secret::Secret;
use hookscope::domain::verdict::Verdict;
use hookscope::verify::catalog::{Auth, Catalog, NamedKey};
use hookscope::verify::explain::Limits;
use hookscope::verify::scheme::{Received, Scheme};
use hookscope::verify::signing::Signing;
use hookscope::verify::{challenge, evidence, explain, nonce, signed, verify};
use hookscope_fuzz::NOW;

/// Secrets in every form that some scheme asks for.
const SECRETS: [&str; 4] = [
    "s&cret",
    "c2VjcmV0",
    "c0ffee",
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
];

static SCHEMES: LazyLock<Vec<Scheme>> = LazyLock::new(|| {
    let catalog = Catalog::builtin();
    catalog.names().filter_map(|name| scheme(&catalog, name)).collect()
});

fn scheme(catalog: &Catalog, name: &str) -> Option<Scheme> {
    let text = |text: &str| Some(text.to_owned());
    let secret = |text: &str| Some(Secret::new(text));
    let made = SECRETS.iter().flat_map(|given| {
        let bare = Auth { scheme: name.to_owned(), ..Auth::default() };
        let keyed = Auth { secrets: vec![Secret::new(*given)], ..bare.clone() };
        let key = NamedKey {
            algorithm: "hmac-sha256".to_owned(),
            secret: secret(given),
            ..NamedKey::default()
        };
        [
            keyed.clone(),
            Auth { header: text("X-A"), ..keyed.clone() },
            Auth { app_key: text("k"), ..keyed.clone() },
            Auth { key: text("k"), token: secret("t"), token_secret: secret("u"), ..keyed },
            Auth { username: text("u"), password: secret(given), ..bare.clone() },
            Auth { token: secret(given), ..bare.clone() },
            Auth { header: text("X-A"), value: secret(given), ..bare.clone() },
            Auth {
                public_key: secret(include_str!("../../data/keys/rfc9421-p256.pub.pem")),
                ..bare.clone()
            },
            Auth { keys: [("k".to_owned(), key)].into(), ..bare },
        ]
    });
    made.into_iter().find_map(|auth| catalog.scheme(&auth).ok())
}

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    scheme: u8,
    query: &'a str,
    kind: u8,
    body: &'a [u8],
    /// Which of the fields that sign is changed, from where on, and into what.
    field: u8,
    at: u8,
    cut: u8,
    into: &'a [u8],
    explains: bool,
}

const KINDS: [&str; 4] = [
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain",
];

fuzz_target!(|case: Case<'_>| {
    let scheme = &SCHEMES[usize::from(case.scheme) % SCHEMES.len()];
    let is_target = |c: char| c.is_ascii_graphic() && c != '#';
    let query = case.query.chars().filter(|c| is_target(*c)).collect::<String>();
    let kind = KINDS[usize::from(case.kind) % KINDS.len()];
    let unsigned = Request {
        method: http::Method::POST,
        target: format!("/a%20b?{query}"),
        version: Version::Http11,
        headers: Headers::from_pairs([("Host", "h.test"), ("Content-Type", kind)]),
        body: Bytes::copy_from_slice(case.body),
    };
    let received = Received { at: NOW, public_url: Some("https://p.test") };
    let signing =
        Signing { at: NOW, nonce: "n/1", id: Some("msg_1"), public_url: received.public_url };
    let Ok(signed) = signed(&unsigned, &signing, scheme) else {
        judged(&unsigned, &received, scheme, case.explains);
        return;
    };
    let verdict = verify(&signed, &received, scheme);
    assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:?} {signed:?}");
    judged(&changed(&signed, &unsigned, &case), &received, scheme, case.explains);
});

fn changed(signed: &Request, unsigned: &Request, case: &Case<'_>) -> Request {
    let is_new = |field: &Field| !unsigned.headers.iter().any(|other| other == field);
    let new = signed.headers.iter().filter(|field| is_new(field)).count().max(1);
    let mut nth = 0;
    let fields = signed.headers.iter().map(|field| {
        let is_it = is_new(field) && nth == usize::from(case.field) % new;
        nth += usize::from(is_new(field));
        let value = if is_it { spliced(&field.value, case) } else { field.value.clone() };
        Field { name: field.name.clone(), value }
    });
    let headers = Headers::new(fields.collect(), Fidelity::Exact);
    let body = if new == 1 && case.field == 255 {
        spliced(&signed.body, case)
    } else {
        signed.body.clone()
    };
    Request { headers, body, ..signed.clone() }
}

fn spliced(value: &[u8], case: &Case<'_>) -> Bytes {
    let at = usize::from(case.at).min(value.len());
    let behind = (at + usize::from(case.cut)).min(value.len());
    [&value[..at], case.into, &value[behind..]].concat().into()
}

fn judged(request: &Request, received: &Received<'_>, scheme: &Scheme, explains: bool) {
    let verdict = verify(request, received, scheme);
    assert_eq!(verdict, verify(request, received, scheme));
    let _ = evidence(request, received, scheme);
    let _ = nonce(request, received, scheme);
    let _ = challenge::answer(request, scheme, matches!(verdict, Verdict::Verified { .. }));
    if explains {
        let _ = explain(request, received, scheme, &[], Limits { tries: 200, ..Limits::default() });
    }
}
