//! Long work that goes on outside, and how far it has come.

/// Work of a kind that is under way; how far it has come is a `P`.
#[derive(Clone, Debug)]
pub struct UnderWay<P> {
    /// How many are under way.
    running: usize,
    /// How far the one that told something last has come.
    progress: Option<P>,
}

impl<P> Default for UnderWay<P> {
    fn default() -> Self {
        Self { running: 0, progress: None }
    }
}

impl<P> UnderWay<P> {
    /// One has begun.
    pub fn begin(&mut self) {
        self.running += 1;
    }

    /// How far one has come.
    pub fn advance(&mut self, progress: P) {
        self.progress = Some(progress);
    }

    /// One has come to its end.
    pub fn end(&mut self) {
        self.running = self.running.saturating_sub(1);
        self.progress = None;
    }

    /// Whether one is under way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.running > 0
    }

    /// How far the one that is under way has come, as far as it was told.
    #[must_use]
    pub fn progress(&self) -> Option<&P> {
        self.progress.as_ref().filter(|_| self.is_running())
    }
}

#[cfg(test)]
mod tests;
