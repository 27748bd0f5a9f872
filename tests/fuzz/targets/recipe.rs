//! Recipes and `auth` tables that anybody could write, on raw requests: a config, a line `===`, a
//! request. Each gets a verdict.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;

use hookscope::config::endpoints::{Inherited, Reader, route};
use hookscope::config::file::{Auth, File};
use hookscope::domain::verdict::Verdict;
use hookscope::verify::catalog::Catalog;
use hookscope::verify::signing::Signing;
use hookscope::verify::{challenge, evidence, nonce, signed, verify};
use hookscope_fuzz::{NOW, halves, request};

fuzz_target!(|bytes: &[u8]| {
    let Some((config, request)) =
        halves(bytes).and_then(|(config, rest)| Some((config, request(rest)?)))
    else {
        return;
    };
    let Ok(file) = File::parse(config) else { return };
    let Ok(catalog) = Catalog::builtin().with_user_recipes(config) else { return };
    let reader = Reader { base: Path::new("/nowhere"), variable: |_| None };
    let inherited = Inherited { public_url: Some("https://p.test"), forward: None };
    for endpoint in file.endpoints.iter().filter(|endpoint| endpoint.auth.iter().all(is_literal)) {
        let Ok(route) = route(endpoint, inherited, &catalog, reader) else { continue };
        let received = route.received(NOW);
        let verdict = verify(&request, &received, &route.scheme);
        let is_verified = matches!(verdict, Verdict::Verified { .. });
        let _ = evidence(&request, &received, &route.scheme);
        let _ = nonce(&request, &received, &route.scheme);
        let _ = challenge::answer(&request, &route.scheme, is_verified);
        let signing =
            Signing { at: NOW, nonce: "n", id: Some("i"), public_url: received.public_url };
        if let Ok(signed) = signed(&request, &signing, &route.scheme) {
            let _ = verify(&signed, &received, &route.scheme);
        }
    }
});

/// Nothing of it is read from a file or, above all, run.
fn is_literal(auth: &Auth) -> bool {
    let keys = auth.keys.values().filter_map(|key| key.public_key.as_ref());
    let public = auth.public_key.iter().chain(auth.certificates.values()).chain(keys);
    let secret = auth.secret_sources().map(|(_, source)| source);
    secret.chain(public).all(|source| source.is_literal())
}
