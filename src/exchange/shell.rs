//! Words of a POSIX shell, as far as they mean what they say: quotes are taken away, but nothing is
//! looked up, expanded or run.

use super::imported::ImportError;

/// A word, with the line that it begins on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What the program would be given.
    pub bytes: Vec<u8>,
    /// The line, from 1.
    pub line: usize,
}

/// Commands that hand their output to the next one, the words of each.
pub type Pipeline = Vec<Vec<Word>>;

/// The pipelines of a script. Comments are left out.
///
/// # Errors
/// When a quote does not end, or the shell would have to know or do something.
pub fn pipelines(script: &[u8]) -> Result<Vec<Pipeline>, ImportError> {
    let mut reader = Reader { script, at: 0, line: 1, done: Vec::new(), current: vec![Vec::new()] };
    while reader.token()? {}
    reader.end_pipeline()?;
    Ok(reader.done)
}

struct Reader<'a> {
    script: &'a [u8],
    at: usize,
    line: usize,
    done: Vec<Pipeline>,
    current: Pipeline,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.script.get(self.at).copied()
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        self.line += usize::from(byte == b'\n');
        Some(byte)
    }

    /// Whether a backslash joins this line to the next here.
    fn is_joint(&self) -> bool {
        let rest = &self.script[self.at..];
        rest.starts_with(b"\\\n") || rest.starts_with(b"\\\r\n")
    }

    fn skip_joint(&mut self) {
        while self.take().is_some_and(|byte| byte != b'\n') {}
    }

    /// Reads what is next; false at the end.
    fn token(&mut self) -> Result<bool, ImportError> {
        if self.is_joint() {
            self.skip_joint();
            return Ok(true);
        }
        match self.peek() {
            None => return Ok(false),
            Some(b' ' | b'\t' | b'\r') => {
                self.take();
            }
            Some(b'#') => {
                while self.peek().is_some_and(|byte| byte != b'\n') {
                    self.take();
                }
            }
            Some(b'\n' | b';') => {
                self.take();
                self.end_pipeline()?;
            }
            Some(b'|') => {
                self.take();
                if self.last().is_empty() || self.peek() == Some(b'|') {
                    return Err(self.refused("| stands alone"));
                }
                self.current.push(Vec::new());
            }
            Some(b'&') => {
                self.take();
                if self.peek() == Some(b'&') {
                    self.take();
                }
                self.end_pipeline()?;
            }
            Some(byte @ (b'<' | b'>' | b'(' | b')')) => {
                let message =
                    format!("{} is for the shell to carry out; leave it out", char::from(byte));
                return Err(self.refused(message));
            }
            Some(_) => {
                let word = self.word()?;
                self.last().push(word);
            }
        }
        Ok(true)
    }

    fn last(&mut self) -> &mut Vec<Word> {
        self.current.last_mut().expect("a pipeline has a command, maybe without words")
    }

    fn end_pipeline(&mut self) -> Result<(), ImportError> {
        let pipeline = std::mem::replace(&mut self.current, vec![Vec::new()]);
        match pipeline.last() {
            Some(command) if !command.is_empty() => self.done.push(pipeline),
            _ if pipeline.len() > 1 => return Err(self.refused("nothing follows the |")),
            _ => {}
        }
        Ok(())
    }

    fn word(&mut self) -> Result<Word, ImportError> {
        let (mut bytes, line) = (Vec::new(), self.line);
        loop {
            if self.is_joint() {
                self.skip_joint();
                continue;
            }
            let Some(byte) = self.peek() else { break };
            if b" \t\r\n;|&<>()".contains(&byte) {
                break;
            }
            self.take();
            match byte {
                b'\'' => self.single(&mut bytes, line)?,
                b'"' => self.double(&mut bytes, line)?,
                b'\\' => bytes.extend(self.take()),
                b'`' => return Err(self.unknown("`…`")),
                b'$' => match self.peek() {
                    Some(b'\'') => {
                        self.take();
                        self.escaped(&mut bytes, line)?;
                    }
                    Some(b'"') => {}
                    _ => self.dollar(&mut bytes)?,
                },
                byte => bytes.push(byte),
            }
        }
        Ok(Word { bytes, line })
    }

    fn single(&mut self, bytes: &mut Vec<u8>, line: usize) -> Result<(), ImportError> {
        loop {
            match self.take() {
                None => return Err(open(line)),
                Some(b'\'') => return Ok(()),
                Some(byte) => bytes.push(byte),
            }
        }
    }

    fn double(&mut self, bytes: &mut Vec<u8>, line: usize) -> Result<(), ImportError> {
        loop {
            if self.is_joint() {
                self.skip_joint();
                continue;
            }
            match self.take() {
                None => return Err(open(line)),
                Some(b'"') => return Ok(()),
                Some(b'`') => return Err(self.unknown("`…`")),
                Some(b'$') => self.dollar(bytes)?,
                Some(b'\\') => match self.peek() {
                    Some(b'$' | b'`' | b'"' | b'\\') => bytes.extend(self.take()),
                    _ => bytes.push(b'\\'),
                },
                Some(byte) => bytes.push(byte),
            }
        }
    }

    /// A dollar sign that begins no quotes: itself, unless a name or a command follows.
    fn dollar(&mut self, bytes: &mut Vec<u8>) -> Result<(), ImportError> {
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let rest = &self.script[self.at..];
        match rest.first() {
            Some(b'{' | b'(') => Err(self.unknown("${…} or $(…)")),
            Some(byte) if is_name(byte) || b"@*#?$!-".contains(byte) => {
                let name = rest.iter().take_while(|byte| is_name(byte)).take(40);
                let name = name.map(|byte| char::from(*byte)).collect::<String>();
                Err(self.unknown(&format!("${name}")))
            }
            _ => {
                bytes.push(b'$');
                Ok(())
            }
        }
    }

    /// What stands in `$'…'`.
    fn escaped(&mut self, bytes: &mut Vec<u8>, line: usize) -> Result<(), ImportError> {
        loop {
            match self.take() {
                None => return Err(open(line)),
                Some(b'\'') => return Ok(()),
                Some(b'\\') => {
                    let length = escape(&self.script[self.at..], bytes);
                    for _ in 0..length {
                        self.take();
                    }
                }
                Some(byte) => bytes.push(byte),
            }
        }
    }

    fn refused(&self, message: impl Into<String>) -> ImportError {
        ImportError::at(self.line, message)
    }

    fn unknown(&self, what: &str) -> ImportError {
        self.refused(format!("only the shell knows what {what} stands for; write it out"))
    }
}

fn open(line: usize) -> ImportError {
    ImportError::at(line, "a quote that begins here does not end")
}

/// Writes what the text behind a backslash in `$'…'` stands for and says how long it is. What is no
/// escape stands for itself, with its backslash.
pub(super) fn escape(text: &[u8], bytes: &mut Vec<u8>) -> usize {
    let Some(first) = text.first() else {
        bytes.push(b'\\');
        return 0;
    };
    let plain = |bytes: &mut Vec<u8>, byte: u8| {
        bytes.push(byte);
        1
    };
    match first {
        b'a' => plain(bytes, 7),
        b'b' => plain(bytes, 8),
        b'e' | b'E' => plain(bytes, 27),
        b'f' => plain(bytes, 12),
        b'n' => plain(bytes, b'\n'),
        b'r' => plain(bytes, b'\r'),
        b't' => plain(bytes, b'\t'),
        b'v' => plain(bytes, 11),
        b'\\' | b'\'' | b'"' | b'?' => plain(bytes, *first),
        b'0'..=b'7' => {
            let (value, length) = number(text, 8, 3);
            bytes.push(value.to_le_bytes()[0]);
            length
        }
        b'x' => byte_of(text, bytes),
        b'u' => character(text, 4, bytes),
        b'U' => character(text, 8, bytes),
        _ => {
            bytes.push(b'\\');
            0
        }
    }
}

fn byte_of(text: &[u8], bytes: &mut Vec<u8>) -> usize {
    match number(&text[1..], 16, 2) {
        (_, 0) => {
            bytes.push(b'\\');
            0
        }
        (value, length) => {
            bytes.push(value.to_le_bytes()[0]);
            1 + length
        }
    }
}

fn character(text: &[u8], most: usize, bytes: &mut Vec<u8>) -> usize {
    match number(&text[1..], 16, most) {
        (_, 0) => {
            bytes.push(b'\\');
            0
        }
        (value, length) => {
            let character = char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER);
            bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            1 + length
        }
    }
}

/// The number that the text begins with, and how many digits it has.
fn number(text: &[u8], radix: u32, most: usize) -> (u32, usize) {
    let digits = text.iter().take(most).map_while(|byte| char::from(*byte).to_digit(radix));
    digits.fold((0, 0), |(value, length), digit| (value * radix + digit, length + 1))
}

#[cfg(test)]
mod tests;
