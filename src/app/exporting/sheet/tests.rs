use super::Sheet;
use crate::app::key::Key;
use crate::domain::delivery::DeliveryId;
use crate::domain::export::{Form, Order};

fn sheet(ids: &[i64]) -> Sheet {
    Sheet::new(ids.iter().copied().map(DeliveryId).collect(), Form::default(), false)
}

#[test]
fn a_sheet_as_it_begins_writes_everything_to_a_file_of_its_own() {
    for (ids, file, title) in [
        (&[7][..], "hookscope-7.ndjson", "Export #7"),
        (&[7, 9, 12], "hookscope-7-12.ndjson", "Export 3 deliveries"),
    ] {
        let mut sheet = sheet(ids);
        let order = Order {
            deliveries: ids.iter().copied().map(DeliveryId).collect(),
            form: Form::Ndjson,
            file: file.to_owned(),
            is_redacted: false,
        };
        assert_eq!(sheet.order(), Some(order));
        assert_eq!(sheet.title(), title);
    }
}

#[test]
fn the_name_goes_with_the_form_until_another_one_is_typed() {
    let mut sheet = sheet(&[7]);
    for ending in ["har", "sh", "http", "ndjson", "har"] {
        sheet.turn(true);
        assert_eq!(sheet.order().unwrap().file, format!("hookscope-7.{ending}"));
    }
    sheet.fields.step(true);
    sheet.fields.type_key(Key::parse("x").unwrap());
    sheet.fields.step(false);
    sheet.turn(true);
    let order = sheet.order().unwrap();
    assert_eq!((order.form, &*order.file), (Form::Curl, "hookscope-7.harx"));
}

#[test]
fn it_says_what_redaction_does_and_wants_a_name() {
    let mut sheet = sheet(&[7]);
    let says = |sheet: &Sheet| sheet.says().into_iter().map(|(line, _)| line).collect::<String>();
    assert!(says(&sheet).contains("credentials in headers are masked"));
    sheet.fields.step(false);
    sheet.fields.step(false);
    sheet.turn(true);
    assert!(says(&sheet).contains("signed afresh, by a secret that stands in the file"));
    assert!(sheet.order().unwrap().is_redacted);
    sheet.fields.step(false);
    sheet.fields.type_key(Key::parse("ctrl-u").unwrap());
    assert_eq!(sheet.order(), None);
    assert!(sheet.fields.field().unwrap().mistake.is_some());
}
