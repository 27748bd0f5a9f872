//! Notes and tags.

use hookscope::app::message::Message;
use hookscope::domain::annotation::Comment;
use hookscope::domain::delivery::DeliveryId;

use super::Begin::{self, Empty, Narrow, Wide};

/// What is typed, and what it comes to.
#[rustfmt::skip]
pub(super) const COMMENTING: &[(Begin, &str, &str)] = &[
    (Wide, "m", "stream 30 follow | note>"),
    (Wide, "m s e e n enter", "stream 30 follow says seen"),
    (Wide, "m s e e n esc", "stream 30 follow"),
    (Wide, "m s e e n enter m", "stream 30 follow says seen | note>seen"),
    (Wide, "m s e e n enter m ctrl-u enter", "stream 30 follow"),
    (Wide, "m s e e n enter j", "stream 29"),
    (Narrow, "enter m a enter", "detail 30 row 0 says a"),
    (Wide, "t b u g space a s k enter", "stream 30 follow says #bug #ask"),
    (Wide, "m x enter t b u g enter t", "stream 30 follow says x #bug | tags>bug"),
    (Wide, "t b u g enter j t b tab enter", "stream 29 says #bug"),
    (Wide, ": n o t e space s e e n space i t enter", "stream 30 follow says seen it"),
    (Wide, ": n o t e enter", "stream 30 follow | note>"),
    (Wide, ": t a g space a space b enter : t a g space c space - a enter", "stream 30 follow says #b #c"),
    (Wide, ": t a g space a enter : t a g space - tab enter", "stream 30 follow"),
    // found by the filter
    (Wide, "j t b u g enter F f t a g : b u g enter", "stream 29 follow says #bug f:tag:bug"),
    (Wide, "t b u g enter f t a g : tab enter", "stream 30 follow says #bug f:tag:bug"),
    (Wide, "m a s k enter f n o t e : a s k enter", "stream 30 follow says ask f:note:ask"),
    (Wide, "m a s k enter f - i s : n o t e d enter", "stream 29 follow f:-is:noted"),
    // nothing to write about
    (Empty, "m", "stream 0 follow"),
    (Wide, "m a enter d", "stream 29 follow deleted 1"),
    (Wide, "m a enter d U", "stream 30 follow says a"),
];

#[test]
fn what_another_program_writes_is_shown_as_soon_as_it_is_known() {
    let mut stage = Wide.stage();
    stage.press("1");
    let overview = |stage: &super::Stage| format!("{:?}", stage.app.detail.content());
    for (note, is_shown) in [("written elsewhere", true), ("", false)] {
        stage.comments = [(DeliveryId(30), Comment::new(note, []))].into();
        stage.comments.retain(|_, comment| !comment.is_empty());
        assert_eq!(stage.send(Message::StoreChanged), []);
        assert_eq!(overview(&stage).contains("written elsewhere"), is_shown);
    }
}

#[test]
fn what_is_typed_is_about_the_delivery_that_it_was_begun_at() {
    for (open, done) in [(": n o t e space s e e n", "enter"), ("m s e e n", "enter")] {
        let mut stage = Wide.stage();
        stage.press(open);
        stage.capture();
        assert_eq!(stage.app.deliveries.selected(), Some(DeliveryId(30)), "{open}");
        stage.press(done);
        assert_eq!(stage.glimpse(), "stream 31 follow", "the newest one is followed again");
        stage.press("j");
        assert_eq!(stage.glimpse(), "stream 30 says seen", "{open}");
    }
}

#[test]
fn the_newest_delivery_is_followed_again_when_nothing_lies_on_top() {
    let mut stage = Wide.stage();
    stage.press("?");
    stage.capture();
    assert_eq!(stage.app.deliveries.selected(), Some(DeliveryId(30)));
    stage.press("esc");
    assert_eq!(stage.glimpse(), "stream 31 follow");
}
