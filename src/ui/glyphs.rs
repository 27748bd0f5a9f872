//! The characters that stand for meanings, so that none rests on colour alone.

use crate::domain::verdict::Standing;

/// Which characters stand for verdicts, folds and lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Verified, refuted, stale, unchecked.
    standings: [&'static str; 4],
    /// All is well.
    pub well: &'static str,
    /// Nothing happens here, and nothing is wrong.
    pub idle: &'static str,
    /// Something is not well.
    pub trouble: &'static str,
    /// A sender's view of the address.
    pub public: &'static str,
    /// Before the row under the cursor.
    pub cursor: &'static str,
    /// Before a row that is marked.
    pub marked: &'static str,
    /// Before a row with a note, and before one that has tags alone.
    pub comment: [&'static str; 2],
    /// Before what can be unfolded.
    pub folded: &'static str,
    /// Before what can be folded.
    pub open: &'static str,
    /// Between the panes.
    pub divider: &'static str,
    /// Where the divider leaves the line of the titles.
    pub branch: &'static str,
    /// Under and beside titles.
    pub rule: &'static str,
    /// Of a frame: at the top left and right, at the bottom left and right.
    pub corners: [&'static str; 4],
    /// Beside rows that belong together: at the top, between, at the bottom.
    pub group: [&'static str; 3],
    /// Between the steps of the way here.
    pub step: &'static str,
    /// How often.
    pub times: &'static str,
    /// Belongs to nobody, and should.
    pub nobody: &'static str,
    /// There is more in this direction.
    pub up: &'static str,
    /// Behind the name of the column that is sorted by: the smallest first, the largest first.
    directions: [&'static str; 2],
    /// What stands for text that was left out.
    pub ellipsis: &'static str,
    /// Columns of growing height.
    pub bars: [&'static str; 8],
}

impl Glyphs {
    /// For terminals with a font that is not from before Unicode.
    pub const UNICODE: Self = Self {
        standings: ["✓", "✗", "◷", "·"],
        well: "●",
        idle: "○",
        trouble: "▲",
        public: "⇄",
        cursor: "▌",
        marked: "◆",
        comment: ["¶", "#"],
        folded: "▸",
        open: "▾",
        divider: "│",
        branch: "┬",
        rule: "─",
        corners: ["┌", "┐", "└", "┘"],
        group: ["┌", "├", "└"],
        step: "›",
        times: "×",
        nobody: "–",
        up: "↑",
        directions: ["▲", "▼"],
        ellipsis: "…",
        bars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    };

    /// For all others.
    pub const ASCII: Self = Self {
        standings: ["+", "x", "~", "."],
        well: "*",
        idle: "o",
        trouble: "!",
        public: "<>",
        cursor: ">",
        marked: "*",
        comment: ["\"", "#"],
        folded: "+",
        open: "-",
        divider: "|",
        branch: "+",
        rule: "-",
        corners: ["+", "+", "+", "+"],
        group: ["/", "|", "\\"],
        step: ">",
        times: "x",
        nobody: "-",
        up: "^",
        directions: ["^", "v"],
        ellipsis: "..",
        bars: ["_", "_", ".", ".", "-", "-", "=", "#"],
    };

    /// For those who listen to the screen: nothing is drawn with them.
    pub const PLAIN: Self = Self {
        well: "on",
        idle: "off",
        trouble: "trouble:",
        public: "public",
        divider: " ",
        branch: " ",
        rule: " ",
        corners: [" ", " ", " ", " "],
        group: ["", "", ""],
        nobody: "nobody",
        up: "above",
        directions: ["smallest first", "largest first"],
        bars: [""; 8],
        ..Self::ASCII
    };

    /// Something was done.
    #[must_use]
    pub fn done(&self) -> &'static str {
        self.standing(Standing::Verified)
    }

    /// Something failed.
    #[must_use]
    pub fn failed(&self) -> &'static str {
        self.standing(Standing::Refuted)
    }

    /// The direction in which something is sorted.
    #[must_use]
    pub fn direction(&self, is_reversed: bool) -> &'static str {
        self.directions[usize::from(is_reversed)]
    }

    /// The glyph of a verdict.
    #[must_use]
    pub fn standing(&self, standing: Standing) -> &'static str {
        self.standings[standing as usize]
    }
}

#[cfg(test)]
mod tests;
