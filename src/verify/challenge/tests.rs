use super::answer;
use crate::domain::http::Request;
use crate::verify::catalog::{Auth, Catalog};
use crate::verify::fixture::{keyed, recipe_of, request, scheme, secret};
use crate::verify::handshake::HandshakeReply;
use crate::verify::scheme::Scheme;

const NOT_SNIFFED: (&str, &str) = ("X-Content-Type-Options", "nosniff");
const TEXT: (&str, &str) = ("Content-Type", "text/plain; charset=utf-8");
const JSON: (&str, &str) = ("Content-Type", "application/json");

fn keyless(name: &str) -> Scheme {
    scheme(&keyed(name, &[]))
}

fn meta(verify_token: Option<&str>) -> Scheme {
    let verify_token = verify_token.map(secret);
    scheme(&Auth { verify_token, ..keyed("meta", &["app secret"]) })
}

/// Status, headers and body of an answer.
type Shown = (u16, Vec<(String, String)>, String);

fn shown(reply: &HandshakeReply) -> Shown {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let headers = reply.headers.iter().map(|field| (text(&field.name), text(&field.value)));
    (reply.status.as_u16(), headers.collect(), text(&reply.body))
}

fn expected(status: u16, headers: &[(&str, &str)], body: &str) -> Shown {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    (status, headers.collect(), body.to_owned())
}

fn post(body: &str) -> Request {
    request("POST /", &[], body.to_owned())
}

#[test]
fn every_known_handshake_is_answered() {
    let hook_secret =
        request("POST /", &[("X-Hook-Secret", "b537207f20cbfa02357cf448134da559")], "");
    let zoom =
        r#"{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}"#;
    let twitch = [("Twitch-Eventsub-Message-Type", "webhook_callback_verification")];
    for (scheme, request, answered) in [
        (
            scheme(&keyed("slack", &["s"])),
            post(r#"{"type":"url_verification","challenge":"3eZbrw1aBm2rZgRNFdxV<b>"}"#),
            expected(200, &[TEXT, NOT_SNIFFED], "3eZbrw1aBm2rZgRNFdxV<b>"),
        ),
        (
            // elastic/beats, x-pack/filebeat/input/http_endpoint
            scheme(&keyed("zoom", &["secretValueTest"])),
            post(zoom),
            expected(
                200,
                &[JSON, NOT_SNIFFED],
                r#"{"encryptedToken":"70c1f2e2e6ca2d39297490d1f9142c7d701415ea8e6151f6562a08fa657a40ff","plainToken":"qgg8vlvZRS6UYooatFL8Aw"}"#,
            ),
        ),
        (
            keyless("dropbox"),
            request("GET /?challenge=%3Cscript%3E%26", &[], ""),
            expected(200, &[TEXT, NOT_SNIFFED], "<script>&"),
        ),
        (
            // hmac.new(b"consumer", b"challenge_string", "sha256") of Python's standard library
            scheme(&keyed("x_twitter", &["consumer"])),
            request("GET /?crc_token=challenge_string", &[], ""),
            expected(
                200,
                &[JSON, NOT_SNIFFED],
                r#"{"response_token":"sha256=eVCiy88Y5uz+6uBjQU3UFAARMBRB4rhPoSudtGlt0mE="}"#,
            ),
        ),
        (
            keyless("asana"),
            hook_secret,
            expected(
                200,
                &[NOT_SNIFFED, ("X-Hook-Secret", "b537207f20cbfa02357cf448134da559")],
                "",
            ),
        ),
        (keyless("trello"), request("HEAD /", &[], ""), expected(200, &[NOT_SNIFFED], "")),
        (
            keyless("discord"),
            post(r#"{"type":1}"#),
            expected(200, &[JSON, NOT_SNIFFED], r#"{"type":1}"#),
        ),
        (
            keyless("monday"),
            post(r#"{"challenge":"3eZ\"brw1a"}"#),
            expected(200, &[JSON, NOT_SNIFFED], r#"{"challenge":"3eZ\"brw1a"}"#),
        ),
        (
            scheme(&keyed("twitch", &["s"])),
            request("POST /", &twitch, r#"{"challenge":"pogchamp-kappa"}"#),
            expected(200, &[TEXT, NOT_SNIFFED], "pogchamp-kappa"),
        ),
    ] {
        let reply = answer(&request, &scheme, true).unwrap();
        assert_eq!(shown(&reply), answered, "{request:?}");
        assert!(!reply.routine);
    }
}

#[test]
fn a_subscription_of_meta_has_to_know_the_token() {
    for (query, answered) in [
        ("&hub.verify_token=meatyhamhock", expected(200, &[TEXT, NOT_SNIFFED], "1158201444")),
        ("&hub.verify_token=x", expected(403, &[], "")),
        ("", expected(403, &[], "")),
    ] {
        let line = format!("GET /?hub.mode=subscribe&hub.challenge=1158201444{query}");
        let reply = answer(&request(&line, &[], ""), &meta(Some("meatyhamhock")), false).unwrap();
        assert_eq!(shown(&reply), answered, "{query}");
    }
}

#[test]
fn what_is_no_question_gets_no_answer() {
    let signed_only = [
        (keyless("discord"), post(r#"{"type":2}"#)),
        (scheme(&keyed("slack", &["s"])), post(r#"{"type":"event_callback","challenge":"x"}"#)),
        (scheme(&keyed("slack", &["s"])), post(r#"{"type":"url_verification"}"#)),
        (scheme(&keyed("slack", &["s"])), post("not JSON")),
        (
            scheme(&keyed("slack", &["s"])),
            post(r#"{"type":"url_verification","type":"x","challenge":"x"}"#),
        ),
        (scheme(&keyed("frameio", &["s"])), post(r#"{"type":"url_verification","challenge":"x"}"#)),
        (keyless("dropbox"), request("POST /?challenge=x", &[], "")),
        (keyless("dropbox"), request("GET /?challenge=", &[], "")),
        (keyless("dropbox"), request("GET /?challenge=x&challenge=y", &[], "")),
        (keyless("asana"), request("POST /", &[("X-Hook-Secret", "")], "")),
        (
            keyless("asana"),
            request("POST /", &[("X-Hook-Secret", "a"), ("X-Hook-Secret", "b")], ""),
        ),
        // There is nothing to compare with, or to sign with.
        (
            meta(None),
            request("GET /?hub.mode=subscribe&hub.challenge=1&hub.verify_token=", &[], ""),
        ),
        (keyless("x_twitter"), request("GET /?crc_token=x", &[], "")),
        (scheme(&keyed("github", &["s"])), request("GET /?crc_token=x", &[], "")),
    ];
    for (scheme, request) in signed_only {
        assert!(answer(&request, &scheme, true).is_none(), "{request:?}");
    }
}

#[test]
fn nobody_gets_a_delivery_signed_by_asking() {
    let zoom = scheme(&keyed("zoom", &["s"]));
    let ask = |token: &str| {
        let token = serde_json::to_string(token).unwrap();
        post(&format!(
            r#"{{"event":"endpoint.url_validation","payload":{{"plainToken":{token}}}}}"#
        ))
    };
    assert!(answer(&ask("qgg8vlvZRS6UYooatFL8Aw"), &zoom, true).is_some());
    assert!(answer(&ask("qgg8vlvZRS6UYooatFL8Aw"), &zoom, false).is_none());
    for token in ["v0:1:{}", "{\"event\":1}", "a b", "", "é", &"a".repeat(257)] {
        assert!(answer(&ask(token), &zoom, true).is_none(), "{token}");
    }
    let twitter = scheme(&keyed("x_twitter", &["s"]));
    let json = request("GET /?crc_token=%7B%22tweet_create_events%22%3A%5B%5D%7D", &[], "");
    assert!(answer(&json, &twitter, false).is_none());
}

#[test]
fn a_secret_in_a_handshake_is_told() {
    let ask = request("POST /", &[("X-Hook-Secret", "s3cret")], "");
    let learnt =
        |scheme: &Scheme| answer(&ask, scheme, false).and_then(|reply| reply.learnt_secret);
    assert_eq!(learnt(&keyless("asana")).unwrap().expose(), b"s3cret");
    assert!(learnt(&keyless("dropbox")).is_none());
}

#[test]
fn a_sender_that_looks_at_every_answer_gets_its_status() {
    let xero = scheme(&keyed("xero", &["s"]));
    for (verified, status) in [(true, 200), (false, 401)] {
        let reply = answer(&post("{}"), &xero, verified).unwrap();
        assert_eq!(shown(&reply), expected(status, &[], ""));
        assert!(reply.routine);
        assert_eq!(reply.scheme.as_str(), "xero");
    }
    assert_eq!(answer(&post("{}"), &keyless("discord"), false).unwrap().status, 401);
    assert!(answer(&post("{}"), &keyless("discord"), true).is_none());
}

#[test]
fn of_several_schemes_the_one_that_is_asked_answers() {
    let auths = [keyed("github", &["s"]), keyed("slack", &["s"]), keyed("dropbox", &["s"])];
    let scheme = Catalog::builtin().any_scheme(&auths).unwrap();
    let reply = answer(&request("GET /?challenge=x", &[], ""), &scheme, false).unwrap();
    assert_eq!(reply.scheme.as_str(), "dropbox");
    assert!(answer(&post("{}"), &scheme, false).is_none());
}

#[test]
fn an_own_recipe_may_answer_too() {
    let lines = "kind = \"token\"\ntoken = { header = \"X-Key\" }\n\
        [[scheme.mine.challenge]]\nwhen = { query = \"ask\", equals = 7 }\n\
        reply = { status = 202, json = { yes = true, n = 7, \"for\" = \"{header:Host}\" }, headers = { X-A = \"b\" } }";
    let scheme = recipe_of(lines, &keyed("mine", &["secret"]));
    let ask = |target: &str| request(&format!("GET {target}"), &[("Host", "h.test")], "");
    let reply = answer(&ask("/?ask=7"), &scheme, false).unwrap();
    let body = r#"{"for":"h.test","n":7,"yes":true}"#;
    assert_eq!(shown(&reply), expected(202, &[JSON, NOT_SNIFFED, ("X-A", "b")], body));
    assert!(answer(&ask("/?ask=8"), &scheme, false).is_none());
}
