//! Terminal events as messages. What means nothing here is dropped before it can cause work.

use crossterm::event::{Event, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Size;

use crate::app::key::Key;
use crate::app::message::{Gesture, Message, Mouse};

/// What an event means; none for key releases, mouse moves and the like.
#[must_use]
pub(super) fn message(event: Event) -> Option<Message> {
    match event {
        // Windows reports the release of a key too.
        Event::Key(key) if key.is_release() => None,
        Event::Key(key) => Key::of(key).map(Message::Key),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Mouse(mouse) => gesture(mouse).map(Message::Mouse),
        Event::Resize(width, height) => Some(Message::Resized(Size { width, height })),
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn gesture(mouse: MouseEvent) -> Option<Mouse> {
    let gesture = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Gesture::Click,
        MouseEventKind::Drag(MouseButton::Left) => Gesture::Drag,
        MouseEventKind::Up(MouseButton::Left) => Gesture::Release,
        MouseEventKind::ScrollDown => Gesture::WheelDown,
        MouseEventKind::ScrollUp => Gesture::WheelUp,
        _ => return None,
    };
    Some(Mouse { column: mouse.column, row: mouse.row, gesture })
}
