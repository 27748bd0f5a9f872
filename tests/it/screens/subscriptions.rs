//! The subscriptions: lists, forms, questions, and what is said when there is nothing to show.

use hookscope::app::message::Message;
use hookscope::app::update::update;
use hookscope::domain::ledger::Lease;
use hookscope::domain::name::AccountName;
use hookscope::domain::subscription::Rejection;
use hookscope::ui::glyphs::Glyphs;
use hookscope::ui::theme::Theme;

use super::text_of;
use crate::companies::SECRET;
use crate::scene::{Scene, now};
use crate::views::check;

/// The subscriptions of the first account, after these keys.
fn opened(size: (u16, u16), keys: &str) -> Scene {
    let mut scene = Scene::with_accounts(size);
    scene.press("G S");
    scene.press(keys);
    scene
}

fn account(name: &str) -> AccountName {
    AccountName::from(name)
}

fn rejected(scene: &mut Scene, action: &'static str, rejection: Rejection) {
    let message =
        Message::SubscriptionChanged { account: account("acme"), action, result: Err(rejection) };
    // What is asked for then stays unanswered.
    let _ = update(&mut scene.app, message);
}

#[test]
fn the_list_tells_what_is_ours_and_what_is_not() {
    check("subscriptions", |size| opened(size, ""));
}

#[test]
fn the_record_of_a_subscription_is_read_whole_with_its_secrets_masked() {
    check("subscription", |size| opened(size, "j j enter j j j"));
    check("subscription_gone", |size| opened(size, "G"));
}

#[test]
fn a_provider_that_has_nothing_leads_to_a_new_one() {
    check("subscriptions_none", |size| {
        let mut scene = opened(size, "");
        let listed = Ok(Vec::new());
        scene.send(Message::SubscriptionsListed { account: account("acme"), listed });
        scene
    });
}

#[test]
fn without_an_account_it_is_said_how_to_add_one() {
    check("subscriptions_no_account", |size| {
        let mut scene = Scene::busy(size);
        scene.press("S");
        scene
    });
}

#[test]
fn whom_we_wait_for_is_told() {
    check("subscriptions_asking", |size| {
        let mut scene = Scene::with_accounts(size);
        scene.press("G");
        let key = hookscope::app::key::Key::parse("S").unwrap();
        let _ = update(&mut scene.app, Message::Key(key));
        scene
    });
}

#[test]
fn a_list_that_cannot_be_had_says_why_and_what_to_do() {
    check("subscriptions_failed", |size| {
        let mut scene = opened(size, "");
        let listed = Err(Rejection {
            message: "401: the bearer token is not accepted".to_owned(),
            fields: vec![("Authorization".to_owned(), "is not valid".to_owned())],
        });
        scene.send(Message::SubscriptionsListed { account: account("acme"), listed });
        scene
    });
}

#[test]
fn a_form_has_the_documented_fields() {
    check("subscription_form", |size| opened(size, "n"));
    check("subscription_form_events", |size| opened(size, "e down down down down space down"));
    check("subscription_form_channex", |size| opened(size, "tab e tab tab tab tab tab tab tab"));
}

#[test]
fn a_form_that_is_not_accepted_comes_back_with_what_is_wrong_at_its_field() {
    check("subscription_form_rejected", |size| {
        let mut scene = opened(size, "n ctrl-s enter");
        let rejection = Rejection {
            message: "422: Validation Error".to_owned(),
            fields: vec![
                ("target".to_owned(), "has to be https and reachable".to_owned()),
                ("client_secret".to_owned(), "can't be blank".to_owned()),
                ("eventTypes[9]".to_owned(), "is not known".to_owned()),
            ],
        };
        rejected(&mut scene, "create", rejection);
        scene
    });
}

#[test]
fn what_is_sent_is_shown_before_with_every_secret_masked() {
    check("subscription_confirm", |size| opened(size, "e ctrl-s"));
    check("subscription_confirm_switch", |size| opened(size, "space"));
    check("subscription_confirm_lease", |size| opened(size, "j L"));
    check("subscription_confirm_return", |size| opened(size, "j j j j L"));
    check("subscription_confirm_end", |size| opened(size, "j L end"));
    check("subscription_confirm_test", |size| opened(size, "tab t"));
}

#[test]
fn leases_left_open_are_asked_about() {
    check("leases", |size| {
        let mut scene = Scene::with_accounts(size);
        scene.send(Message::LeasesLeftOpen(vec![Lease {
            account: account("acme"),
            subscription: "whs-41".to_owned(),
            previous_target: "https://staging.example/hooks".to_owned(),
            target: "https://dev.example.test/avinode/acme".to_owned(),
            taken_at: now(),
        }]));
        scene
    });
}

#[test]
fn a_provider_without_an_api_gets_a_request_to_send() {
    check("request_sheet", |size| opened(size, "shift-tab"));
    check("request_sheet_form", |size| opened(size, "shift-tab e down space down down"));
}

#[test]
fn without_unicode_the_subscriptions_are_ascii_and_no_secret_is_on_any_screen() {
    let theme = Theme::default().with_glyphs(Glyphs::ASCII);
    for keys in ["", "enter", "e", "e ctrl-s", "space", "j L", "tab", "tab e", "tab t", "tab tab"] {
        let screen = text_of(&opened((120, 60), keys).draw(&theme));
        assert!(screen.is_ascii(), "{keys}: {screen}");
        assert!(!screen.contains(SECRET), "{keys}: {screen}");
    }
}
