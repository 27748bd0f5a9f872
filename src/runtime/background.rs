//! Asks the terminal for the colour of its background, for a moment that nobody notices.
//!
//! The question (OSC 11) is followed by one that every terminal answers (its primary attributes), so
//! that most starts wait for no more than a round trip. What was typed meanwhile is handed on as
//! keys. An answer that comes too late must not be taken for keys either: [`Late`] drops it.

use std::io;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use crate::ui::theme::Palette;

/// How long an answer is waited for.
pub const PATIENCE: Duration = Duration::from_millis(50);

/// What was asked: the background, then the attributes.
#[cfg(unix)]
const QUESTION: &[u8] = b"\x1b]11;?\x1b\\\x1b[c";

/// What was found out.
#[derive(Debug, Default)]
pub struct Asked {
    /// The background, as far as it was told.
    pub palette: Option<Palette>,
    /// What was typed meanwhile.
    pub typed: Vec<Event>,
    /// Drops what may still be answered.
    pub late: Late,
}

/// Asks the terminal that is already in raw mode. Without a terminal on both sides nothing is asked.
#[cfg(unix)]
#[must_use]
pub fn ask(patience: Duration) -> Asked {
    use std::io::{IsTerminal as _, Write as _};
    use std::time::Instant;

    let (stdin, mut stdout) = (io::stdin(), io::stdout());
    let is_terminal = stdin.is_terminal() && stdout.is_terminal();
    if !is_terminal || stdout.write_all(QUESTION).and_then(|()| stdout.flush()).is_err() {
        return Asked::default();
    }
    let mut until = Instant::now() + patience;
    let mut bytes = Vec::new();
    let mut heard = Heard::default();
    while !heard.is_over {
        match next_bytes(&stdin, until.saturating_duration_since(Instant::now())) {
            Ok(more) if !more.is_empty() => bytes.extend(more),
            // What has begun is waited for: its end alone could not be told from keys.
            Ok(_) if std::mem::take(&mut heard.is_cut) => {
                until += patience;
                continue;
            }
            _ => break,
        }
        heard = hear(&bytes);
    }
    let Heard { palette, typed, is_over, .. } = heard;
    Asked { palette, typed: keys(&typed), late: Late::new(!is_over) }
}

/// There is no way to ask on this system that could not take keys away.
#[cfg(not(unix))]
#[must_use]
pub fn ask(_patience: Duration) -> Asked {
    Asked::default()
}

/// What can be read within that time; nothing if there is nothing.
#[cfg(unix)]
fn next_bytes(stdin: &io::Stdin, within: Duration) -> io::Result<Vec<u8>> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let within = Timespec::try_from(within).map_err(io::Error::other)?;
    let mut waiting = [PollFd::new(stdin, PollFlags::IN)];
    if poll(&mut waiting, Some(&within))? == 0 {
        return Ok(Vec::new());
    }
    let mut bytes = vec![0; 512];
    let count = rustix::io::read(stdin, &mut bytes[..])?;
    bytes.truncate(count);
    Ok(bytes)
}

/// What came from the terminal, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
struct Heard {
    palette: Option<Palette>,
    /// What is no answer.
    typed: Vec<u8>,
    /// The second question was answered, so that nothing more will come.
    is_over: bool,
    /// An answer has begun, and its end is not there yet.
    is_cut: bool,
}

/// Takes answers and keys apart.
fn hear(mut bytes: &[u8]) -> Heard {
    let mut heard = Heard::default();
    while let Some((&first, rest)) = bytes.split_first() {
        if let Some((color, rest)) = color_answer(bytes) {
            heard.palette = palette_of(color);
            bytes = rest;
        } else if let Some(rest) = attributes_answer(bytes) {
            heard.is_over = true;
            bytes = rest;
        } else if bytes.starts_with(b"\x1b]11;") || bytes.starts_with(b"\x1b[?") {
            heard.is_cut = true;
            break;
        } else {
            heard.typed.push(first);
            bytes = rest;
        }
    }
    heard
}

/// The colour of an answer at the beginning of the bytes, and what stands behind it.
fn color_answer(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = bytes.strip_prefix(b"\x1b]11;")?;
    let end = rest.iter().position(|byte| matches!(byte, 0x07 | 0x1b))?;
    let (color, end) = rest.split_at(end);
    let rest = end.strip_prefix(b"\x07").or_else(|| end.strip_prefix(b"\x1b\\"))?;
    Some((color, rest))
}

/// What stands behind the answer about attributes at the beginning of the bytes.
fn attributes_answer(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(b"\x1b[?")?;
    let end = rest.iter().position(|byte| !byte.is_ascii_digit() && *byte != b';')?;
    rest.get(end..)?.strip_prefix(b"c")
}

/// Which palette is for a background of that colour, written as `rgb:1e1e/1e1e/2e2e` with one to four
/// hexadecimal digits for each part.
fn palette_of(color: &[u8]) -> Option<Palette> {
    let color = std::str::from_utf8(color).ok()?;
    let color = color.strip_prefix("rgb:").or_else(|| color.strip_prefix("rgba:"))?;
    let mut parts = color.split('/').map(|part| {
        let most = 16_u32.checked_pow(u32::try_from(part.len()).ok()?)?.checked_sub(1)?;
        let number = u32::from_str_radix(part, 16).ok()?;
        (most > 0).then(|| f64::from(number) / f64::from(most))
    });
    let mut next = || parts.next().flatten();
    // How bright the parts of a colour are to the eye, by ITU-R BT.709.
    let brightness = 0.2126 * next()? + 0.7152 * next()? + 0.0722 * next()?;
    Some(if brightness > 0.5 { Palette::Light } else { Palette::Dark })
}

/// The keys that were typed as these bytes; what is none that can be told is left out.
fn keys(bytes: &[u8]) -> Vec<Event> {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = &*text;
    let mut events = Vec::new();
    while let Some(character) = rest.chars().next() {
        let known = SEQUENCES.iter().find(|(sequence, _)| rest.starts_with(sequence));
        let (code, modifiers, length) = match (known, character) {
            (Some((sequence, code)), _) => (*code, KeyModifiers::NONE, sequence.len()),
            (None, '\r') => (KeyCode::Enter, KeyModifiers::NONE, 1),
            (None, '\t') => (KeyCode::Tab, KeyModifiers::NONE, 1),
            (None, '\x7f') => (KeyCode::Backspace, KeyModifiers::NONE, 1),
            (None, '\x1b') => (KeyCode::Esc, KeyModifiers::NONE, 1),
            (None, '\x01'..='\x1a') => {
                let letter = char::from(character as u8 - 1 + b'a');
                (KeyCode::Char(letter), KeyModifiers::CONTROL, 1)
            }
            (None, other) => (KeyCode::Char(other), KeyModifiers::NONE, other.len_utf8()),
        };
        if !matches!(code, KeyCode::Char(character) if character.is_control()) {
            events.push(Event::Key(KeyEvent::new(code, modifiers)));
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    events
}

/// Keys that are more than a character.
const SEQUENCES: [(&str, KeyCode); 8] = [
    ("\x1b[A", KeyCode::Up),
    ("\x1b[B", KeyCode::Down),
    ("\x1b[C", KeyCode::Right),
    ("\x1b[D", KeyCode::Left),
    ("\x1b[H", KeyCode::Home),
    ("\x1b[F", KeyCode::End),
    ("\x1b[5~", KeyCode::PageUp),
    ("\x1b[6~", KeyCode::PageDown),
];

/// Drops an answer that comes when nobody waits for it any more. It is read as keys by then: alt-],
/// digits and letters, and alt-\ or ctrl-g at its end.
#[derive(Debug, Default)]
pub struct Late {
    is_expected: bool,
    /// What was held back of something that begins like an answer.
    held: Vec<Event>,
}

/// What an answer begins with, behind alt-].
const BEGINNING: &str = "11;rgb";

/// The most keys of an answer.
const LONGEST: usize = 40;

impl Late {
    fn new(is_expected: bool) -> Self {
        Self { is_expected, held: Vec::new() }
    }

    /// The events that happen now that this one came: it, nothing while it may be part of an answer,
    /// or all that was held back for it.
    pub fn pass(&mut self, event: Event) -> Vec<Event> {
        if !self.is_expected {
            return vec![event];
        }
        let key = match &event {
            Event::Key(key) if !key.is_release() => *key,
            _ => return vec![event],
        };
        self.held.push(event);
        let place = self.held.len() - 1;
        let is_end = matches!(
            (key.code, key.modifiers),
            (KeyCode::Char('\\'), KeyModifiers::ALT) | (KeyCode::Char('g'), KeyModifiers::CONTROL)
        );
        let fits = match (place, key.code) {
            (0, KeyCode::Char(']')) => key.modifiers == KeyModifiers::ALT,
            (0, _) => false,
            (place, KeyCode::Char(typed)) => match BEGINNING.chars().nth(place - 1) {
                Some(expected) => typed == expected,
                None => is_end || typed.is_ascii_hexdigit() || matches!(typed, ':' | '/'),
            },
            _ => false,
        };
        if fits && is_end {
            self.is_expected = false;
            self.held.clear();
        }
        if fits && place < LONGEST { Vec::new() } else { std::mem::take(&mut self.held) }
    }
}

#[cfg(test)]
mod tests;
