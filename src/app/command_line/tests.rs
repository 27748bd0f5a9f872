use std::time::Duration;

use jiff::tz::TimeZone;

use super::line::{Again, Errand, Known, Line, Reading};
use super::parse;
use super::place::Place;
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::deliveries::column::Column;
use crate::app::tab::Tab;
use crate::domain::delivery::DeliveryId;
use crate::domain::export::Form;
use crate::domain::name::AccountName;
use crate::domain::pin::Pin;
use crate::domain::url::Url;

fn read(context: Context, text: &str) -> Result<Line, String> {
    let known = Known { accounts: vec!["acme".to_owned()], ..Known::default() };
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    parse(text, &Reading { zone: &TimeZone::UTC, now, context, known: &known })
}

#[test]
fn a_name_alone_is_its_action_and_with_arguments_a_command() {
    let again = Again { to: None, resign: false, times: 1, parallel: 1, gap: Duration::ZERO };
    let show = |id: Option<i64>, tab| Line::Run(Errand::Show { id: id.map(DeliveryId), tab });
    let url = |text| Some(Url::parse(text).unwrap());
    let pin = |pointer| Pin::new(pointer).unwrap();
    let sort = |column, is_reversed| Line::Run(Errand::Sort { column, is_reversed });
    let cases = [
        ("mark-all", Line::Act(Action::MarkAll)),
        ("  quit ", Line::Act(Action::Quit)),
        ("replay", Line::Act(Action::Replay)),
        ("goto #12", Line::Run(Errand::GoTo(Place::Delivery(DeliveryId(12))))),
        ("filter  is:marked x", Line::Run(Errand::Filter("is:marked x".to_owned()))),
        ("list is:marked", Line::Run(Errand::Filter("is:marked".to_owned()))),
        ("show 12", show(Some(12), Tab::Overview)),
        ("verify", show(None, Tab::Auth)),
        ("verify #12", show(Some(12), Tab::Auth)),
        ("delete until:30d", Line::Run(Errand::Delete("until:30d".to_owned()))),
        ("hold event:a", Line::Run(Errand::Hold("event:a".to_owned()))),
        (
            "replay --to http://a.test --times 3 --gap 20ms",
            Line::Run(Errand::Replay(Again {
                to: url("http://a.test"),
                times: 3,
                gap: Duration::from_millis(20),
                ..again.clone()
            })),
        ),
        (
            "replay --resign --parallel 4",
            Line::Run(Errand::Replay(Again { resign: true, parallel: 4, ..again })),
        ),
        (
            "export --as har --redact",
            Line::Run(Errand::Export { form: Some(Form::Har), is_redacted: true }),
        ),
        ("sort size", sort(Column::Size, false)),
        ("sort -id", sort(Column::Id, true)),
        ("sort -/a/b", sort(Column::Pinned(pin("/a/b")), true)),
        ("sort", Line::Run(Errand::Columns)),
        ("column", Line::Run(Errand::Columns)),
        ("columns", Line::Act(Action::Columns)),
        ("column /a/b", Line::Run(Errand::Pin(pin("/a/b")))),
        ("uncolumn /a/b", Line::Run(Errand::Unpin(pin("/a/b")))),
        ("subs acme", Line::Run(Errand::Subscriptions(AccountName::from("acme")))),
    ];
    for (text, expected) in cases {
        assert_eq!(read(Context::Stream, text), Ok(expected), "{text}");
    }
    let sample = read(Context::Stream, "trigger avinode triprequest").unwrap();
    let Line::Run(Errand::Trigger(choice)) = sample else { panic!("{sample:?}") };
    assert_eq!(choice.sample.event, "TripRequest");
}

#[test]
fn what_is_not_understood_says_what_to_type_instead() {
    for (text, mistake) in [
        ("", "there is no command; one is goto 10:42"),
        ("mark-al", "there is no command mark-al; did you mean mark-all?"),
        ("zzzz", "there is no command zzzz"),
        ("wrap it", "wrap takes nothing behind it"),
        ("fold-all", "fold-all does not work here"),
        ("goto", "goto takes a number, a time such as 10:42, or a day such as 2026-11-21"),
        ("goto 25:00", "goto takes a number, a time such as 10:42, or a day such as 2026-11-21"),
        ("show", "show takes the number of a delivery"),
        ("verify yesterday", "verify takes the number of a delivery"),
        ("replay --too x", "replay does not take --too; did you mean --to?"),
        ("replay --to", "replay: a value is missing behind --to"),
        ("replay --times 0", "0 is no whole number, 1 or more"),
        ("export --as xml", "--as takes ndjson, har, curl, http"),
        ("export all", "export does not take all"),
        ("trigger acme x", "there is no provider acme; known are"),
        ("trigger avinode", "trigger takes an event of avinode"),
        ("trigger avinode EmptyLeg", "avinode has no event EmptyLeg; did you mean EmptyLegs?"),
        ("trigger avinode EmptyLegs --without-data", "avinode always sends the data"),
        ("sort sise", "there is no column sise; did you mean size?"),
        ("sort -", "there is no column"),
        ("column a", "a column takes a JSON pointer such as /trip/id"),
        ("uncolumn", "a column takes a JSON pointer such as /trip/id"),
        ("subs acne", "there is no account acne; did you mean acme?"),
        ("filter provder:x", "provder: is unknown"),
    ] {
        let told = read(Context::Stream, text).unwrap_err();
        assert!(told.starts_with(mistake), "{text}: {told}");
    }
    let told = read(Context::Subscriptions, "filter x").unwrap_err();
    assert_eq!(told, "filter does not work here");
}
