use serde_json::json;

use super::{Known, Row, Sent, Subscribing, api_of};
use crate::app::fixtures::{account, session};
use crate::app::session::Session;
use crate::domain::event::ProviderId;
use crate::domain::ledger::Listed;
use crate::domain::name::AccountName;
use crate::domain::subscription::{Rejection, Subscription};
use crate::providers::accounts::Accounts;

fn row(id: usize) -> Row {
    let raw = json!({"id": id.to_string(), "attributes": {"headers": {"X-Any": "hush-hush"}}});
    let subscription = Subscription {
        id: id.to_string(),
        name: String::new(),
        target: String::new(),
        active: true,
        events: Vec::new(),
        raw: raw.as_object().unwrap().clone(),
    };
    let listed = Listed { subscription, ours: true, drift: None, gone_since: None, leased: false };
    Row::new(api_of(&account("hotel", ProviderId::Channex)).unwrap(), listed)
}

#[test]
fn what_is_shown_of_a_record_is_masked_and_what_goes_back_is_not() {
    let row = row(1);
    assert!(!row.text.contains("hush-hush"), "{}", row.text);
    assert_eq!(row.listed.subscription.raw["attributes"]["headers"]["X-Any"], "hush-hush");
}

#[test]
fn the_cursor_stays_at_its_subscription_and_in_range() {
    let mut known = Known::default();
    known.move_by(3);
    assert_eq!((known.cursor(), known.selected().is_none()), (0, true));
    known.listed(Ok((0..9).map(row).collect()));
    known.move_by(5);
    known.listed(Ok((3..9).map(row).collect()));
    assert_eq!(known.selected().unwrap().listed.subscription.id, "5");
    known.listed(Ok((6..8).map(row).collect()));
    assert_eq!(known.cursor(), 1, "it is gone: the row that stands there now");
    known.listed(Err(Rejection::of_whole("no")));
    assert!(known.selected().is_none() && known.rows().is_empty());
}

#[test]
fn the_list_scrolls_as_little_as_needed() {
    let mut known = Known::default();
    known.listed(Ok((0..9).map(row).collect()));
    for (at, expected) in [(4, 2), (3, 2), (0, 0), (8, 6)] {
        known.select(at);
        known.keep_in_sight(3);
        assert_eq!(known.top(), expected, "at {at}");
    }
    known.keep_in_sight(20);
    assert_eq!(known.top(), 0, "no room is left empty");
}

#[test]
fn an_answer_belongs_to_the_change_of_that_name_and_account() {
    let mut subscribing = Subscribing::default();
    let (one, two) = (AccountName::from("one"), AccountName::from("two"));
    for (account, action) in [(&one, "create"), (&two, "lease")] {
        subscribing.send(Sent { account: account.clone(), action, form: None });
    }
    assert!(subscribing.answered(&one, "lease").is_none());
    assert!(subscribing.answered(&two, "lease").is_some());
    assert!(subscribing.sending(&two).is_none() && subscribing.sending(&one).is_some());
}

#[test]
fn the_account_that_is_shown_is_one_of_the_config() {
    let accounts = ["a", "b"].map(|name| account(name, ProviderId::Channex));
    let session = Session { accounts: Accounts::new(accounts.into()), ..session() };
    let mut subscribing = Subscribing::default();
    let name = |subscribing: &Subscribing| {
        subscribing.account(&session).map(|account| account.name.to_string())
    };
    assert_eq!(name(&subscribing).as_deref(), Some("a"));
    subscribing.show(1);
    assert_eq!(name(&subscribing).as_deref(), Some("b"));
}
