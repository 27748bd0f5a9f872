//! How much is kept: what is older in the order of arrival is deleted bit by bit. What is marked is
//! kept beside that.

use std::fmt;
use std::time::Duration;

/// The most that is kept. Each bound that is there holds; without any, everything is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// So many deliveries that are not marked.
    pub count: Option<u64>,
    /// Deliveries up to this old.
    pub age: Option<Duration>,
    /// So many bytes in the store's file, the free ones among them not counted.
    pub size: Option<u64>,
}

impl Keep {
    /// Whether nothing is ever deleted.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }
}

/// As in the config: `count 1000000, age 90d, size 5GiB`.
impl fmt::Display for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bounds = [
            self.count.map(|count| format!("count {count}")),
            self.age.map(|age| format!("age {}", scaled(millis(age), AGES))),
            self.size.map(|size| format!("size {}", scaled(size, SIZES))),
        ];
        let bounds = bounds.into_iter().flatten().collect::<Vec<_>>();
        f.write_str(if bounds.is_empty() { "everything" } else { "" })?;
        f.write_str(&bounds.join(", "))
    }
}

const AGES: &[(&str, u64)] =
    &[("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

const SIZES: &[(&str, u64)] = &[("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// The number in the largest unit that it is a whole number of.
fn scaled(number: u64, units: &[(&str, u64)]) -> String {
    let fits = |(_, factor): &&(&str, u64)| number.is_multiple_of(*factor);
    let (unit, factor) = units.iter().find(fits).unwrap_or(&("", 1));
    format!("{}{unit}", number / factor)
}

#[cfg(test)]
mod tests;
