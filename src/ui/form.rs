//! A form: a row for each field, the one that has the keys opened as far as it needs, and what is
//! wrong said at its field.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::field_help;
use super::overlay::{field as line_field, window};
use super::sentence::said;
use super::strip::Strip;
use super::text;
use super::theme::{Role, Theme};
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::editor::Block;
use crate::app::exporting;
use crate::app::keymap::Keymap;
use crate::app::replaying::sheet::Sheet;
use crate::app::screen::Screen;
use crate::app::subscribing::choice::{EventChoice, SecretChoice, SecretSource};
use crate::app::subscribing::field::{Field, Input};
use crate::app::subscribing::fields::Fields;
use crate::app::subscribing::form::{Form, Purpose};

/// The rows of JSON that is being typed.
const JSON_ROWS: usize = 6;

/// Rows below the fields that say what the field is for.
const HELP_ROWS: u16 = 3;

/// What is said before a subscription is sent.
const NOTHING_YET: &str = "nothing is sent before it was shown";

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

/// A form and what is written around its fields.
struct Drawn<'a> {
    title: String,
    fields: &'a Fields,
    /// The context of its keys, apart from that of a field.
    context: Context,
    /// What the row that goes on does, and what there is to know about it.
    go_on: &'static str,
    go_on_help: String,
    keymap: &'a Keymap,
    /// What a secret without a place is.
    no_secret: &'a str,
    /// Lines below the fields, and whether each deserves a look.
    says: &'a [(String, bool)],
}

/// What the rows of a form are drawn with.
struct Pen<'a> {
    drawn: &'a Drawn<'a>,
    /// The columns of the names of fields, the mark of the cursor before them.
    names: usize,
    theme: &'a Theme,
}

/// Draws the form of a subscription; returns the place of its cursor.
pub(super) fn draw(
    buffer: &mut Buffer,
    screen: &Screen,
    form: &Form,
    keymap: &Keymap,
    theme: &Theme,
) -> Option<Position> {
    let go_on = match form.purpose {
        Purpose::Sheet => "makes the sheet",
        Purpose::Create | Purpose::Edit(_) => "shows what will be sent",
        Purpose::Answer { held: Some(_), .. } => "answers",
        Purpose::Answer { held: None, .. } => "sets the answer",
        Purpose::Hold => "begins to hold",
    };
    let drawn = Drawn {
        title: form.title(),
        fields: &form.fields,
        context: Context::Form,
        go_on,
        go_on_help: if form.is_of_desk() { "" } else { NOTHING_YET }.to_owned(),
        keymap,
        no_secret: if form.purpose == Purpose::Create { "none" } else { "as it is" },
        says: &[],
    };
    draw_fields(buffer, screen, &drawn, theme)
}

/// Draws the replay sheet; returns the place of its cursor.
pub(super) fn replay(
    buffer: &mut Buffer,
    screen: &Screen,
    sheet: &Sheet,
    keymap: &Keymap,
    theme: &Theme,
) -> Option<Position> {
    let does = "shows the request that would go out, without sending it";
    let rehearse = keymap.hint(Context::Replay, Action::Rehearse, does);
    let drawn = Drawn {
        title: sheet.title(),
        fields: &sheet.fields,
        context: Context::Replay,
        go_on: "sends",
        go_on_help: rehearse.unwrap_or_default(),
        keymap,
        no_secret: "",
        says: &sheet.says(),
    };
    draw_fields(buffer, screen, &drawn, theme)
}

/// Draws the export sheet; returns the place of its cursor.
pub(super) fn export(
    buffer: &mut Buffer,
    screen: &Screen,
    sheet: &exporting::sheet::Sheet,
    keymap: &Keymap,
    theme: &Theme,
) -> Option<Position> {
    let drawn = Drawn {
        title: sheet.title(),
        fields: &sheet.fields,
        context: Context::Export,
        go_on: "writes the file",
        go_on_help: String::new(),
        keymap,
        no_secret: "",
        says: &sheet.says(),
    };
    draw_fields(buffer, screen, &drawn, theme)
}

fn draw_fields(
    buffer: &mut Buffer,
    screen: &Screen,
    drawn: &Drawn<'_>,
    theme: &Theme,
) -> Option<Position> {
    let form = drawn.fields;
    let (rows, focus) = rows(drawn, screen.overlay.width.saturating_sub(2));
    let screen = screen.fitted(rows.len() + drawn.says.len() + usize::from(HELP_ROWS));
    let inner = window(buffer, &screen, &drawn.title, theme);
    let help = if inner.height > 3 * HELP_ROWS { HELP_ROWS } else { 1 };
    let says = u16::try_from(drawn.says.len()).unwrap_or(0);
    let fields = Rect { height: inner.height.saturating_sub(help + says), ..inner };
    let said = Rect { y: fields.bottom(), height: says.min(inner.height - fields.height), ..inner };
    let below =
        Rect { y: said.bottom(), height: help.min(inner.bottom() - said.bottom()), ..inner };
    draw_says(buffer, said, drawn.says, theme);
    draw_help(buffer, below, drawn, theme);
    let widest = form.iter().map(|field| text::width(field.label)).max().unwrap_or(0);
    let pen = Pen { drawn, names: (widest + 4).min(usize::from(inner.width / 2)), theme };
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

/// The rows of a form, and which of them has the cursor.
fn rows<'a>(drawn: &'a Drawn<'a>, width: u16) -> (Vec<Row<'a>>, usize) {
    let form = drawn.fields;
    let room = usize::from(width.saturating_sub(4));
    let mut rows = Vec::new();
    let mut focus = 0;
    rows.extend(form.message.iter().flat_map(|message| mistake(message, room)));
    for (at, field) in form.iter().enumerate() {
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
            let Drawn { keymap, go_on, .. } = pen.drawn;
            let go_on = keymap.hint(pen.drawn.context, Action::Submit, go_on);
            strip.push(&go_on.unwrap_or_default(), theme.style(role));
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
        Input::Recalled(recalled) => {
            let place = recalled.place().map(|(at, of)| format!("  {at} of {of}"));
            let place = Strip::of(&place.unwrap_or_default(), dim);
            let right = u16::try_from(place.width()).unwrap_or(0).min(area.width / 4);
            let left = Rect { width: area.width - right, ..area };
            place.draw(buffer, Rect { x: left.right(), width: right, ..area });
            return line_field(buffer, left, label, &recalled.editor, theme).0;
        }
        Input::Secret(secret) => return draw_secret(buffer, area, label, secret, pen),
        Input::Flag(flag) => label.push(if *flag { "[x]" } else { "[ ]" }, plain),
        Input::Choice { options, chosen } => {
            let text = options.get(*chosen).map_or("", String::as_str);
            label.push(text, plain);
            label.push(&format!("  {} of {}", chosen + 1, options.len()), dim);
        }
        Input::Events(events) => label.push(&events.told(), plain),
        Input::Json(block) | Input::Lines(block) if is_focused => {
            label.push(&format!("{} lines", block.lines().len()), dim);
        }
        Input::Json(block) | Input::Lines(block) => label.push(&one_line(block), plain),
    }
    label.draw(buffer, area);
    None
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
            label.push(pen.drawn.no_secret, theme.style(Role::Dim));
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

/// What the form would do. It stays in sight whatever field has the keys.
fn draw_says(buffer: &mut Buffer, area: Rect, says: &[(String, bool)], theme: &Theme) {
    for ((line, warns), row) in says.iter().zip(area.rows()) {
        let mut strip = Strip::new();
        strip.gap(2);
        strip.push(line, theme.style(if *warns { Role::Stale } else { Role::Plain }));
        strip.draw(buffer, row);
    }
}

fn draw_help(buffer: &mut Buffer, area: Rect, drawn: &Drawn<'_>, theme: &Theme) {
    let help = match drawn.fields.field() {
        Some(field) => field_help::help(field, drawn.context, drawn.keymap),
        None => drawn.go_on_help.clone(),
    };
    said(buffer, area, &help, Role::Dim, theme);
}
