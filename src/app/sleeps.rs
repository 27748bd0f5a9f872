//! When the machine slept: what was sent meanwhile never arrived here, which the list must not hide.

use std::collections::VecDeque;

use jiff::Timestamp;

/// More sleeps than these are not remembered.
const MOST: usize = 100;

/// A time in which nothing could arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sleep {
    /// The last moment before it.
    pub from: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
}

/// The sleeps of this run, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sleeps(VecDeque<Sleep>);

impl Sleeps {
    /// The machine woke up.
    pub fn woke(&mut self, sleep: Sleep) {
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(sleep);
    }

    /// The sleep that lies between two deliveries; where none came before it, `earlier` is none.
    #[must_use]
    pub fn between(&self, earlier: Option<Timestamp>, later: Timestamp) -> Option<Sleep> {
        let lies_between = |sleep: &&Sleep| {
            sleep.until <= later && earlier.is_none_or(|earlier| earlier <= sleep.from)
        };
        self.0.iter().rev().find(lies_between).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleep_stands_before_the_first_delivery_after_it_and_nowhere_else() {
        let at = |second| Timestamp::from_second(second).expect("in range");
        let sleep = |from, until| Sleep { from: at(from), until: at(until) };
        let mut sleeps = Sleeps::default();
        sleeps.woke(sleep(100, 200));
        for (earlier, later, expected) in [
            (Some(50), 250, true),
            (None, 250, true),
            (Some(100), 200, true),
            (Some(210), 250, false),
            (Some(50), 90, false),
            (None, 90, false),
        ] {
            let found = sleeps.between(earlier.map(at), at(later));
            assert_eq!(found, expected.then(|| sleep(100, 200)), "{earlier:?} {later}");
        }
    }

    #[test]
    fn only_the_last_sleeps_are_remembered() {
        let mut sleeps = Sleeps::default();
        let at = |second| Timestamp::from_second(second).expect("in range");
        for number in 0..=100 {
            sleeps.woke(Sleep { from: at(number * 10), until: at(number * 10 + 5) });
        }
        assert_eq!(sleeps.between(None, at(5)), None);
        assert!(sleeps.between(None, at(15)).is_some());
    }
}
