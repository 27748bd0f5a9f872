//! The subscriptions of an account: the list, what is to be said about the selected one, and its
//! record, masked. Where a provider has no API for them, the request sheet.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::bars::{draw_both, rule};
use super::document;
use super::lines::Pen;
use super::sentence::{below, said};
use super::strip::Strip;
use super::subscription_rows;
use super::text;
use super::theme::{Role, Theme};
use super::time::Clock;
use crate::app::action::Action;
use crate::app::hints::hinted;
use crate::app::managing;
use crate::app::screen::{Screen, subscriptions};
use crate::app::search::Needle;
use crate::app::sending;
use crate::app::state::App;
use crate::app::subscribing::{EXAMPLE, Known, Row};
use crate::domain::account::Account;
use crate::domain::ledger::Drift;

/// Draws the subscriptions of the account that is shown.
pub(super) fn draw(buffer: &mut Buffer, screen: &Screen, app: &App, theme: &Theme) {
    draw_title(buffer, screen.filter, app, theme);
    let Some(account) = app.subscribing.account(&app.session) else {
        return draw_no_account(buffer, screen.middle, theme);
    };
    if let Some(lines) = managing::sheet_rows(app, screen.middle.width) {
        let rows = lines.iter().skip(app.subscribing.scroll()).zip(screen.middle.rows());
        for (line, row) in rows {
            Strip::of(line, theme.style(Role::Plain)).draw(buffer, row);
        }
        return;
    }
    let known = app.subscribing.known(&account.name);
    match known.and_then(Known::outcome) {
        Some(Ok(rows)) if rows.is_empty() => {
            let text = "the provider has no subscription for this account";
            let text = hinted(text, ':', app.hint(Action::Create, "makes one"));
            said(buffer, screen.middle, &text, Role::Dim, theme);
        }
        Some(Ok(_)) => draw_known(buffer, screen, app, theme),
        Some(Err(rejection)) => {
            let text =
                format!("the subscriptions cannot be read: {}", sending::sentence(rejection));
            let rest = said(buffer, screen.middle, &text, Role::Refuted, theme);
            let again = app.hint(Action::Refresh, "asks again").unwrap_or_default();
            said(buffer, rest, &again, Role::Plain, theme);
        }
        None => {
            let text = asking(account, theme);
            said(buffer, screen.middle, &text, Role::Dim, theme);
        }
    }
}

fn asking(account: &Account, theme: &Theme) -> String {
    format!("asking {} {}", account.base_url.authority(), theme.glyphs.ellipsis)
}

/// Whose subscriptions they are, how many, and what is under way.
fn draw_title(buffer: &mut Buffer, area: Rect, app: &App, theme: &Theme) {
    let dim = theme.style(Role::Dim);
    let Some(account) = app.subscribing.account(&app.session) else {
        return Strip::of(" Subscriptions", theme.style(Role::Strong)).draw(buffer, area);
    };
    let known = app.subscribing.known(&account.name);
    let right = match (app.subscribing.sending(&account.name), known) {
        (Some(sent), _) => Strip::of(&format!("sending: {}", sent.action), dim),
        (None, Some(known)) if known.is_asking && known.outcome().is_some() => {
            Strip::of(&asking(account, theme), dim)
        }
        (None, Some(known)) if known.outcome().is_some_and(Result::is_ok) => {
            Strip::of(&counts(known, area.width), dim)
        }
        _ => Strip::new(),
    };
    let room = usize::from(area.width).saturating_sub(right.width() + 4);
    draw_both(buffer, area, whose(account, app, room, theme), right);
}

/// The account, its provider and which of how many it is, as far as there is room.
fn whose(account: &Account, app: &App, room: usize, theme: &Theme) -> Strip {
    let dim = theme.style(Role::Dim);
    let mut strip = Strip::of(&format!(" {}", account.name), theme.style(Role::Accent));
    let count = app.session.accounts.iter().count();
    let which = if count > 1 {
        format!("  {} of {count}", app.subscribing.at() + 1)
    } else {
        String::new()
    };
    let place = format!(" ({}, {})", account.provider, account.base_url.authority());
    for part in [format!("{place}{which}"), place, which] {
        if strip.width() + text::width(&text::visible(&part)) <= room {
            strip.push(&part, dim);
            break;
        }
    }
    let title = Strip::of(" Subscriptions ", theme.style(Role::Strong));
    if title.width() + strip.width() > room {
        return strip;
    }
    let mut whole = title;
    whole.append(strip);
    whole
}

fn counts(known: &Known, width: u16) -> String {
    let rows = known.rows();
    let gone = rows.iter().filter(|row| row.listed.drift == Some(Drift::Gone)).count();
    match gone {
        0 => format!("{} here", rows.len()),
        _ if width < 60 => format!("{} here, {gone} gone", rows.len()),
        _ => format!("{} here, {gone} gone at the provider", rows.len()),
    }
}

fn draw_known(buffer: &mut Buffer, screen: &Screen, app: &App, theme: &Theme) {
    let places = subscriptions(screen.middle, app);
    let clock = Clock { format: app.times, zone: &app.session.zone, now: app.now };
    let reads = app.subscribing.reads;
    let Some(account) = app.subscribing.account(&app.session) else { return };
    let Some(known) = app.subscribing.known(&account.name) else { return };
    subscription_rows::draw(buffer, &places, known, !reads, &clock, theme);
    let Some(row) = known.selected() else { return };
    if let Some(area) = places.said {
        let role = if reads { Role::Accent } else { Role::Dim };
        rule(buffer, area, Strip::of(&row.listed.subscription.id, theme.style(role)), theme);
        let rest = below(area, 1);
        let rest = said(buffer, rest, &standing(row, &clock, app), Role::Strong, theme);
        said(buffer, rest, &row.listed.subscription.target, Role::Plain, theme);
    }
    if let Some(area) = places.record {
        let needle = Needle::default();
        let pen = Pen { theme, clock: &clock, needle: &needle, is_focused: reads, wrap: true };
        document::draw(buffer, area, &row.record, &pen);
    }
}

/// What there is to say about a subscription before its record, in a sentence.
fn standing(row: &Row, clock: &Clock<'_>, app: &App) -> String {
    let listed = &row.listed;
    let since = listed.gone_since.map(|at| format!(" since {}", clock.weekday(at)));
    match (listed.drift, listed.leased, listed.ours) {
        (Some(Drift::Gone), ..) => {
            let since = since.unwrap_or_default();
            let anew = app.hint(Action::Edit, "makes it anew from what was last seen");
            hinted(&format!("gone at the provider{since}"), ':', anew)
        }
        (_, true, _) => {
            let text = "points here until hookscope ends, then gets its own target back";
            hinted(text, ';', app.hint(Action::Lease, "gives it back now"))
        }
        (Some(Drift::Changed), ..) => {
            "changed by somebody else since it was last written from here".to_owned()
        }
        (Some(Drift::Elsewhere), ..) => "sends to an address that is not ours".to_owned(),
        (None, _, true) => "made from here, and as it was left".to_owned(),
        (None, _, false) => "not made from here".to_owned(),
    }
}

fn draw_no_account(buffer: &mut Buffer, area: Rect, theme: &Theme) {
    let top = below(area, u16::from(area.height > 14));
    let rest = said(buffer, top, "No account is configured.", Role::Strong, theme);
    let text = "Subscriptions are managed with a company's own credentials at its provider. An \
                account in hookscope.toml names them:";
    let mut rest = below(said(buffer, below(rest, 1), text, Role::Plain, theme), 1);
    for line in EXAMPLE.lines() {
        rest = said(buffer, rest, line, Role::Accent, theme);
    }
}
