use super::*;
use crate::domain::attempt::Purpose;

fn url() -> Url {
    Url::parse("http://app.test:3000/hooks?token=1").expect("an address")
}

#[test]
fn what_ended_is_told_once_with_its_bytes_and_nothing_of_what_was_said() {
    let ledger = EgressLedger::default();
    let mut entry = Entry::begin(Some(ledger.clone()), &url(), Aim::Attempt(Purpose::Replay));
    entry.meter().sent(120);
    entry.meter().received(40);
    assert_eq!(ledger.take(), Told::default(), "it has not ended");
    entry.end(Ending::Connected, true);
    drop(entry);
    let Told { all, forgotten: 0 } = ledger.take() else { panic!("nothing was forgotten") };
    let [egress] = &all[..] else { panic!("one connection: {all:?}") };
    assert_eq!((egress.host.as_str(), egress.aim.as_str()), ("app.test:3000", "replay"));
    assert_eq!((egress.sent, egress.received, egress.reused), (120, 40, true));
    assert_eq!(ledger.take(), Told::default());
}

#[test]
fn what_nobody_waits_for_any_more_is_noted_as_given_up() {
    let ledger = EgressLedger::default();
    drop(Entry::begin(Some(ledger.clone()), &url(), Aim::Probe));
    assert_eq!(ledger.take().all[0].ending, Ending::GivenUp);
}

#[test]
fn of_too_many_at_once_the_newest_are_kept_and_the_others_counted() {
    let ledger = EgressLedger::default();
    for _ in 0..MOST + 3 {
        drop(Entry::begin(Some(ledger.clone()), &url(), Aim::Probe));
    }
    let told = ledger.take();
    assert_eq!((told.all.len(), told.forgotten), (MOST, 3));
}
