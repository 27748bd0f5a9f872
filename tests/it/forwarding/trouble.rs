//! The app is down, hangs, or breaks.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hookscope::app::forwarding::TroubleKind;
use hookscope::domain::attempt::{AttemptError, Outcome};
use hookscope::domain::delivery::DeliveryId;

use super::Handing;
use super::app::{App, Reaction, nowhere, ok, url};

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_an_app_that_is_down_goes_on_in_order_when_it_is_back() {
    let place = nowhere();
    let mut handing = Handing::to(url(place, "")).await;
    handing.app_is(|app| app.trouble.as_ref().is_some_and(|is| is.waiting.count == 0)).await;
    for number in 0..5 {
        handing.send(&format!("/{number}"), "x").await;
    }
    handing
        .app_is(|app| {
            let down = app.trouble.as_ref().map(|is| (is.kind, is.waiting.count));
            app.target == place.to_string() && down == Some((TroubleKind::Down, 5))
        })
        .await;
    let app = App::start_at(place, ok);
    assert_eq!(app.targets(5).await, ["/0", "/1", "/2", "/3", "/4"]);
    handing.app_is(|app| app.trouble.is_none()).await;
    while handing.attempt().await.delivery != Some(DeliveryId(5)) {}
    let attempts = handing.listening.store.attempts(DeliveryId(1)).await.unwrap();
    let first = &attempts[0].1.outcome;
    assert!(
        matches!(first, Outcome::Failed { error: AttemptError::Refused, .. }),
        "what was tried in vain is told: {first:?}"
    );
    let others = handing.listening.store.attempts(DeliveryId(2)).await.unwrap();
    assert_eq!(others.len(), 1, "only one delivery finds out that the app is down");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_left_out_when_that_is_asked_for() {
    let place = nowhere();
    let mut handing = Handing::to(url(place, "")).await;
    handing.send("/0", "x").await;
    handing.send("/1", "x").await;
    handing.app_is(|app| app.trouble.as_ref().is_some_and(|is| is.waiting.count == 2)).await;
    handing.forwarder.skips().skip();
    handing.app_is(|app| app.trouble.as_ref().is_some_and(|is| is.waiting.count == 0)).await;
    let app = App::start_at(place, ok);
    handing.send("/2", "x").await;
    assert_eq!(app.targets(1).await, ["/2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_hangs_holds_up_nobody_but_those_behind_it_and_can_be_skipped() {
    let app = App::start(
        |request| {
            if request.contains("/slow") { Reaction::Silence } else { ok(request) }
        },
    );
    let mut handing = Handing::to(app.url("")).await;
    handing.send("/slow", "x").await;
    app.got(1).await;
    for number in 0..50 {
        handing.send(&format!("/{number}"), "x").await;
    }
    handing
        .app_is(|app| {
            let trouble = app.trouble.as_ref();
            trouble.is_some_and(|is| (is.kind, is.waiting.count) == (TroubleKind::Slow, 51))
        })
        .await;
    handing.forwarder.skips().skip();
    handing.app_is(|app| app.trouble.as_ref().is_some_and(|is| is.waiting.count == 0)).await;
    let attempt = handing.attempt().await;
    assert_eq!(attempt.delivery, Some(DeliveryId(1)));
    let sentence = attempt.sentence();
    assert!(sentence.starts_with("it was broken off before the app had answered"), "{sentence}");
    handing.send("/next", "x").await;
    assert_eq!(app.targets(2).await, ["/slow", "/next"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_that_breaks_the_app_is_put_aside_but_an_app_that_is_broken_loses_no_more() {
    let is_broken = Arc::new(AtomicBool::new(true));
    let broken = Arc::clone(&is_broken);
    let app = App::start(
        move |request| {
            if broken.load(Ordering::SeqCst) { Reaction::End } else { ok(request) }
        },
    );
    let mut handing = Handing::to(app.url("")).await;
    for path in ["/first", "/second", "/third"] {
        handing.send(path, "x").await;
    }
    for _ in 0..5 {
        assert_eq!(handing.attempt().await.delivery, Some(DeliveryId(1)));
    }
    let warning = handing.warning().await;
    assert!(warning.starts_with("#1 was not handed on to 127.0.0.1:"), "{warning}");
    let attempts = handing.listening.store.attempts(DeliveryId(1)).await.unwrap();
    assert_eq!(attempts.len(), 5);
    // Nothing tells that the second one is the cause, so it is not put aside, however often it is
    // tried.
    app.got(5 + 6).await;
    is_broken.store(false, Ordering::SeqCst);
    handing.app_is(|app| app.trouble.is_none()).await;
    let mut targets = app.targets(5 + 6 + 1).await;
    while targets.last().is_none_or(|last| last != "/third") {
        targets = app.targets(targets.len() + 1).await;
    }
    targets.dedup();
    assert_eq!(targets, ["/first", "/second", "/third"]);
}
