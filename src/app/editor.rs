//! Text that is being typed, on one line or on several: the text area in a wrapper, without styles of
//! its own.

use ratatui::style::Style;
use tui_textarea::{CursorMove, Input, TextArea};

use super::key::{Code, Key};

/// A line of text with a cursor.
#[derive(Clone, Debug)]
pub struct Editor(TextArea<'static>);

impl Default for Editor {
    fn default() -> Self {
        Self::new("")
    }
}

impl Editor {
    /// More characters than these are not taken.
    pub const MOST: usize = 4_096;

    /// Begins with this text, the cursor behind it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::default();
        area.set_cursor_line_style(Style::new());
        area.insert_str(one_line(text));
        Self(area)
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.lines().first().map_or("", String::as_str)
    }

    /// How many characters stand before the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.0.cursor().1
    }

    /// The text area, to be drawn.
    #[must_use]
    pub fn area(&self) -> &TextArea<'static> {
        &self.0
    }

    /// Takes a key; true if that changed the text.
    pub fn input(&mut self, key: Key) -> bool {
        let full = self.text().chars().count() >= Self::MOST;
        let writes = matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt;
        if full && writes {
            return false;
        }
        if key.ctrl && key.code == Code::Char('u') {
            return self.0.delete_line_by_head();
        }
        input(key).is_some_and(|input| self.0.input(input))
    }

    /// Puts text at the cursor; line ends become spaces.
    pub fn paste(&mut self, text: &str) -> bool {
        let room = Self::MOST.saturating_sub(self.text().chars().count());
        self.0.insert_str(one_line(text).chars().take(room).collect::<String>())
    }

    /// Empties the line.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Several lines of text with a cursor.
#[derive(Clone, Debug)]
pub struct Block(TextArea<'static>);

impl Block {
    /// More characters than these are not taken, line ends included.
    pub const MOST: usize = 16 * 1_024;

    /// Begins with this text, the cursor behind it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::default();
        area.set_cursor_line_style(Style::new());
        let mut block = Self(area);
        block.paste(text);
        block
    }

    /// The text, its lines ended by LF but for the last one.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.lines().join("\n")
    }

    /// The lines; never none.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        self.0.lines()
    }

    /// The line of the cursor, and how many characters stand before it there.
    #[must_use]
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.0.cursor();
        (cursor.0, cursor.1)
    }

    /// Takes a key; true if that changed the text.
    pub fn input(&mut self, key: Key) -> bool {
        let writes = matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt;
        if writes && self.room() == 0 {
            return false;
        }
        input(key).is_some_and(|input| self.0.input(input))
    }

    /// Begins a new line at the cursor; true if there was room for it.
    pub fn break_line(&mut self) -> bool {
        let has_room = self.room() > 0;
        if has_room {
            self.0.insert_newline();
        }
        has_room
    }

    /// Moves the cursor to a neighbouring line; false if there is none.
    pub fn move_by(&mut self, lines: isize) -> bool {
        let before = self.cursor().0;
        self.0.move_cursor(if lines < 0 { CursorMove::Up } else { CursorMove::Down });
        self.cursor().0 != before
    }

    /// Puts text at the cursor; what is no character of a text becomes a space.
    pub fn paste(&mut self, text: &str) -> bool {
        let text = text.trim_end().replace("\r\n", "\n");
        let clean = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c });
        self.0.insert_str(clean.take(self.room()).collect::<String>())
    }

    fn room(&self) -> usize {
        let taken = self.0.lines().iter().map(|line| line.chars().count() + 1).sum::<usize>();
        Self::MOST.saturating_sub(taken)
    }
}

fn one_line(text: &str) -> String {
    text.trim_end().chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Letters that edit when they are pressed with ctrl: to the ends, by a character, and deleting. The
/// text area knows more of them, which would begin a second line or bring deleted text back.
const WITH_CTRL: &str = "abdefhkw";

/// Letters that edit when they are pressed with alt: by a word.
const WITH_ALT: &str = "bdf";

fn input(key: Key) -> Option<Input> {
    use tui_textarea::Key as To;
    let to = match (key.code, key.ctrl, key.alt) {
        (Code::Char(c), false, false) if !c.is_control() => To::Char(c),
        (Code::Char(c), true, false) if WITH_CTRL.contains(c) => To::Char(c),
        (Code::Char(c), false, true) if WITH_ALT.contains(c) => To::Char(c),
        (Code::Backspace, ..) => To::Backspace,
        (Code::Delete, ..) => To::Delete,
        (Code::Left, ..) => To::Left,
        (Code::Right, ..) => To::Right,
        (Code::Home, ..) => To::Home,
        (Code::End, ..) => To::End,
        _ => return None,
    };
    Some(Input { key: to, ctrl: key.ctrl, alt: key.alt, shift: false })
}

#[cfg(test)]
mod tests;
