//! How the user has the screen: where it is divided, whether the mouse is ours, and whether it is
//! plain lines.

/// How the user has the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrangement {
    /// The share of the stream in what it has together with the detail, in thousandths.
    split: u16,
    /// The divider between the two follows the mouse.
    pub is_dragging: bool,
    /// The mouse is taken from the terminal.
    pub mouse: bool,
    /// One pane at a time, as plain lines that say what they are.
    pub plain: bool,
}

/// The columns that a pane keeps, however far the divider is dragged.
const NARROWEST: u16 = 30;

impl Default for Arrangement {
    fn default() -> Self {
        Self { split: 450, is_dragging: false, mouse: true, plain: false }
    }
}

impl Arrangement {
    /// The columns of the stream, of so many that it has together with the divider and the detail.
    #[must_use]
    pub fn stream_width(&self, columns: u16) -> u16 {
        let wanted = u32::from(columns) * u32::from(self.split) / 1_000;
        let most = columns.saturating_sub(NARROWEST + 1).max(NARROWEST);
        u16::try_from(wanted).unwrap_or(most).clamp(NARROWEST, most)
    }

    /// Moves the divider to that column, as far as it goes.
    pub fn divide_at(&mut self, column: u16, columns: u16) {
        // Rounded up, so that the divider comes out where the mouse is.
        let share = (u32::from(column) * 1_000).div_ceil(u32::from(columns.max(1)));
        self.split = u16::try_from(share.min(1_000)).unwrap_or(1_000);
    }
}

#[cfg(test)]
mod tests;
