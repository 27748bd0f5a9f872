//! The list of what can be read about a delivery.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::address;
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
    let inner = window(buffer, screen, &format!("Links of #{}", links.delivery()), theme);
    let full = FULL.min(inner.height / 3);
    let list = Rect { height: inner.height - full, ..inner };
    let first = (links.cursor() + 1).saturating_sub(usize::from(list.height));
    for ((at, link), row) in links.entries().iter().enumerate().skip(first).zip(list.rows()) {
        let is_selected = at == links.cursor();
        if is_selected {
            buffer.set_style(row, theme.style(Role::Cursor));
        }
        draw_link(buffer, row, link, is_selected, theme);
    }
    let Some(link) = links.current() else { return };
    let text = link.told();
    let text = text::visible(&text);
    let area = Rect { y: list.bottom(), height: full, ..inner };
    let columns = usize::from(area.width).saturating_sub(2);
    for (line, row) in text::wrap_words(&text, columns).into_iter().zip(area.rows()) {
        let mut strip = Strip::new();
        strip.gap(1);
        strip.push(line, theme.style(Role::Dim));
        strip.draw(buffer, row);
    }
}

fn draw_link(buffer: &mut Buffer, row: Rect, link: &Entry, is_selected: bool, theme: &Theme) {
    let label = LABEL.min(usize::from(row.width) / 3);
    let mut strip = Strip::new();
    strip.column(if is_selected { theme.glyphs.cursor } else { "" }, 2, theme.style(Role::Accent));
    strip.append(Strip::of(&text::visible_id(&link.label, label), theme.style(Role::Key)));
    strip.gap_to(label + 3);
    let room = usize::from(row.width).saturating_sub(strip.width() + 1);
    match &link.url {
        Ok(url) => strip.push(&address::short(url, room), theme.style(Role::Plain)),
        Err(reason) => {
            strip.append(Strip::of(reason, theme.style(Role::Stale)).truncated(room));
        }
    }
    strip.draw(buffer, row);
}
