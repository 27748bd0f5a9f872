//! The list of what can be read about a delivery.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::address;
use super::choices::list;
use super::overlay::window;
use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};
use crate::app::links::{Entry, Links};
use crate::app::screen::Screen;

/// The most columns of what a link is.
const LABEL: usize = 24;

/// The rows at the bottom that show the selected link in full.
const FULL: u16 = 3;

/// Draws the list, and below it the selected link in full.
pub(super) fn draw(buffer: &mut Buffer, screen: &Screen, links: &Links, theme: &Theme) {
    let inner = window(buffer, screen, &format!("Links of #{}", links.delivery), theme);
    let full = FULL.min(inner.height / 3);
    let top = Rect { height: inner.height - full, ..inner };
    let entries = (links.list.entries(), links.list.cursor());
    list(buffer, top, entries, theme, |strip, link, width| add(strip, link, width, theme));
    let Some(link) = links.list.current() else { return };
    let text = link.told();
    let text = text::visible(&text);
    let area = Rect { y: top.bottom(), height: full, ..inner };
    let columns = usize::from(area.width).saturating_sub(2);
    for (line, row) in text::wrap_words(&text, columns).into_iter().zip(area.rows()) {
        let mut strip = Strip::new();
        strip.gap(1);
        strip.push(line, theme.style(Role::Dim));
        strip.draw(buffer, row);
    }
}

fn add(strip: &mut Strip, link: &Entry, width: usize, theme: &Theme) {
    let label = LABEL.min(width / 3);
    strip.append(Strip::of(&text::visible_id(&link.label, label), theme.style(Role::Key)));
    strip.gap_to(label + 3);
    let room = width.saturating_sub(strip.width() + 1);
    match &link.url {
        Ok(url) => strip.push(&address::short(url, room), theme.style(Role::Plain)),
        Err(reason) => {
            strip.append(Strip::of(reason, theme.style(Role::Stale)).truncated(room));
        }
    }
}
