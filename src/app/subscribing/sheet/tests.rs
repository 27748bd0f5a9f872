use super::Wanted;
use crate::app::fixtures::{account, session};
use crate::app::subscribing::address::addresses;
use crate::domain::event::ProviderId;

#[test]
fn a_form_of_what_is_wanted_asks_for_the_same() {
    let account = account("temps", ProviderId::Avionte);
    let places = addresses(&session(), &account);
    for (header, production) in [(Some("X-api-key"), true), (None, false)] {
        let wanted = Wanted {
            url: "https://dev.example.test/avionte".to_owned(),
            events: vec!["talent_created".to_owned(), "pipeline_moved".to_owned()],
            header,
            production,
        };
        let form = wanted.form(&account, places.clone());
        assert_eq!(Wanted::of(&form), wanted);
    }
}

#[test]
fn the_text_fits_the_width_and_what_is_continued_stands_under_its_value() {
    let account = account("temps", ProviderId::Avionte);
    let wanted = Wanted::new(&session(), &account);
    assert!(wanted.text(&account).contains("TEMPS"), "the tenant is that of the account");
    let rows = wanted.rows(&account, 44);
    assert!(rows.iter().all(|row| row.chars().count() <= 44), "{rows:#?}");
    let to = rows.iter().position(|row| row.starts_with("  To ")).unwrap();
    assert!(rows[to + 1].starts_with(&" ".repeat(18)), "{rows:#?}");
    for width in 0..44 {
        assert!(!wanted.rows(&account, width).is_empty());
    }
}
