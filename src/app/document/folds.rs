//! Which rows are folded, and from that where each row stands on the screen.
//!
//! A bit per row says what is folded. Beside it stand the gaps: the stretches of rows that the
//! outermost folded ones hide. Folding changes bits and counts the gaps again from there on; it
//! never touches the rows.

use super::row::{Row, narrow};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Folds {
    bits: Vec<u64>,
    gaps: Vec<Gap>,
}

/// Rows that a folded row hides: those after `row` and before `next`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gap {
    row: u32,
    next: u32,
    /// How many rows are hidden by this gap and all gaps before it.
    hidden: u32,
}

impl Folds {
    pub(super) fn is_folded(&self, row: usize) -> bool {
        self.bits.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Folds or unfolds a row.
    pub(super) fn set(&mut self, rows: &[Row], row: usize, is_folded: bool) {
        self.mark(rows, row, is_folded);
        self.count_from(rows, row);
    }

    /// Unfolds several rows and counts once.
    pub(super) fn unfold(&mut self, rows: &[Row], which: impl Iterator<Item = usize>) {
        let mut first = rows.len();
        for row in which {
            self.mark(rows, row, false);
            first = first.min(row);
        }
        self.count_from(rows, first);
    }

    /// Folds every row that can be folded and that `which` picks.
    pub(super) fn fold_where(&mut self, rows: &[Row], which: impl Fn(usize, &Row) -> bool) {
        for (at, row) in rows.iter().enumerate() {
            if row.is_foldable(at) && which(at, row) {
                self.mark(rows, at, true);
            }
        }
        self.count_from(rows, 0);
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    fn mark(&mut self, rows: &[Row], row: usize, is_folded: bool) {
        if self.bits.is_empty() {
            self.bits = vec![0; rows.len().div_ceil(64)];
        }
        let bit = 1 << (row % 64);
        if is_folded {
            self.bits[row / 64] |= bit;
        } else {
            self.bits[row / 64] &= !bit;
        }
    }

    /// Counts the gaps again from a row on. What that row belongs to must not have changed.
    fn count_from(&mut self, rows: &[Row], row: usize) {
        let kept = self.gaps.partition_point(|gap| (gap.row as usize) < row);
        self.gaps.truncate(kept);
        let last = self.gaps.last();
        let mut hidden = last.map_or(0, |gap| gap.hidden);
        let mut at = last.map_or(row, |gap| row.max(gap.next as usize));
        while let Some(folded) = self.next_folded(at) {
            let next = rows[folded].next;
            let row = narrow(folded);
            hidden += next - row - 1;
            self.gaps.push(Gap { row, next, hidden });
            at = next as usize;
        }
    }

    fn next_folded(&self, from: usize) -> Option<usize> {
        let mut word = from / 64;
        let mut bits = self.bits.get(word)? >> (from % 64) << (from % 64);
        while bits == 0 {
            word += 1;
            bits = *self.bits.get(word)?;
        }
        Some(word * 64 + bits.trailing_zeros() as usize)
    }

    /// How many rows are hidden in all.
    pub(super) fn hidden(&self) -> usize {
        self.gaps.last().map_or(0, |gap| gap.hidden as usize)
    }

    /// The row at a position among those that are not hidden.
    pub(super) fn row_at(&self, position: usize) -> usize {
        let before = self.gaps.partition_point(|gap| (gap.next - gap.hidden) as usize <= position);
        position + before.checked_sub(1).map_or(0, |last| self.gaps[last].hidden as usize)
    }

    /// Where a row stands among those that are not hidden; the row that hides it if one does.
    pub(super) fn position_of(&self, row: usize) -> usize {
        let row = self.shown_for(row);
        let before = self.gaps.partition_point(|gap| (gap.row as usize) < row);
        row - before.checked_sub(1).map_or(0, |last| self.gaps[last].hidden as usize)
    }

    /// The row itself, or the outermost folded row that hides it.
    pub(super) fn shown_for(&self, row: usize) -> usize {
        let before = self.gaps.partition_point(|gap| (gap.row as usize) < row);
        match before.checked_sub(1).map(|last| self.gaps[last]) {
            Some(gap) if row < gap.next as usize => gap.row as usize,
            _ => row,
        }
    }
}

#[cfg(test)]
mod tests;
