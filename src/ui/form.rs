//! A form: a row for each field, the one that has the keys opened as far as it needs, and what is
//! wrong said at its field.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::overlay::{field as line_field, window};
use super::sentence::said;
use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};
use crate::app::editor::Block;
use crate::app::screen::Screen;
use crate::app::subscribing::choice::{EventChoice, SecretChoice, SecretSource};
use crate::app::subscribing::field::{Field, Input};
use crate::app::subscribing::form::{Form, Purpose};
use crate::domain::name::AccountName;

/// The rows of JSON that is being typed.
const JSON_ROWS: usize = 6;

/// Rows below the fields that say what the field is for.
const HELP_ROWS: u16 = 3;

/// One row of the form.
enum Row<'a> {
    /// The name of a field and its value, on one line.
    Field(&'a Field, bool),
    /// An event to choose, by its number.
    Event(&'a EventChoice, usize),
    /// A line of JSON, by its number.
    Json(&'a Block, usize),
    /// What is wrong.
    Mistake(String),
    /// The row that goes on.
    GoOn(bool),
}

/// What the rows of a form are drawn with.
struct Pen<'a> {
    form: &'a Form,
    /// The columns of the names of fields, the mark of the cursor before them.
    names: usize,
    theme: &'a Theme,
}

/// Draws the form; returns the place of its cursor.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: &Screen,
    form: &Form,
    theme: &Theme,
) -> Option<Position> {
    let (rows, focus) = rows(form, screen.overlay.width.saturating_sub(2));
    let screen = screen.fitted(rows.len() + usize::from(HELP_ROWS));
    let inner = window(buffer, &screen, &title(form), theme);
    let help = if inner.height > 3 * HELP_ROWS { HELP_ROWS } else { 1 };
    let fields = Rect { height: inner.height.saturating_sub(help), ..inner };
    let below = Rect { y: fields.bottom(), height: help.min(inner.height), ..inner };
    draw_help(buffer, below, form, theme);
    let widest = form.fields.iter().map(|field| text::width(field.label)).max().unwrap_or(0);
    let pen = Pen { form, names: (widest + 4).min(usize::from(inner.width / 2)), theme };
    // The cursor's row and, if there is room, what is wrong above all.
    let first = (focus + 1).saturating_sub(usize::from(fields.height));
    let mut cursor = None;
    for (at, (row, area)) in rows.iter().skip(first).zip(fields.rows()).enumerate() {
        let placed = draw_row(buffer, area, row, &pen);
        if at + first == focus {
            cursor = placed;
        }
    }
    cursor
}

fn title(form: &Form) -> String {
    let account = form.account.as_ref().map_or("", AccountName::as_str);
    match &form.purpose {
        Purpose::Create => format!("New subscription of {account}"),
        Purpose::Edit(of) => format!("{} of {account}", of.id),
        Purpose::Sheet => format!("Request for {account}"),
        Purpose::Answer { held: Some(id), .. } => format!("Answer #{id}, which is held"),
        Purpose::Answer { endpoint, held: None } => format!("What {endpoint} answers"),
        Purpose::Hold => "Hold deliveries".to_owned(),
    }
}

/// The rows of a form, and which of them has the cursor.
fn rows(form: &Form, width: u16) -> (Vec<Row<'_>>, usize) {
    let room = usize::from(width.saturating_sub(4));
    let mut rows = Vec::new();
    let mut focus = 0;
    rows.extend(form.message.iter().flat_map(|message| mistake(message, room)));
    for (at, field) in form.fields.iter().enumerate() {
        let is_focused = at == form.focus();
        if is_focused {
            focus = rows.len();
        }
        rows.push(Row::Field(field, is_focused));
        match &field.input {
            Input::Events(events) if is_focused => {
                focus += 1 + events.cursor();
                rows.extend((0..events.options().len()).map(|option| Row::Event(events, option)));
            }
            Input::Json(block) | Input::Lines(block) if is_focused => {
                let cursor = block.cursor().0;
                let first = (cursor + 1).saturating_sub(JSON_ROWS);
                focus += 1 + cursor - first;
                let lines = first..block.lines().len().min(first + JSON_ROWS);
                rows.extend(lines.map(|line| Row::Json(block, line)));
            }
            _ => {}
        }
        rows.extend(field.mistake.iter().flat_map(|text| mistake(text, room)));
    }
    if form.field().is_none() {
        focus = rows.len();
    }
    rows.push(Row::GoOn(form.field().is_none()));
    (rows, focus)
}

fn mistake<'a>(sentence: &str, room: usize) -> Vec<Row<'a>> {
    let visible = text::visible(sentence);
    let lines = text::wrap_words(&visible, room.max(1));
    lines.into_iter().map(|line| Row::Mistake(line.to_owned())).collect()
}

fn draw_row(buffer: &mut Buffer, area: Rect, row: &Row<'_>, pen: &Pen<'_>) -> Option<Position> {
    let theme = pen.theme;
    match row {
        Row::Field(field, is_focused) => draw_field(buffer, area, field, *is_focused, pen),
        Row::Event(events, at) => draw_event(buffer, area, events, *at, theme),
        Row::Json(block, line) => draw_json(buffer, area, block, *line, theme),
        Row::Mistake(line) => {
            let mut strip = Strip::new();
            strip.gap(2);
            strip.push(line, theme.style(Role::Refuted));
            strip.draw(buffer, area);
            None
        }
        Row::GoOn(is_focused) => {
            let mut strip = mark(*is_focused, theme);
            let role = if *is_focused { Role::Accent } else { Role::Dim };
            let text = match pen.form.purpose {
                Purpose::Sheet => "enter makes the sheet",
                Purpose::Create | Purpose::Edit(_) => "enter shows what will be sent",
                Purpose::Answer { held: Some(_), .. } => "enter answers",
                Purpose::Answer { held: None, .. } => "enter sets the answer",
                Purpose::Hold => "enter begins to hold",
            };
            strip.push(text, theme.style(role));
            if *is_focused {
                buffer.set_style(area, theme.style(Role::Cursor));
            }
            strip.draw(buffer, area);
            None
        }
    }
}

fn mark(is_focused: bool, theme: &Theme) -> Strip {
    let mut strip = Strip::new();
    let mark = if is_focused { theme.glyphs.cursor } else { "" };
    strip.column(mark, 2, theme.style(Role::Accent));
    strip
}

fn draw_field(
    buffer: &mut Buffer,
    area: Rect,
    field: &Field,
    is_focused: bool,
    pen: &Pen<'_>,
) -> Option<Position> {
    let theme = pen.theme;
    let role = if is_focused { Role::Accent } else { Role::Dim };
    let mut label = mark(is_focused, theme);
    label.column(field.label, pen.names.saturating_sub(3), theme.style(role));
    label.gap(1);
    if is_focused {
        buffer.set_style(area, theme.style(Role::Cursor));
    }
    let plain = theme.style(Role::Plain);
    let dim = theme.style(Role::Dim);
    match &field.input {
        Input::Line(editor) => {
            let (cursor, _) = line_field(buffer, area, label, editor, theme);
            return cursor;
        }
        Input::Secret(secret) => return draw_secret(buffer, area, label, secret, pen),
        Input::Flag(flag) => label.push(if *flag { "[x]" } else { "[ ]" }, plain),
        Input::Choice { options, chosen } => {
            let text = options.get(*chosen).map_or("", String::as_str);
            label.push(text, plain);
            label.push(&format!("  {} of {}", chosen + 1, options.len()), dim);
        }
        Input::Events(events) => label.push(&chosen(events), plain),
        Input::Json(block) | Input::Lines(block) if is_focused => {
            label.push(&format!("{} lines", block.lines().len()), dim);
        }
        Input::Json(block) | Input::Lines(block) => label.push(&one_line(block), plain),
    }
    label.draw(buffer, area);
    None
}

fn chosen(events: &EventChoice) -> String {
    let chosen = events.chosen();
    if events.wants_all() {
        return "every event".to_owned();
    }
    match chosen.len() {
        0 => format!("none of {}", events.documented()),
        count => format!("{count} of {}: {}", events.documented(), chosen.join(", ")),
    }
}

fn one_line(block: &Block) -> String {
    block.lines().iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

fn draw_secret(
    buffer: &mut Buffer,
    area: Rect,
    mut label: Strip,
    secret: &SecretChoice,
    pen: &Pen<'_>,
) -> Option<Position> {
    let theme = pen.theme;
    match secret.source() {
        SecretSource::Env => {
            label.push("env ", theme.style(Role::Dim));
            line_field(buffer, area, label, secret.name(), theme).0
        }
        SecretSource::Endpoint => {
            label.push("what the endpoint checks by", theme.style(Role::Plain));
            label.draw(buffer, area);
            None
        }
        SecretSource::Nowhere => {
            let is_new = pen.form.purpose == Purpose::Create;
            label.push(if is_new { "none" } else { "as it is" }, theme.style(Role::Dim));
            label.draw(buffer, area);
            None
        }
    }
}

fn draw_event(
    buffer: &mut Buffer,
    area: Rect,
    events: &EventChoice,
    at: usize,
    theme: &Theme,
) -> Option<Position> {
    let option = events.options().get(at)?;
    let is_under_cursor = at == events.cursor();
    if is_under_cursor {
        buffer.set_style(area, theme.style(Role::Cursor));
    }
    let is_covered = events.wants_all() && at > 0;
    let role = if is_covered { Role::Dim } else { Role::Plain };
    let mut strip = mark(is_under_cursor, theme);
    strip.gap(2);
    strip.push(if option.is_on || is_covered { "[x] " } else { "[ ] " }, theme.style(role));
    strip.column(option.name, 28.min(usize::from(area.width / 2)), theme.style(role));
    strip.gap(1);
    strip.push(option.fires, theme.style(Role::Dim));
    strip.draw(buffer, area);
    is_under_cursor.then_some(Position { x: area.x + 5, y: area.y })
}

/// A line of JSON, the part around the cursor.
fn draw_json(
    buffer: &mut Buffer,
    area: Rect,
    block: &Block,
    line: usize,
    theme: &Theme,
) -> Option<Position> {
    let area = Rect { x: area.x + 4, width: area.width.saturating_sub(4), ..area };
    let text = block.lines().get(line)?;
    let (row, column) = block.cursor();
    let before = text::visible(text::prefix(text, if row == line { column } else { 0 }));
    let room = usize::from(area.width).saturating_sub(1);
    let hidden = text::width(&before).saturating_sub(text::width(text::tail(&before, room)));
    let whole = text::visible(text);
    let shown = whole.get(text::head(&whole, hidden).len()..).unwrap_or_default();
    Strip::of(shown, theme.style(Role::Plain)).draw(buffer, area);
    let column = u16::try_from(text::width(&before) - hidden).unwrap_or(0);
    let is_inside = row == line && column < area.width;
    is_inside.then_some(Position { x: area.x + column, y: area.y })
}

fn draw_help(buffer: &mut Buffer, area: Rect, form: &Form, theme: &Theme) {
    let help = match form.field() {
        Some(field) => field.help.as_ref(),
        None if form.is_of_desk() => "",
        None => "nothing is sent before it was shown",
    };
    said(buffer, area, help, Role::Dim, theme);
}
