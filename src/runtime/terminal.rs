//! Taking the terminal over and giving it back, whatever happens in between.

use std::io::{self, Stdout, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, event, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

/// Whether the terminal is ours at the moment. The panic hook has to know without holding anything.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether the mouse is wanted while the terminal is ours.
static MOUSE: AtomicBool = AtomicBool::new(true);

/// The terminal while it is ours; dropping it gives it back.
#[derive(Debug)]
pub struct Taken(());

impl Taken {
    /// Enters the alternate screen and raw mode, with bracketed paste and, if wanted, the mouse. From now on a
    /// panic gives the terminal back before its message is printed.
    ///
    /// # Errors
    /// When standard output is no terminal or cannot be set.
    pub fn take(with_mouse: bool) -> io::Result<Self> {
        MOUSE.store(with_mouse, Ordering::SeqCst);
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            let _ = give_back();
            before(panic);
        }));
        take()?;
        Ok(Self(()))
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let _ = give_back();
    }
}

/// A terminal that draws to standard output.
///
/// # Errors
/// When its size cannot be read.
pub fn open() -> io::Result<Terminal<CrosstermBackend<Frames<Stdout>>>> {
    Terminal::new(CrosstermBackend::new(Frames::new(io::stdout())))
}

/// A writer that hands out everything between two flushes at once, as a synchronized update: the
/// terminal never shows half a frame.
#[derive(Debug)]
pub struct Frames<W> {
    output: W,
    frame: Vec<u8>,
}

impl<W: Write> Frames<W> {
    /// Writes to `output`.
    pub fn new(output: W) -> Self {
        Self { output, frame: Vec::new() }
    }
}

impl<W: Write> Write for Frames<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.frame.is_empty() {
            queue!(self.frame, BeginSynchronizedUpdate)?;
        }
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.frame.is_empty() {
            queue!(self.frame, EndSynchronizedUpdate)?;
            let written = self.output.write_all(&self.frame);
            self.frame.clear();
            written?;
        }
        self.output.flush()
    }
}

/// Takes the terminal again after [`give_back`].
///
/// # Errors
/// When standard output cannot be set.
pub fn take() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        cursor::SetCursorStyle::SteadyBlock,
        cursor::Hide
    )?;
    take_mouse(MOUSE.load(Ordering::SeqCst))
}

/// Takes the mouse, or leaves it to the terminal: now if that is ours, and whenever it is taken again.
///
/// # Errors
/// When standard output cannot be set.
pub fn take_mouse(is_ours: bool) -> io::Result<()> {
    MOUSE.store(is_ours, Ordering::SeqCst);
    match (TAKEN.load(Ordering::SeqCst), is_ours) {
        (false, _) => Ok(()),
        (true, true) => execute!(io::stdout(), EnableMouseCapture),
        (true, false) => execute!(io::stdout(), DisableMouseCapture),
    }
}

/// Leaves everything as it was found; does nothing if the terminal is not ours.
///
/// # Errors
/// When standard output cannot be set.
pub fn give_back() -> io::Result<()> {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    let written = execute!(
        io::stdout(),
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        DisableMouseCapture,
        LeaveAlternateScreen,
        cursor::SetCursorStyle::DefaultUserShape,
        cursor::Show
    );
    disable_raw_mode()?;
    written
}

/// How long after it was lent an interrupt may still be meant for who had the terminal.
const LATE: Duration = Duration::from_millis(250);

/// Whether somebody else has the terminal.
enum Lent {
    Not,
    Now,
    /// Not any more, since then.
    Until(Instant),
}

static LENT: Mutex<Lent> = Mutex::new(Lent::Not);

/// Gives the terminal to another program for as long as `use_it` takes, and takes it again, whatever
/// happens in between. Nobody may read keys meanwhile.
///
/// # Errors
/// When it cannot be given away or taken again, or when `use_it` fails.
pub fn lend(use_it: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    give_back().map_err(|error| format!("the terminal cannot be given away: {error}"))?;
    set_lent(Lent::Now);
    let used = use_it();
    // What woke the reader of keys, so that it ended, may still wait to be seen. Together with the first
    // key it would hide that.
    let _ = event::poll(Duration::ZERO);
    set_lent(Lent::Until(Instant::now()));
    take().map_err(|error| format!("the terminal cannot be taken back: {error}"))?;
    used
}

fn set_lent(lent: Lent) {
    *LENT.lock().unwrap_or_else(PoisonError::into_inner) = lent;
}

/// Whether an interrupt that comes now is meant for the program that the terminal was lent to: `^C`
/// goes to all that run there.
#[must_use]
pub fn is_interrupt_of_other() -> bool {
    match &*LENT.lock().unwrap_or_else(PoisonError::into_inner) {
        Lent::Not => false,
        Lent::Now => true,
        Lent::Until(then) => then.elapsed() < LATE,
    }
}

/// Gives the terminal back, stops this process as `^Z` does in a shell, and takes the terminal
/// again when it is continued.
///
/// # Errors
/// When the process cannot be stopped or the terminal not be set.
#[cfg(unix)]
pub fn suspend() -> io::Result<()> {
    use rustix::process::{Signal, getpid, kill_process};
    give_back()?;
    kill_process(getpid(), Signal::TSTP)?;
    take()
}

/// There is nothing like it on this system.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn suspend() -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this system cannot suspend a program"))
}
