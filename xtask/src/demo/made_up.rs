//! Made-up reports for training: drawn from a seed, true of nobody.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{Options, Programs, Told, ask, provision, word, write};
use crate::Outcome;

/// Files as many made-up reports as are still missing; what was filed before stays.
pub fn file(programs: &Programs, dir: &Path, options: &Options, told: &Told) -> Outcome {
    let folder = dir.join("reports");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let one = |number: usize| -> Outcome {
        let answer = folder.join(format!("{number:05}.filed.json"));
        if answer.is_file() {
            return Ok(());
        }
        let path = folder.join(format!("{number:05}.json"));
        write(&path, &report(&mut Dice::new(options.seed, number)).to_string())?;
        let filed =
            ask(&programs.putokaz, &["file", &word(&path), "--to", &told.public, "--board", &word(&told.board)])?;
        write(&answer, &filed)
    };
    let half = |parity: usize| (0..options.reports).filter(move |number| number % 2 == parity).try_for_each(one);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        half(0).and(other.join().unwrap_or_else(|_| Err("filing a made-up report broke off".to_owned())))
    })
}

/// Chance from a seed (SplitMix64): the same seed, the same reports.
struct Dice(u64);

impl Dice {
    fn new(seed: u64, number: usize) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (number as u64).wrapping_mul(0xd134_2543_de82_ef95))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or(0)
    }

    fn of<T: Copy>(&mut self, all: &[T], otherwise: T) -> T {
        let place = self.below(all.len());
        all.get(place).copied().unwrap_or(otherwise)
    }

    /// Once in so many times.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

const AREAS: [&str; 12] = [
    "BA-BIH-01-BIHAC",
    "BA-BIH-01-VKLADUSA",
    "BA-BIH-01-CAZIN",
    "BA-BIH-01",
    "BA-BIH-09-HADZICI",
    "BA-BIH-09-ILIDZA",
    "BA-BIH-03-TUZLA",
    "BA-SRP-BN-BIJELJINA",
    "BA-SRP-BN-ZVORNIK",
    "BA-SRP-TB",
    "BA-BRC-00",
    "HR",
];
const ACTS: [(&str, &str); 14] = [
    ("PUSH-01", ""),
    ("PUSH-01", "M-WORDS"),
    ("PUSH-02", ""),
    ("FORC-01", "M-BATON"),
    ("FORC-01", "M-HAND"),
    ("FORC-03", "M-GUNPT"),
    ("FORC-04", "M-DOG"),
    ("PROP-01", ""),
    ("PROP-02", ""),
    ("PROP-03", "M-FIRE"),
    ("TORT-04", "M-WORDS"),
    ("ASY-01", ""),
    ("CARE-03", ""),
    ("HATE-03", "M-WORDS"),
];
const ACCUSED: [&str; 8] = ["P-HRPOL", "P-HRPOL", "P-BP", "P-UNIFORM", "P-SFA", "P-CANTPOL", "P-GUARD", "P-UNK"];
const ORIGINS: [&str; 8] = ["AF", "SY", "PK", "MA", "IR", "IQ", "BD", "BI"];
const SOURCES: [&str; 5] = ["S-SELF", "S-NGO", "S-NGO", "S-WITNESS", "S-LEGAL"];
const NEEDS: [&str; 6] = ["ND-LEGAL", "ND-SHELTER", "ND-FOOD", "ND-PHONE", "ND-INFO", "ND-PAPERS"];
const LANGUAGES: [&str; 6] = ["en", "fa", "ar", "ps", "ur", "bs"];
const SENTENCES: [&str; 4] = [
    "Made up for training. The group was stopped near the water and sent back.",
    "Made up for training. Bags and phones were taken and not given back.",
    "Made up for training. Nobody asked whether the people wanted protection.",
    "Made up for training. The people walked to the next village and asked for help.",
];

/// One report.
fn report(dice: &mut Dice) -> Value {
    let child = dice.once_in(8);
    let danger = dice.once_in(10);
    let days_ago = if danger || child || dice.once_in(4) { dice.below(5) } else { dice.below(300) };
    let day = iso_day(provision::today().saturating_sub(days_ago as u64));
    let acts: Vec<Value> = (0..=dice.below(3)).map(|_| act(dice)).collect();
    let mut report = json!({
        "language": dice.of(&LANGUAGES, "en"), "source_kind": dice.of(&SOURCES, "S-NGO"), "channel": "CH-API",
        "still_in_danger": if danger { "yes" } else { "no" },
        "event": { "from": day, "to": day, "precision": "D-DAY", "area": dice.of(&AREAS, "BA") },
        "acts": acts, "accused": [{ "kind": dice.of(&ACCUSED, "P-UNK") }], "people": people(dice, child),
        "needs": [dice.of(&NEEDS, "ND-INFO")],
        "account": { "narrative": dice.of(&SENTENCES, "Made up for training."), "place": "a made-up place" },
    });
    if let Some(fields) = report.as_object_mut() {
        further(dice, fields);
    }
    report
}

fn act(dice: &mut Dice) -> Value {
    match dice.of(&ACTS, ("PUSH-01", "")) {
        (code, "") => json!({ "code": code }),
        (code, means) => json!({ "code": code, "means": [means] }),
    }
}

fn people(dice: &mut Dice, child: bool) -> Value {
    let origin = dice.of(&ORIGINS, "AF");
    if child {
        return json!([{ "count": 1, "count_basis": "CB-OBS", "age_band": "AG-15-17", "gender": "G-M", "origin": origin,
            "vulnerability": ["V-UASC"] }]);
    }
    let gender = dice.of(&["G-M", "G-M", "G-F", "G-MIX"], "G-UNK");
    json!([{ "count": 1 + dice.below(14), "count_basis": "CB-OBS", "age_band": "AG-18-59", "gender": gender, "origin": origin }])
}

/// What only some reports have: consent to more than keeping, a name, an answer nobody knew.
fn further(dice: &mut Dice, fields: &mut Map<String, Value>) {
    if dice.once_in(2) {
        let complaint = json!({ "purpose": "C-OVER", "recipient_kind": "K-OVER", "parts": ["account", "coding"] });
        fields.insert("consent".to_owned(), json!([complaint]));
        fields.insert("statistics".to_owned(), json!(true));
    }
    if dice.once_in(3) {
        fields.insert("identity".to_owned(), json!({ "name": "a made-up name", "contact": "a made-up contact" }));
    }
    if dice.once_in(9) {
        fields.insert("accused".to_owned(), json!({ "unanswered": "refused" }));
    }
    if dice.once_in(12) {
        fields.insert("acts".to_owned(), json!([]));
    }
}

/// The ISO date of a day since 1970 (civil-from-days by era of 400 years).
fn iso_day(days: u64) -> String {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_reports() {
        let draw = |seed| (0..20).map(|number| report(&mut Dice::new(seed, number))).collect::<Vec<_>>();
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn days_are_written_as_dates() {
        assert_eq!(iso_day(0), "1970-01-01");
        assert_eq!(iso_day(19_782), "2024-02-29");
        assert_eq!(iso_day(20_819), "2027-01-01");
    }
}
