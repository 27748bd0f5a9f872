//! What is asked of providers, and what becomes of the answers.

use hookscope::app::command::{Command, Copied};
use hookscope::app::message::{Gesture, Message};
use hookscope::app::overlay::Overlay;
use hookscope::app::screen::{screen, subscriptions};
use hookscope::app::subscribing::field::Input;
use hookscope::app::subscribing::form::Form;
use hookscope::app::update::update;
use hookscope::domain::ledger::Lease;
use hookscope::domain::name::AccountName;
use hookscope::domain::subscription::{Change, Draft, FieldValue, Rejection, SecretPlace};

use super::stage::{Stage, at, mouse};
use crate::companies::{SECRET, accounts, listed, setting};

/// Keys whose outcome is a command, or follows one.
pub(super) const KEYS: &[&str] = &[
    "S y y",
    "S y j",
    "S y i",
    "S y t",
    "S shift-tab y",
    "S space enter",
    "S n tab tab space right left tab space",
];

fn wide() -> Stage {
    Stage::new(120, 40, 30)
}

fn acme() -> AccountName {
    AccountName::from("acme")
}

/// The only command that keys lead to.
fn only(stage: &mut Stage, keys: &str) -> Command {
    let mut commands = stage.press(keys);
    assert_eq!(commands.len(), 1, "{keys}: {commands:?}");
    commands.remove(0)
}

fn change(stage: &mut Stage, keys: &str) -> Change {
    match only(stage, keys) {
        Command::ChangeSubscription { change, .. } => *change,
        other => panic!("{keys}: {other:?}"),
    }
}

fn created(stage: &mut Stage, keys: &str) -> Draft {
    match change(stage, keys) {
        Change::Create(draft) => draft,
        other => panic!("{keys}: {other:?}"),
    }
}

fn toasts(stage: &Stage) -> Vec<&str> {
    stage.app.toasts.iter().map(|toast| &*toast.notice.text).collect()
}

fn form(stage: &Stage) -> &Form {
    match stage.app.overlays.last() {
        Some(Overlay::Form(form)) => form,
        other => panic!("no form is on top: {other:?}"),
    }
}

fn answer(action: &'static str, result: Result<Vec<String>, Rejection>) -> Message {
    Message::SubscriptionChanged { account: acme(), action, result }
}

#[test]
fn an_account_is_asked_for_when_it_is_shown_first_and_on_request() {
    let mut stage = wide();
    let key = |text: &str| Message::Key(hookscope::app::key::Key::parse(text).unwrap());
    assert_eq!(update(&mut stage.app, key("S")), [Command::ListSubscriptions(acme())]);
    assert_eq!(update(&mut stage.app, key("q")), []);
    assert_eq!(update(&mut stage.app, key("S")), [], "it is being asked");
    stage.send(Message::SubscriptionsListed { account: acme(), listed: Ok(listed(&acme())) });
    assert_eq!(update(&mut stage.app, key("S")), []);
    assert_eq!(update(&mut stage.app, key("S")), [], "it is known");
    assert_eq!(update(&mut stage.app, key("r")), [Command::ListSubscriptions(acme())]);
    let hotel = AccountName::from("hotel-nord");
    assert_eq!(update(&mut stage.app, key("tab")), [Command::ListSubscriptions(hotel)]);
    assert_eq!(update(&mut stage.app, key("tab")), [], "there is no API to ask");
}

#[test]
fn a_delivery_leads_to_the_subscriptions_of_its_account() {
    let mut stage = Stage::linked(120, 40);
    stage.app.session.accounts = accounts();
    stage.press("S tab q S");
    assert_eq!(stage.glimpse(), "acme whs-41");
}

#[test]
fn a_click_selects_what_it_points_at_and_changes_nothing_in_a_form() {
    let mut stage = wide();
    stage.press("S");
    let screen = screen(stage.app.size, &stage.app).unwrap();
    let places = subscriptions(screen.middle, &stage.app);
    let record = places.record.unwrap();
    stage.send(mouse(places.rows.x, places.rows.y + 2, Gesture::Click));
    assert_eq!(stage.glimpse(), "acme whs-35");
    stage.send(mouse(places.rows.x, places.rows.y, Gesture::WheelUp));
    assert_eq!(stage.glimpse(), "acme whs-41");
    stage.send(mouse(record.x, record.y + 1, Gesture::Click));
    assert_eq!(stage.glimpse(), "acme whs-41 reads");
    stage.press("esc tab e tab tab tab tab tab tab tab up");
    let cursor = |stage: &Stage| match &form(stage).field().unwrap().input {
        Input::Json(block) => block.cursor(),
        other => panic!("{other:?}"),
    };
    let before = cursor(&stage);
    stage.send(mouse(60, 20, Gesture::Click));
    assert_eq!(cursor(&stage), before);
}

#[test]
fn a_list_that_comes_again_keeps_the_selection() {
    let mut stage = wide();
    stage.press("S j j");
    let mut again = listed(&acme());
    again.insert(0, setting("whs-50", "new", "https://dev.example.test/", true, &[]));
    stage.send(Message::SubscriptionsListed { account: acme(), listed: Ok(again) });
    assert_eq!(stage.glimpse(), "acme whs-35");
    stage.send(Message::SubscriptionsListed { account: acme(), listed: Ok(Vec::new()) });
    assert_eq!(stage.glimpse(), "acme nothing");
}

#[test]
fn nothing_is_sent_before_it_was_shown_and_agreed_to() {
    for (keys, agreed) in [
        ("S space", Change::SetActive { of: Box::new(first()), active: false }),
        ("S n", Change::Create(draft())),
    ] {
        let mut stage = wide();
        assert_eq!(stage.press(keys), [], "{keys}");
        if keys == "S n" {
            assert_eq!(stage.press("ctrl-s"), []);
        }
        assert!(matches!(stage.app.overlays.last(), Some(Overlay::Confirm(_))), "{keys}");
        assert_eq!(change(&mut stage, "enter"), agreed, "{keys}");
        assert!(stage.app.overlays.is_empty());
    }
}

fn first() -> hookscope::domain::subscription::Subscription {
    listed(&acme()).remove(0).subscription
}

fn draft() -> Draft {
    Draft {
        name: "hookscope".to_owned(),
        target: "https://dev.example.test/".to_owned(),
        active: true,
        events: Vec::new(),
        further: Vec::new(),
    }
}

#[test]
fn a_form_makes_the_draft_that_was_typed() {
    let mut stage = wide();
    stage.press("S n ctrl-u m e tab tab space tab space down down space tab");
    stage.send(Message::Paste("Rumour, Gossip TripRequest".to_owned()));
    stage.press("tab l o g i n tab");
    stage.send(Message::Paste("AVINODE_SECRET".to_owned()));
    let made = created(&mut stage, "ctrl-s enter");
    let events = ["TripRequest", "TripRequestSellerResponse", "Rumour", "Gossip"];
    let secret = FieldValue::Secret(SecretPlace::Env("AVINODE_SECRET".to_owned()));
    let further =
        vec![("client_id", FieldValue::Text("login".to_owned())), ("client_secret", secret)];
    let expected = Draft {
        name: "me".to_owned(),
        active: false,
        events: events.map(str::to_owned).to_vec(),
        further,
        ..draft()
    };
    assert_eq!(made, expected);
}

#[test]
fn an_edit_begins_with_what_is_there_and_sends_back_what_it_does_not_know() {
    let mut stage = wide();
    let edited = change(&mut stage, "S j j e 2 ctrl-s enter");
    let Change::Update { of, draft } = edited else { panic!("{edited:?}") };
    assert_eq!(of.raw.get("clientSecret").unwrap(), SECRET, "the record goes back whole");
    assert_eq!(draft.name, "crew \u{202e}tool2");
    assert_eq!(draft.events, ["SchedAeroContacts", "Unheard"]);
    assert!(!format!("{draft:?}").contains(SECRET), "{draft:?}");
}

#[test]
fn a_rejected_form_is_back_with_all_that_was_typed_and_what_is_wrong_with_it() {
    let mut stage = wide();
    created(&mut stage, "S n x tab y ctrl-s enter");
    let rejection = Rejection {
        message: "422".to_owned(),
        fields: vec![("target".to_owned(), "has to be reachable".to_owned())],
    };
    stage.send(answer("create", Err(rejection)));
    let back = form(&stage);
    assert_eq!(back.line("name"), "hookscopex");
    assert_eq!(back.line("target"), "https://dev.example.test/y");
    assert_eq!(back.message.as_deref(), Some("422"));
    assert_eq!(back.field().unwrap().mistake.as_deref(), Some("has to be reachable"));
    assert_eq!(toasts(&stage), <[&str; 0]>::default(), "the form says it");
    let again = created(&mut stage, "backspace ctrl-s enter");
    assert_eq!(again.target, "https://dev.example.test/");
}

#[test]
fn a_form_that_is_rejected_while_the_user_is_elsewhere_waits() {
    let mut stage = wide();
    created(&mut stage, "S n x ctrl-s enter");
    stage.press("q f");
    stage.send(answer("create", Err(Rejection::of_whole("no"))));
    assert_eq!(stage.glimpse(), "stream 30 follow | filter>");
    assert_eq!(toasts(&stage), ["acme: create was not accepted: S leads back to it"]);
    stage.press("esc");
    assert_eq!(stage.glimpse(), "stream 30 follow");
    stage.press("S");
    assert_eq!(form(&stage).line("name"), "hookscopex");
}

#[test]
fn a_change_that_is_made_is_told_and_the_list_is_asked_for_again() {
    let mut stage = wide();
    change(&mut stage, "S space enter");
    let message = answer("deactivate", Ok(vec!["version 4".to_owned()]));
    assert_eq!(update(&mut stage.app, message), [Command::ListSubscriptions(acme())]);
    assert_eq!(toasts(&stage), ["acme: the subscription is switched off", "acme: version 4"]);
    let mut away = wide();
    assert_eq!(update(&mut away.app, answer("return", Ok(Vec::new()))), [], "nobody looks at it");
}

#[test]
fn while_one_change_is_under_way_there_is_no_other_for_the_account() {
    let mut stage = wide();
    change(&mut stage, "S space enter");
    stage.press("j space");
    assert_eq!(stage.glimpse(), "acme whs-38");
    assert_eq!(toasts(&stage), ["acme: deactivate is still under way"]);
    stage.send(answer("deactivate", Err(Rejection::of_whole("500"))));
    stage.press("space");
    assert_eq!(stage.glimpse(), "acme whs-38 | confirm activate");
}

#[test]
fn what_cannot_be_done_is_said() {
    for (keys, said) in [
        ("S d", "avinode documents no deletion: space switches it off"),
        ("S t", "avinode documents no test of a subscription"),
        ("S G space", "the provider does not have whs-17 any more: e makes it anew"),
    ] {
        let mut stage = wide();
        stage.press(keys);
        assert_eq!(toasts(&stage), [said], "{keys}");
    }
    let mut stage = wide();
    stage.app.session.public_url = None;
    stage.press("S j L");
    assert!(toasts(&stage)[0].starts_with("there is no address that the provider can reach"));
}

#[test]
fn a_lease_takes_the_address_of_ours_and_gives_it_back() {
    let mut stage = wide();
    let lease = only(&mut stage, "S j L enter");
    let subscription = Box::new(listed(&acme()).remove(1).subscription);
    let target = "https://dev.example.test/".to_owned();
    assert_eq!(lease, Command::TakeLease { account: acme(), subscription, target });
    stage.send(answer("lease", Ok(Vec::new())));
    let back = only(&mut stage, "j j j L enter");
    let subscription = "whs-22".to_owned();
    assert_eq!(back, Command::ReturnLease { account: acme(), subscription });
}

/// Leases that a former run left open.
pub(super) fn left_open(ids: &[&str]) -> Message {
    let lease = |id: &&str| Lease {
        account: acme(),
        subscription: (*id).to_owned(),
        previous_target: "https://old.example/".to_owned(),
        target: "https://dev.example.test/".to_owned(),
        taken_at: at(0),
    };
    Message::LeasesLeftOpen(ids.iter().map(lease).collect())
}

#[test]
fn leases_left_open_are_asked_about_once_and_never_under_the_keys_of_something_else() {
    let account = acme();
    for (key, expected) in [
        (
            "y",
            ["1", "2"].map(|id| Command::ReturnLease {
                account: account.clone(),
                subscription: id.to_owned(),
            }),
        ),
        (
            "n",
            ["1", "2"].map(|id| Command::ForgetLease {
                account: account.clone(),
                subscription: id.to_owned(),
            }),
        ),
    ] {
        let mut stage = wide();
        stage.press("f");
        stage.send(left_open(&["1", "2"]));
        stage.press("n");
        assert_eq!(stage.app.overlays.len(), 1, "the filter has the keys");
        stage.press("esc");
        assert_eq!(stage.glimpse(), "stream 30 follow | leases 2");
        assert_eq!(stage.press("enter"), []);
        let mut commands = stage.press(key);
        commands.sort_by_key(|command| format!("{command:?}"));
        assert_eq!(commands, expected);
        assert_eq!(stage.glimpse(), "stream 30 follow");
    }
    let mut stage = wide();
    stage.send(left_open(&["1"]));
    assert_eq!(stage.press("esc"), []);
    assert_eq!(stage.glimpse(), "stream 30 follow");
}

#[test]
fn a_subscription_is_copied_with_its_secrets_masked() {
    let mut stage = wide();
    let copied = |stage: &mut Stage, keys| match only(stage, keys) {
        Command::Copy { what, text } => (what, text),
        other => panic!("{other:?}"),
    };
    let (what, text) = copied(&mut stage, "S y y");
    assert_eq!(what, Copied::Subscription);
    assert!(text.contains("\"clientSecret\": \"***\"") && !text.contains(SECRET), "{text}");
    assert_eq!(copied(&mut stage, "y i"), (Copied::SubscriptionId, "whs-41".to_owned()));
    let target = "https://dev.example.test/avinode/acme".to_owned();
    assert_eq!(copied(&mut stage, "y t"), (Copied::Target, target));
    let (what, text) = copied(&mut stage, "shift-tab y");
    assert_eq!(what, Copied::Sheet);
    assert!(text.contains("https://dev.example.test/\n"), "{text}");
}

#[test]
fn a_request_sheet_says_what_its_form_asks_for() {
    let mut stage = wide();
    stage
        .press("S shift-tab e tab space down down space tab o d d _ e v e n t tab space tab space");
    stage.press("ctrl-s");
    let Command::Copy { text, .. } = only(&mut stage, "y") else { panic!("it is copied") };
    for part in ["- talent_created\n", "- talent_merged\n", "- odd_event\n", "X-api-key"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.contains("Environment     Production"), "{text}");
}
