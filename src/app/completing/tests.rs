use super::{Completing, Grammar};
use crate::app::command_line::line::Known;
use crate::app::context::Context;

fn completing(grammar: Grammar, typed: &str) -> Completing {
    let strings = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
    let known = Known {
        endpoints: strings(&["acme", "temps"]),
        accounts: strings(&["acme", "hotel-nord"]),
        events: strings(&["TripRequest", "booking new", "trip"]),
        tags: strings(&["ask", "bug", "later"]),
        pins: vec!["/trip/id".to_owned()],
        pointers: vec!["/trip/id".to_owned(), "/note".to_owned()],
        pipes: strings(&["jq .", "wc -c", "jq .trip | less"]),
    };
    let mut completing = Completing::new(grammar, known);
    completing.typed(typed);
    completing
}

fn candidates(grammar: Grammar, typed: &str) -> Vec<String> {
    let completing = completing(grammar, typed);
    completing.candidates().iter().map(|candidate| candidate.text.clone()).collect()
}

#[test]
fn commands_are_completed_by_name_and_their_values_by_what_is_known() {
    let commands = Grammar::Command(Context::Stream);
    for (typed, expected) in [
        ("got", vec!["goto"]),
        ("repl", vec!["replay", "replay-sheet"]),
        ("all", vec!["mark-all", "delete-all", "overview-all"]),
        ("fold-all", vec![]),
        ("replay --t", vec!["--to", "--times"]),
        ("replay --to ", vec![]),
        ("replay --resign --re", vec![]),
        ("export --as ", vec!["ndjson", "har", "curl", "http"]),
        ("trigger av", vec!["avinode", "avionte"]),
        ("trigger avinode emp", vec!["EmptyLegs"]),
        ("trigger channex booking_new --", vec!["--without-data"]),
        ("trigger avinode EmptyLegs -", vec![]),
        ("subs ", vec!["acme", "hotel-nord"]),
        ("tag b", vec!["bug"]),
        ("pipe j", vec!["jq .", "jq .trip | less"]),
        ("pipe jq .", vec![]),
        ("tag ask bug ", vec!["later"]),
        ("tag -l", vec!["-later"]),
        ("sort s", vec!["status", "size"]),
        ("sort -/", vec!["-/trip/id", "-/note"]),
        ("sort size ", vec![]),
        ("column /", vec!["/trip/id", "/note"]),
        ("uncolumn ", vec!["/trip/id"]),
        ("filter acc", vec!["account:"]),
        ("filter x -account:h", vec!["-account:hotel-nord"]),
        ("wrap x", vec![]),
    ] {
        assert_eq!(candidates(commands, typed), expected, "{typed}");
    }
    assert_eq!(candidates(commands, "")[..2], ["goto", "filter"]);
    assert!(candidates(Grammar::Command(Context::Body), "fold").contains(&"fold-all".to_owned()));
}

#[test]
fn words_of_a_filter_are_completed_wherever_they_stand() {
    for (typed, expected) in [
        ("end", vec!["endpoint:"]),
        ("!end", vec!["!endpoint:"]),
        ("endpoint:", vec!["endpoint:acme", "endpoint:temps"]),
        ("account:acme,n", vec!["account:acme,none"]),
        ("event:TRIP", vec!["event:TripRequest", "event:trip"]),
        ("event:b", vec!["event:\"booking new\""]),
        ("auth:ver is:m", vec!["is:marked"]),
        ("provider:ch", vec!["provider:channex"]),
        ("auth:unc", vec!["auth:unchecked"]),
        ("tag:bug,l", vec!["tag:bug,later"]),
        ("is:", vec!["is:repeat", "is:marked", "is:noted", "is:tagged"]),
        ("id:4", vec![]),
    ] {
        assert_eq!(candidates(Grammar::Filter, typed), expected, "{typed}");
    }
    assert_eq!(candidates(Grammar::Tags, "bug a"), ["ask"]);
    assert_eq!(candidates(Grammar::Words, "end"), <Vec<String>>::new());
}

#[test]
fn candidates_are_gone_through_around_the_ends() {
    let mut completing = completing(Grammar::Filter, "x endpoint:");
    for (forward, line, at) in [
        (true, "x endpoint:acme", 0),
        (true, "x endpoint:temps", 1),
        (true, "x endpoint:acme", 0),
        (false, "x endpoint:temps", 1),
    ] {
        assert_eq!(completing.step(forward).as_deref(), Some(line));
        assert_eq!(completing.at(), Some(at));
    }
    completing.typed("endpoint:zzz");
    assert_eq!((completing.step(true), completing.at()), (None, None));
}

#[test]
fn a_command_of_before_is_completed_with_all_of_its_words() {
    for (typed, expected) in [
        ("", vec!["jq .", "wc -c", "jq .trip | less"]),
        ("jq .", vec!["jq .trip | less"]),
        ("jq .trip | ", vec!["jq .trip | less"]),
        ("wc  ", vec![]),
    ] {
        assert_eq!(candidates(Grammar::Pipe, typed), expected, "{typed}");
    }
    let mut completing = completing(Grammar::Pipe, "jq .t");
    assert_eq!(completing.step(true).as_deref(), Some("jq .trip | less"));
}
