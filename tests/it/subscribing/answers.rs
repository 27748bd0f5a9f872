//! What becomes of the provider's answers, the good and the bad.

use hookscope::domain::attempt::AttemptError;
use hookscope::domain::subscription::{Change, Draft, FieldValue, Rejection, SecretPlace};
use hookscope::runtime::subscribing::not_done::NotDone;
use serde_json::json;

use super::{Bench, HERE, acme, draft, impatient};
use crate::standins::avinode::{Standin, refusal};
use crate::standins::channex::Channex;
use crate::standins::server::Answer;

#[tokio::test]
async fn a_list_is_read_to_its_last_page() {
    let standin = Channex::start();
    let account = standin.organization("acme", "key-of-acme", "property-1");
    let bench = Bench::new(vec![account]);
    standin.change_webhooks("key-of-acme", |webhooks| {
        for number in 0..230 {
            webhooks.push(json!({
                "type": "webhook", "id": format!("w-{number}"),
                "attributes": {"callback_url": HERE, "event_mask": "*", "is_active": true,
                    "headers": {"X-Secret": "hush"}, "request_params": {}, "send_data": true,
                    "protected": false, "is_global": false},
                "relationships": {"organization": {"data": {"type": "organization", "id": "o"}}},
            }));
        }
    });
    let listed = bench.list().await.listed;
    assert_eq!(listed.len(), 230);
    assert_eq!(listed[229].subscription.id, "w-229");
    assert_eq!(standin.requests().len(), 3);
}

#[tokio::test]
async fn an_update_sends_back_what_is_not_known_and_the_version() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    standin.seed(&json!({
        "targetURI": "https://before.example.test", "displayName": "before",
        "eventTypes": ["TripRequest"], "madeBy": {"somebody": [1, 2.50]},
    }));
    let of = bench.only().await;
    let stale = of.clone();
    let update = Change::Update { of: Box::new(of), draft: draft("after") };
    bench.subscribing.change(&acme(), update).await.unwrap();
    let settings = &standin.settings()[0];
    assert_eq!(settings["displayName"], "after");
    assert_eq!(settings["madeBy"], json!({"somebody": [1, 2.50]}));
    assert_eq!(settings["version"], 2);

    let update = Change::Update { of: Box::new(stale), draft: draft("later") };
    let conflict = bench.subscribing.change(&acme(), update).await.unwrap_err();
    assert!(matches!(conflict, NotDone::Rejected { by_status: true, .. }), "{conflict:?}");
    assert_eq!(standin.settings()[0]["displayName"], "after");
}

#[tokio::test]
async fn a_no_of_the_provider_stands_at_its_field() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    standin.set_answer(refusal(
        422,
        "ERR_INPUT_GENERIC_INVALID",
        "is unknown",
        Some("eventTypes[0]"),
    ));
    let create = Change::Create(draft("ours"));
    let no = Rejection::from(bench.subscribing.change(&acme(), create).await.unwrap_err());
    let [(field, why)] = &no.fields[..] else { panic!("{no:?}") };
    assert!(field == "events" && why.contains("is unknown"), "{no:?}");
}

#[tokio::test]
async fn an_answer_of_any_kind_is_told_as_what_it_is() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    let html = || Answer::html(200);
    for (answer, expected) in [
        (refusal(401, "ERR_INPUT_GENERIC_INVALID", "Authorization", None), "rejected"),
        (refusal(403, "", "no permission", None), "rejected"),
        (refusal(429, "", "too many", None), "rejected"),
        (Answer::html(502), "failing"),
        (Answer::html(404), "rejected"),
        (html(), "rejected"),
        (Answer::new(200, &[], "{\"data\": [tru"), "rejected"),
        (Answer::redirect("https://elsewhere.example.test/"), "failing"),
        (Answer::Long(50 << 20), "too_large"),
        (Answer::Raw(Vec::new()), "reset"),
        (Answer::Raw(b"SSH-2.0-OpenSSH\r\n".to_vec()), "malformed"),
    ] {
        standin.set_answer(answer.clone());
        let not_done = bench.subscribing.list(&acme()).await.unwrap_err();
        assert_eq!(word(&not_done), expected, "{answer:?}: {not_done:?}");
        assert!(!Rejection::from(not_done).sentence().is_empty());
    }
}

fn word(not_done: &NotDone) -> &'static str {
    match not_done {
        NotDone::Wrong(_) => "wrong",
        NotDone::Rejected { .. } => "rejected",
        NotDone::Failing(_) => "failing",
        NotDone::Unanswered { error, .. } => error.as_str(),
        NotDone::Store(_) => "store",
    }
}

#[tokio::test]
async fn who_does_not_answer_is_not_waited_for_for_ever() {
    let standin = Standin::start();
    let bench = Bench::with(vec![standin.account()], impatient());
    standin.set_answer(Answer::Never);
    let not_done = bench.subscribing.list(&acme()).await.unwrap_err();
    let NotDone::Unanswered { error: AttemptError::Timeout, .. } = not_done else {
        panic!("{not_done:?}")
    };
}

#[tokio::test]
async fn a_token_that_expires_between_two_calls_is_fetched_anew() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.client_account()]);
    bench.create(draft("ours")).await;
    standin.expire_tokens();
    assert_eq!(bench.list().await.listed.len(), 1);
    let targets = standin.requests().into_iter().map(|request| request.target);
    assert_eq!(targets.filter(|target| target == "/api/oauth/token").count(), 2);
}

#[tokio::test]
async fn a_token_endpoint_that_fails_is_named() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.client_account()]);
    standin.set_token_answer(Answer::html(503));
    let not_done = bench.subscribing.list(&acme()).await.unwrap_err();
    assert!(not_done.to_string().contains("/oauth/token answered 503"), "{not_done}");
}

#[tokio::test]
async fn nothing_is_sent_while_a_secret_cannot_be_read() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    let place = SecretPlace::Env("NOT_SET".to_owned());
    let further = vec![("client_secret", FieldValue::Secret(place))];
    let create = Change::Create(Draft { further, ..draft("ours") });
    let not_done = bench.subscribing.change(&acme(), create).await.unwrap_err();
    let NotDone::Wrong(rejection) = not_done else { panic!("{not_done:?}") };
    let why = "the environment variable NOT_SET is not set".to_owned();
    assert_eq!(rejection.fields, [("client_secret".to_owned(), why)]);
    assert!(standin.requests().is_empty() && bench.ledger().await.is_empty());
}

#[tokio::test]
async fn nothing_is_sent_where_the_credentials_do_not_belong() {
    let standin = Standin::start();
    let mut account = standin.account();
    account.hosts.clear();
    let bench = Bench::new(vec![account]);
    let not_done = bench.subscribing.list(&acme()).await.unwrap_err();
    assert_eq!(word(&not_done), "host_not_allowed");
    assert!(standin.requests().is_empty());
}

#[tokio::test]
async fn a_preview_shows_what_goes_out_without_its_secrets_and_sends_nothing() {
    let standin = Standin::start();
    let bench = Bench::new(vec![standin.account()]);
    let create = Change::Create(super::secret_draft("ours"));
    let call = bench.subscribing.preview(&acme(), &create).unwrap();
    let body = String::from_utf8(call.request.body.to_vec()).unwrap();
    assert!(body.contains(r#""clientSecret":"***""#), "{body}");
    assert!(standin.requests().is_empty());

    bench.subscribing.change(&acme(), create).await.unwrap();
    let sent = &standin.requests()[0];
    let sent = serde_json::from_slice::<serde_json::Value>(&sent.body).unwrap();
    let mut expected = serde_json::from_str::<serde_json::Value>(&body).unwrap();
    expected["clientSecret"] = json!(super::PLANTED);
    assert_eq!(sent, expected);
}
