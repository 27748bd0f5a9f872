use std::time::Duration;

use super::definition::Hint;
use super::{Auth, Catalog, SchemeError};
use crate::verify::fixture::{at, keyed, request, secret, word};
use crate::verify::scheme::Scheme;
use crate::verify::verify;

fn named(scheme: &str) -> Auth {
    Auth { scheme: scheme.to_owned(), ..Auth::default() }
}

/// The complaint about an auth table, if there is one.
fn complaint(auth: &Auth) -> Option<String> {
    Catalog::builtin().scheme(auth).err().map(|error| error.to_string())
}

/// The schemes of section 12 of the list that this catalog was made from.
const KNOWN: &str = "adyen adyen_header api_key asana basic bearer bitbucket box buildkite calendly \
    circleci clerk cloudflare_stream discord docusign dropbox easypost frameio fusionauth gitea \
    github github_sha1 gitlab gitlab_signing gocardless hubspot_v1 hubspot_v2 hubspot_v3 intercom \
    jira jwt_bearer launchdarkly lemonsqueezy line linear mailgun mandrill messagebird meta monday \
    mux oauth1 paddle pagerduty paypal paystack pusher razorpay resend sendgrid sentry \
    shared_secret shopify slack square standard_webhooks standard_webhooks_v1a stripe svix \
    teams_outgoing telegram telnyx terraform tiktok trello twilio typeform vercel webex \
    woocommerce workos x_twitter xero zendesk zoom http_message_signatures aws_sns contentful plivo \
    dropbox_sign";

#[test]
fn the_shipped_recipes_are_read() {
    let catalog = Catalog::builtin();
    let names = catalog.names().collect::<Vec<_>>();
    for name in KNOWN.split_ascii_whitespace().chain(["none", "header"]) {
        assert!(names.contains(&name), "{name}");
    }
    assert_eq!(names.len(), names.iter().collect::<std::collections::BTreeSet<_>>().len());
}

#[test]
fn a_listing_says_what_a_scheme_checks_and_takes() {
    let catalog = Catalog::builtin();
    let listings = catalog.listings().collect::<Vec<_>>();
    assert!(listings.iter().map(|listing| listing.name).eq(catalog.names()));
    let find = |name: &str| listings.iter().find(|listing| listing.name == name).unwrap();
    for (name, summary, keys) in [
        ("none", "nothing", &[][..]),
        ("basic", "HTTP Basic (RFC 7617)", &["username", "password"]),
        ("bearer", "the secret behind `Bearer` in `Authorization`", &["token"]),
        ("shared_secret", "the secret in a header of your choice", &["header", "secret"]),
        ("github", "HMAC-SHA-256 of `{body}` in `X-Hub-Signature-256`", &["secret"]),
        (
            "stripe",
            "HMAC-SHA-256 of `{timestamp}.{body}` in `Stripe-Signature`; 300 s back",
            &["secret", "tolerance", "future"],
        ),
        (
            "pusher",
            "HMAC-SHA-256 of `{body}` in `X-Pusher-Signature`; 300 s back, 300 s ahead",
            &["secret", "app_key", "tolerance", "future"],
        ),
        (
            "paypal",
            "RSA with SHA-256 signature of `{id}|{timestamp}|{config:webhook_id}|{body|crc32}` in `PAYPAL-TRANSMISSION-SIG`; 300 s back",
            &["certificates", "webhook_id", "tolerance", "future"],
        ),
        (
            "sendgrid",
            "ECDSA P-256 with SHA-256 signature of `{timestamp}{body}` in `X-Twilio-Email-Event-Webhook-Signature`",
            &["public_key", "tolerance", "future"],
        ),
        ("meta", "HMAC-SHA-256 of `{body}` in `X-Hub-Signature-256`", &["secret", "verify_token"]),
        (
            "monday",
            "a JSON web token in `Authorization`, HS256",
            &["secret", "algorithms", "issuer", "audience", "leeway", "url", "trust_forwarded"],
        ),
    ] {
        let listing = find(name);
        assert_eq!((listing.summary.as_str(), &listing.keys[..]), (summary, keys), "{name}");
    }
    for (name, unconfirmed, has_handshake) in [
        ("github", false, false),
        ("meta", true, true),
        ("frameio", true, false),
        ("zoom", false, true),
        ("xero", false, true),
        ("webex", true, false),
    ] {
        let listing = find(name);
        assert_eq!((listing.unconfirmed, listing.has_handshake), (unconfirmed, has_handshake));
    }
    assert_eq!(find("meta").hints, [Hint::BodyIsAsciiEscaped]);
}

#[test]
fn an_auth_table_that_does_not_fit_its_scheme_is_refused() {
    let username = || Some("u".to_owned());
    let header = |name: &str| Some(name.to_owned());
    for (auth, expected) in [
        (named("githb"), "there is no scheme githb; did you mean github?"),
        (named("quantum"), "there is no scheme quantum"),
        (named(""), "there is no scheme "),
        (named("basic"), "scheme basic needs the key username"),
        (named("header"), "scheme header needs the key header"),
        (named("oauth1"), "scheme oauth1 needs the key key"),
        (
            Auth { username: username(), ..named("none") },
            "scheme none has no use for the key username",
        ),
        (
            Auth { key: username(), ..keyed("github", &["x"]) },
            "scheme github has no use for the key key",
        ),
        (
            Auth { tolerance: Some(Duration::ZERO), ..keyed("github", &["x"]) },
            "scheme github has no use for the key tolerance",
        ),
        (
            Auth { url: username(), ..keyed("stripe", &["x"]) },
            "scheme stripe has no use for the key url",
        ),
        (keyed("bearer", &["x"]), "scheme bearer has no use for the key secret"),
        (
            Auth { username: Some("a:b".to_owned()), ..named("basic") },
            "scheme basic: username has a colon, which ends it (RFC 7617)",
        ),
        (
            Auth { header: header("a b"), ..named("header") },
            "scheme header: header \"a b\" is not the name of a header",
        ),
        (keyed("github", &[""]), "scheme github: secret is empty, so that anybody could pass"),
        (
            Auth { token: Some(secret("")), ..named("bearer") },
            "scheme bearer: token is empty, so that anybody could pass",
        ),
        (
            keyed("standard_webhooks", &["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n"]),
            "scheme standard_webhooks: secret is not a key in base64; does it have white space or quotes?",
        ),
        (
            keyed("standard_webhooks", &["whsec_"]),
            "scheme standard_webhooks: secret is not a key in base64; does it have white space or quotes?",
        ),
        (
            Auth {
                key: username(),
                algorithms: Some(vec!["HMAC_SHA1".to_owned()]),
                ..keyed("oauth1", &["x"])
            },
            "scheme oauth1: algorithms has \"HMAC_SHA1\", which is not known; did you mean HMAC-SHA1?",
        ),
        (
            Auth { key: username(), algorithms: Some(Vec::new()), ..keyed("oauth1", &["x"]) },
            "scheme oauth1: algorithms is empty, so that nothing could pass",
        ),
        (
            Auth { key: username(), url: header("/x"), ..keyed("oauth1", &["x"]) },
            "scheme oauth1: url is not a url with a host",
        ),
    ] {
        assert_eq!(complaint(&auth).as_deref(), Some(expected));
    }
}

#[test]
fn a_scheme_without_its_secret_leaves_deliveries_unchecked() {
    let text = |text: &str| Some(text.to_owned());
    for auth in [
        named("github"),
        named("bearer"),
        Auth { username: text("u"), ..named("basic") },
        Auth { header: text("X-A"), ..named("header") },
        Auth { key: text("k"), ..named("oauth1") },
    ] {
        let scheme = Catalog::builtin().scheme(&auth).unwrap();
        let verdict = verify(&request("POST /", &[], ""), &at(0), &scheme);
        assert_eq!(word(&verdict), "no_secret", "{auth:?}");
    }
}

#[test]
fn the_user_may_widen_and_narrow_the_window_of_a_recipe() {
    let header = "t=1492774577,v1=799c4ba7bb339f3c8601adfd112f0e477c930a268be1243d341abb8286501c2f";
    let request = request("POST /", &[("Stripe-Signature", header)], "{\"id\":\"evt_1\"}");
    let stripe = || keyed("stripe", &["whsec_test_secret"]);
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    for (auth, apart, expected) in [
        (stripe(), 400, "stale"),
        (Auth { tolerance: seconds(400), ..stripe() }, 400, "verified"),
        (Auth { tolerance: seconds(0), ..stripe() }, 1, "stale"),
        (stripe(), -400, "verified"),
        (Auth { future: seconds(300), ..stripe() }, -400, "in_future"),
    ] {
        let scheme = Catalog::builtin().scheme(&auth).unwrap();
        let verdict = verify(&request, &at(1_492_774_577 + apart), &scheme);
        assert_eq!(word(&verdict), expected, "{apart}");
    }
}

#[test]
fn several_auth_tables_make_one_scheme_and_none_leaves_the_endpoint_open() {
    let catalog = Catalog::builtin();
    assert!(matches!(catalog.any_scheme(&[]), Ok(Scheme::Open)));
    let github = keyed("github", &["x"]);
    assert!(matches!(catalog.any_scheme(std::slice::from_ref(&github)), Ok(Scheme::Signature(_))));
    let two = catalog.any_scheme(&[github.clone(), named("none")]);
    assert!(matches!(two, Ok(Scheme::Any(schemes)) if schemes.len() == 2));
    let error = catalog.any_scheme(&[github, named("nome")]).unwrap_err();
    assert!(
        matches!(error, SchemeError::Unknown { nearest: Some(nearest), .. } if nearest == "none")
    );
}

#[test]
fn like_takes_over_whole_keys_across_both_texts() {
    let text = r#"
        [listen]
        addr = "127.0.0.1:0"

        [scheme.second]
        like = "first"
        signature = { header = "X-Second", prefix = "v=" }

        [scheme.first]
        like = "github"
        hash = "sha1"
    "#;
    let catalog = Catalog::builtin().with_user_recipes(text).unwrap();
    for (name, header, value) in [
        // printf body | openssl dgst -sha1 -hmac secret
        ("first", "X-Hub-Signature-256", "sha256=a18991ff7e4513a1c2d2ee51e3a8e99ca891d9cd"),
        ("second", "X-Second", "v=a18991ff7e4513a1c2d2ee51e3a8e99ca891d9cd"),
    ] {
        let scheme = catalog.scheme(&keyed(name, &["secret"])).unwrap();
        let verdict = verify(&request("POST /", &[(header, value)], "body"), &at(0), &scheme);
        assert_eq!(word(&verdict), "verified", "{name}");
        assert_eq!(verdict.scheme().unwrap().as_str(), name);
    }
}

#[test]
fn a_recipe_of_the_user_takes_the_place_of_the_shipped_one() {
    let text = "[scheme.github]\nkind = \"mac\"\nsignature = { header = \"X-Mine\" }";
    let catalog = Catalog::builtin().with_user_recipes(text).unwrap();
    let scheme = catalog.scheme(&keyed("github", &["secret"])).unwrap();
    let message = format!("{:?}", verify(&request("POST /", &[], ""), &at(0), &scheme));
    assert!(message.contains("the header X-Mine is missing"), "{message}");
}

#[test]
fn what_is_wrong_with_a_text_of_recipes_is_told_with_its_place() {
    for (text, expected) in [
        ("[scheme.a]\nlike = \"a\"", "line 2, column 8: like leads back to a"),
        (
            "[scheme.a]\nlike = \"b\"\n[scheme.b]\nlike = \"c\"\n[scheme.c]\nlike = \"a\"",
            "line 6, column 8: like leads back to a",
        ),
        (
            "[scheme.a]\nlike = \"gihub\"",
            "line 2, column 8: there is no recipe gihub; did you mean github?",
        ),
        ("[scheme.a]\nlike = 1", "line 2, column 8: scheme a: like has to be text"),
        (
            // What is inherited cannot be shown where it stands, but where it is asked for.
            "[scheme.a]\nlike = \"stripe\"\nsignature = { header = \"A\" }",
            "line 2, column 8: scheme a: field needs a signature with pairs",
        ),
        (
            "[scheme.A]\nkind = \"mac\"",
            "line 1, column 9: \"A\": a name has lower case letters, digits and _",
        ),
        (
            "[scheme.header]\nkind = \"mac\"",
            "line 1, column 9: header is a scheme of its own and cannot be a recipe",
        ),
        ("scheme = 1", "line 1, column 10: a recipe is a table: [scheme.my_sender]"),
        ("[scheme]\na = 1", "line 2, column 5: a recipe is a table: [scheme.my_sender]"),
        (
            "\nscheme.a = { \"é\" = 1, kind = 2 }",
            "line 2, column 30: scheme a: kind has to be text",
        ),
    ] {
        let error = Catalog::builtin().with_user_recipes(text).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
    let broken = Catalog::builtin().with_user_recipes("[scheme.a\nx").unwrap_err();
    assert_eq!(broken.line, 1, "{broken}");
}

#[test]
fn a_way_of_ten_thousand_likes_is_followed() {
    let follower = |number| format!("[scheme.s{number}]\nlike = \"s{}\"\n", number - 1);
    let followers = (1..10_000).map(follower).collect::<String>();
    let text = format!("[scheme.s0]\nlike = \"github\"\n{followers}");
    let catalog = Catalog::builtin().with_user_recipes(&text).unwrap();
    assert!(catalog.scheme(&keyed("s9999", &["secret"])).is_ok());
}
