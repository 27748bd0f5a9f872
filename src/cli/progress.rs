//! How far long work has come, on standard error while that is a terminal. It is gone when the work
//! has ended, and what is written elsewhere stays the same.

use std::fmt::Write;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// How often it is drawn, in a second.
const RATE: u8 = 5;

/// A line that is drawn anew as the work goes on.
pub(super) struct ProgressLine(ProgressBar);

impl ProgressLine {
    /// For work on so many deliveries or rows, if their number is known; `what` is done
    /// to them. It may be asked not to show.
    pub(super) fn new(what: &'static str, total: Option<u64>, shows: bool) -> Self {
        let target = if shows {
            ProgressDrawTarget::stderr_with_hz(RATE)
        } else {
            ProgressDrawTarget::hidden()
        };
        let (bar, shape) = match total {
            Some(total) => {
                (ProgressBar::new(total), "{msg} {pos} of {len} {bar:20} {rate}, {eta} left")
            }
            None => (ProgressBar::no_length(), "{msg} {pos}, {rate}, {elapsed}"),
        };
        let style = ProgressStyle::with_template(shape).expect("the template is sound");
        bar.set_draw_target(target);
        let rate = |state: &ProgressState, line: &mut dyn Write| {
            // A line that cannot be written is drawn without it.
            let _ = write!(line, "{:.0}/s", state.per_sec());
        };
        bar.set_style(style.progress_chars("=> ").with_key("rate", rate));
        bar.set_message(what);
        Self(bar)
    }

    /// So many are done with.
    pub(super) fn reached(&self, done: u64) {
        self.0.set_position(done);
    }

    /// Writes lines to the same terminal.
    pub(super) fn above<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
