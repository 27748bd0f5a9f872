//! The export sheet, and what is under way.

use hookscope::app::message::Message;
use hookscope::domain::export::{Exported, Progress};

use super::opened;
use crate::views::check;

#[test]
fn the_sheet_says_what_will_be_in_the_file() {
    check("export_sheet", |size| opened(size, "j E"));
    check("export_sheet_redacted", |size| opened(size, "* E shift-tab shift-tab space"));
}

#[test]
fn an_export_that_is_under_way_shows_how_far_it_has_come_and_then_the_file() {
    check("exporting", |size| {
        let mut scene = opened(size, "j E enter");
        scene.send(Message::Exporting(Progress { total: 10_000, done: 4_120 }));
        scene
    });
    check("exported", |size| {
        let mut scene = opened(size, "j E enter");
        let exported = Exported {
            file: "/home/me/shared/hookscope-7.har".to_owned(),
            count: 9_999,
            missing: 1,
            notes: vec!["delivery 7: the body is not text and was taken out".to_owned()],
        };
        scene.send(Message::Exported(Ok(Some(exported))));
        scene
    });
}
