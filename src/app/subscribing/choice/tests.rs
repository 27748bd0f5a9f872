use super::{EventChoice, SecretChoice, SecretSource};
use crate::app::key::Key;
use crate::domain::event::ProviderId;
use crate::domain::subscription::SecretPlace;
use crate::providers::catalogue;

fn choice(all: Option<&'static str>, asked: &[&str]) -> EventChoice {
    let asked = asked.iter().map(|&event| event.to_owned()).collect::<Vec<_>>();
    EventChoice::new(all, &catalogue(ProviderId::Avinode), &asked)
}

#[test]
fn an_account_of_the_avinode_group_may_ask_for_events_of_both() {
    let choice = choice(None, &["SchedAeroContacts", "TripRequest", "Unheard"]);
    assert_eq!(choice.chosen(), ["TripRequest", "SchedAeroContacts"]);
    assert!(!choice.knows("Unheard"));
    assert_eq!(choice.documented(), choice.options().len());
}

#[test]
fn the_word_for_every_event_stands_alone() {
    let mut choice = choice(Some("*"), &["TripRequest"]);
    assert_eq!(choice.documented() + 1, choice.options().len());
    choice.toggle();
    assert!(choice.wants_all());
    assert_eq!(choice.chosen(), ["*"]);
    choice.toggle();
    assert_eq!(choice.chosen(), ["TripRequest"], "what was chosen is not forgotten");
}

#[test]
fn the_cursor_stops_at_the_ends_and_enters_from_either() {
    let mut choice = choice(None, &[]);
    assert!(!choice.move_by(-1));
    assert!(choice.move_by(1));
    assert_eq!(choice.cursor(), 1);
    choice.enter(false);
    assert!(!choice.move_by(1));
    assert_eq!(choice.cursor() + 1, choice.options().len());
    choice.enter(true);
    assert_eq!(choice.cursor(), 0);
}

#[test]
fn a_secret_is_named_by_its_place_and_never_typed() {
    let mut secret = SecretChoice::default();
    assert_eq!(secret.place(), Ok(None));
    assert!(secret.input(Key::parse("A").unwrap()));
    assert_eq!(secret.source(), SecretSource::Env, "typing chooses the environment");
    assert_eq!(secret.place(), Ok(Some(SecretPlace::Env("A".to_owned()))));
    for wrong in ["9A", "", "a-b", "päss", "abc123=="] {
        let place = SecretPlace::Env(wrong.to_owned());
        let mistake = SecretChoice::of(&place).place().unwrap_err();
        assert!(mistake.contains("not the secret itself"), "{wrong}");
    }
}

#[test]
fn the_places_of_a_secret_go_around_both_ways() {
    use SecretSource::{Endpoint, Env, Nowhere};
    for (forward, order) in [(true, [Env, Endpoint, Nowhere]), (false, [Endpoint, Env, Nowhere])] {
        let mut secret = SecretChoice::default();
        for expected in order {
            secret.turn(forward);
            assert_eq!(secret.source(), expected, "{forward}");
        }
    }
}
