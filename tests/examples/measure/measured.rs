//! One line of the result.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A number of ours beside the yardstick's.
pub struct Measured {
    pub bench: &'static str,
    pub case: String,
    pub ours: f64,
    pub unit: &'static str,
    pub yardstick: &'static str,
    pub yardstick_value: f64,
}

impl Measured {
    pub fn ratio(&self) -> f64 {
        self.ours / self.yardstick_value
    }

    fn json(&self) -> Value {
        let round = |number: f64| (number * 1000.0).round() / 1000.0;
        json!({
            "bench": self.bench, "case": self.case, "ours": round(self.ours), "unit": self.unit,
            "yardstick": self.yardstick, "yardstick_value": round(self.yardstick_value), "ratio": round(self.ratio()),
        })
    }
}

/// Prints everything, as one document or as a table.
pub fn print(all: &[Measured], as_json: bool) {
    if as_json {
        println!("{}", Value::from(all.iter().map(Measured::json).collect::<Vec<_>>()));
        return;
    }
    for line in all {
        let Measured { bench, case, ours, unit, yardstick, yardstick_value } = line;
        println!(
            "{bench:<10} {case:<58} {ours:>10.2} {unit:<9} {:>6.2} of {yardstick_value:.2}, {yardstick}",
            line.ratio()
        );
    }
}

/// How long something took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let made = work();
    (made, begun.elapsed())
}

/// The middle one of several durations, in milliseconds.
pub fn median(mut durations: Vec<Duration>) -> f64 {
    durations.sort_unstable();
    durations.get(durations.len() / 2).map_or(0.0, |middle| middle.as_secs_f64() * 1000.0)
}
