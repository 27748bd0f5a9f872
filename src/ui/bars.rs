//! The lines above and below the panes: how the listener is, what is held, what keys work.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::strip::Strip;
use super::theme::{Role, Theme};
use super::{desk, forwarding};
use crate::app::action::Action;
use crate::app::health::Listener;
use crate::app::hints::hinted;
use crate::app::key::Key;
use crate::app::keymap::Chord;
use crate::app::managing;
use crate::app::state::{App, Focus, View};

/// Columns of the picture of what came in.
const SPARKS: usize = 8;

/// Draws the status bar. What matters most is kept when there is little room.
pub(super) fn title(buffer: &mut Buffer, area: Rect, app: &App, theme: &Theme) {
    if let Some(trouble) = app.health.trouble() {
        let left = Strip::of(&format!(" {} {trouble}", theme.glyphs.trouble), Style::new());
        let mut right = undecided(app, theme);
        for told in [exposure(app, theme), counts(app, theme)] {
            if left.width() + right.width() + told.width() + 3 <= usize::from(area.width) {
                right.append(told);
            }
        }
        draw_both(buffer, area, left, right);
        return buffer.set_style(area, theme.style(Role::Alarm));
    }
    let mut right = undecided(app, theme);
    let mut left = listener(app, theme);
    let forwards = forwarding::strip(&app.forwards, app.now, theme);
    let counts = counts(app, theme);
    let whole = usize::from(area.width).saturating_sub(4);
    let has_trouble = app.forwards.iter().any(|forward| forward.trouble.is_some());
    let all = left.width() + right.width() + counts.width() + forwards.width() + 2;
    let has_forwards = forwards.width() > 0 && (all <= whole || has_trouble);
    let reserved = if has_forwards { forwards.width() + 2 } else { 0 };
    let room =
        |left: &Strip, right: &Strip| whole.saturating_sub(left.width() + right.width() + reserved);
    // What waits matters more than what came.
    let is_first = right.width() == 0 && !has_trouble && !app.session.is_open_to_network();
    if is_first || counts.width() <= room(&left, &right) {
        right.append(counts);
    }
    let name = Strip::of(" hookscope ", theme.style(Role::Strong));
    if name.width() <= room(&left, &right) {
        let address = std::mem::replace(&mut left, name);
        left.append(address);
    }
    let rate = rate(app, theme);
    if app.traffic.is_moving() && !theme.is_plain() && rate.width() <= room(&left, &right) {
        right.append(rate);
    }
    let public = public(app, theme);
    if public.width() <= room(&left, &right) {
        left.append(public);
    }
    let room = room(&left, &right);
    if has_forwards {
        right.gap(if right.width() == 0 { 0 } else { 2 });
        right.append(forwards);
    }
    if room >= 24 {
        let dim = theme.style(Role::Dim);
        left.push("  store ", dim);
        left.push(&super::text::visible_id(&app.session.store, room - 8), dim);
    }
    draw_both(buffer, area, left, right);
}

/// What the user has set in motion and can take back: that the stream stands still, what was deleted,
/// what is answered otherwise than configured. It is never left out.
fn undecided(app: &App, theme: &Theme) -> Strip {
    let mut strip = paused(app, theme);
    strip.append(deleted(app, theme));
    strip.append(desk::decisions(app, theme));
    strip
}

/// What was deleted last, for as long as it can be brought back.
fn deleted(app: &App, theme: &Theme) -> Strip {
    let mut strip = Strip::new();
    let last = app.deliveries.bin().last();
    let Some((lot, seconds)) = last.and_then(|lot| Some((lot, lot.seconds_left()?))) else {
        return strip;
    };
    let count = grouped(lot.ids.len() as u64);
    let text = hinted(&format!("{count} deleted"), ':', app.hint(Action::Undo, "undoes"));
    strip.push(&format!("{text}, {seconds} s"), theme.style(Role::Stale));
    strip.gap(2);
    strip
}

/// That the stream stands still, and how much was captured since.
fn paused(app: &App, theme: &Theme) -> Strip {
    let mut strip = Strip::new();
    if let Some(held_back) = app.paused {
        let more = if held_back.or_more { " or more" } else { "" };
        let text = format!("PAUSED +{}{more}", grouped(held_back.count));
        strip.push(&text, theme.style(Role::Stale));
        strip.gap(2);
    }
    strip
}

fn listener(app: &App, theme: &Theme) -> Strip {
    let mut strip = Strip::new();
    match (&app.health.listener, &app.session.listening) {
        (Listener::Absent, _) | (_, None) => strip.push(" no listener", theme.style(Role::Dim)),
        (_, Some(url)) => {
            strip.gap(1);
            strip.push(theme.glyphs.well, theme.style(Role::Verified));
            strip.append(exposure(app, theme));
            strip.push(&format!(" {}", without_scheme(url)), theme.style(Role::Plain));
        }
    }
    strip
}

/// That others can reach the listener, for as long as they can.
fn exposure(app: &App, theme: &Theme) -> Strip {
    let mut strip = Strip::new();
    if app.session.is_open_to_network() {
        strip.push(" open to the network ", theme.style(Role::Stale));
    }
    strip
}

fn public(app: &App, theme: &Theme) -> Strip {
    let mut strip = Strip::new();
    if let Some(url) = &app.session.public_url {
        strip.push(&format!("  {} ", theme.glyphs.public), theme.style(Role::Dim));
        strip.push(url, theme.style(Role::Plain));
    }
    strip
}

fn without_scheme(url: &str) -> &str {
    url.strip_prefix("http://").unwrap_or(url)
}

fn counts(app: &App, theme: &Theme) -> Strip {
    let traffic = &app.traffic;
    let mut strip = Strip::new();
    if traffic.refused() > 0 {
        strip.push(&format!("{} refused", grouped(traffic.refused())), theme.style(Role::Stale));
        strip.gap(2);
    }
    let captured = app.stored().unwrap_or_else(|| traffic.captured());
    strip.push(&grouped(captured), theme.style(Role::Plain));
    strip.push(" captured", theme.style(Role::Dim));
    strip
}

/// How much comes in, as a number and as a picture of the last half minute or so.
fn rate(app: &App, theme: &Theme) -> Strip {
    let mut strip = Strip::new();
    let rate = app.traffic.per_second();
    let rate = if rate < 99.95 { format!("{rate:.1}/s") } else { format!("{rate:.0}/s") };
    strip.gap(2);
    strip.push(&rate, theme.style(Role::Plain));
    strip.gap(1);
    let history = app.traffic.history();
    let recent = &history[history.len().saturating_sub(SPARKS * 4)..];
    strip.push(&sparks(recent, 4, theme.glyphs.bars), theme.style(Role::Accent));
    strip
}

/// Columns for the counts, so many of them each, the tallest as high as a row.
pub(super) fn sparks(counts: &[u32], each: usize, bars: [&str; 8]) -> String {
    let sums =
        counts.chunks(each).map(|counts| counts.iter().map(|count| u64::from(*count)).sum::<u64>());
    let sums = sums.collect::<Vec<_>>();
    let most = sums.iter().max().copied().unwrap_or(0).max(1);
    let height = |sum: &u64| usize::try_from((sum * 7).div_ceil(most)).unwrap_or(7).min(7);
    sums.iter().map(|sum| bars[height(sum)]).collect()
}

/// A number with a comma before every third digit.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(",")
}

/// Draws what is held: the one that is answered next, how long it waits yet, and with which keys.
pub(super) fn held(buffer: &mut Buffer, area: Rect, app: &App, theme: &Theme) {
    let Some(held) = app.desk.next(app.deliveries.selected()) else { return };
    let plain = theme.style(Role::Plain);
    let mut left = Strip::of(" held ", theme.style(Role::Stale));
    left.push(&format!("#{} ", held.id), plain);
    let room = usize::from(area.width) / 3;
    left.push(&super::text::visible_id(&held.what, room), plain);
    left.push(&format!("  {} s left", held.seconds_left(app.now)), theme.style(Role::Accent));
    let others = app.desk.held().len() - 1;
    if others > 0 {
        left.push(&format!("  +{others}"), theme.style(Role::Dim));
    }
    let mut right = Strip::new();
    for action in [Action::AnswerUsual, Action::AnswerOtherwise] {
        let Some(chord) = app.keymap.chords().find(|chord| chord.binding.action == action) else {
            continue;
        };
        let hint = hint(chord, &chord.to_string(), theme);
        if left.width() + right.width() + hint.width() + 5 <= usize::from(area.width) {
            right.gap(if right.width() == 0 { 0 } else { 2 });
            right.append(hint);
        }
    }
    draw_both(buffer, area, left, right);
}

/// Draws the hints; at their right where the cursor is.
pub(super) fn footer(buffer: &mut Buffer, area: Rect, app: &App, theme: &Theme) {
    let right = place(app, theme, usize::from(area.width) / 2);
    let chords = app.keymap.footer(app.context(), &[]);
    let help = chords.iter().find(|chord| chord.binding.action == Action::Help);
    let help = help.map(|chord| hint(chord, &chord.to_string(), theme)).unwrap_or_default();
    let room = usize::from(area.width).saturating_sub(right.width() + help.width() + 5);
    let mut left = Strip::new();
    let wanted = |chord: &&&Chord| {
        let action = chord.binding.action;
        action != Action::Help && managing::offers(app, action)
    };
    for chord in chords.iter().filter(wanted) {
        let hint = hint(chord, &chord.to_string(), theme);
        if left.width() + hint.width() + 2 <= room {
            left.gap(if left.width() == 0 { 1 } else { 2 });
            left.append(hint);
        }
    }
    left.gap(if left.width() == 0 { 1 } else { 2 });
    left.append(help);
    draw_both(buffer, area, left, right);
}

fn hint(chord: &Chord, keys: &str, theme: &Theme) -> Strip {
    let mut strip = Strip::of(keys, theme.style(Role::Accent));
    strip.push(&format!(" {}", chord.binding.hint), theme.style(Role::Dim));
    strip
}

/// The path of what is under the cursor, and its row.
fn place(app: &App, theme: &Theme, most: usize) -> Strip {
    let is_read = app.focus == Focus::Detail && app.view == View::Deliveries;
    let Some(content) = app.detail.content().filter(|_| is_read) else {
        return Strip::new();
    };
    let position = format!("  {}/{} ", content.cursor() + 1, content.len().max(1));
    let path = app.detail.path().unwrap_or_default();
    let room = most.saturating_sub(position.len());
    let mut strip = Strip::of(&super::text::visible_id(&path, room), theme.style(Role::Plain));
    strip.push(&position, theme.style(Role::Dim));
    strip
}

/// Draws what may follow after the keys that were pressed, over the last rows of an area.
pub(super) fn pending(buffer: &mut Buffer, area: Rect, app: &App, theme: &Theme) {
    let chords = app.keymap.footer(app.context(), &app.keys);
    let hints = chords.iter().map(|chord| {
        let keys = chord.keys.get(app.keys.len()..).unwrap_or_default();
        hint(chord, &spaced(keys), theme)
    });
    let hints = hints.collect::<Vec<_>>();
    let widest = hints.iter().map(Strip::width).max().unwrap_or(0) + 3;
    let per_row = (usize::from(area.width).saturating_sub(1) / widest).max(1);
    let rows =
        u16::try_from(hints.len().div_ceil(per_row) + 1).unwrap_or(u16::MAX).min(area.height);
    let block = Rect { y: area.bottom() - rows, height: rows, ..area };
    clear(buffer, block);
    rule(buffer, block, Strip::of(&spaced(&app.keys), theme.style(Role::Strong)), theme);
    for (hints, row) in hints.chunks(per_row).zip(block.rows().skip(1)) {
        let mut strip = Strip::new();
        for (at, hint) in hints.iter().enumerate() {
            strip.gap_to(1 + at * widest);
            strip.append(hint.clone());
        }
        strip.draw(buffer, row);
    }
}

fn spaced(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Draws a line with a title across the first row of an area.
pub(super) fn rule(buffer: &mut Buffer, area: Rect, title: Strip, theme: &Theme) {
    let dim = theme.style(Role::Dim);
    let width = usize::from(area.width);
    let mut strip = Strip::of(theme.glyphs.rule, dim);
    strip.gap(1);
    strip.append(title.truncated(width.saturating_sub(4)));
    strip.gap(1);
    strip.push(&theme.glyphs.rule.repeat(width.saturating_sub(strip.width())), dim);
    strip.draw(buffer, area);
}

/// Empties an area, whatever was drawn there.
pub(super) fn clear(buffer: &mut Buffer, area: Rect) {
    for position in area.intersection(buffer.area).positions() {
        buffer[position].reset();
    }
}

/// Draws one strip at the left of an area and one at its right, which has precedence.
pub(super) fn draw_both(buffer: &mut Buffer, area: Rect, left: Strip, right: Strip) {
    let taken = right.draw_right(buffer, Rect { width: area.width.saturating_sub(1), ..area });
    let gap = if taken > 0 { 2 } else { 0 };
    left.draw(buffer, Rect { width: area.width.saturating_sub(taken + 1 + gap), ..area });
}

#[cfg(test)]
mod tests;
