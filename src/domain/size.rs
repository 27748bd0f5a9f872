//! A number of bytes, for people.

/// In at most five columns: `999`, `1.0K`, `9.9K`, `10K`, `999M`.
#[must_use]
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["K", "M", "G", "T"];
    if bytes < 1_000 {
        return bytes.to_string();
    }
    let mut value = bytes as f64;
    let mut unit = "";
    for larger in UNITS {
        if value < 999.5 {
            break;
        }
        value /= 1_024.0;
        unit = larger;
    }
    if value < 9.95 { format!("{value:.1}{unit}") } else { format!("{value:.0}{unit}") }
}

#[cfg(test)]
mod tests;
