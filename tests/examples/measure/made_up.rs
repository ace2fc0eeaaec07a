//! Made-up reports: true of nobody, of the shape and size of a real one.

use house_tests::Device;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

const AREAS: [&str; 4] = ["BA-BIH-01-BIHAC", "BA-BIH-01", "BA-BIH-03", "BA-BIH-09"];
const ACTS: [&str; 4] = ["PUSH-01", "FORC-01", "PROP-01", "LIB-01"];
const FORCES: [&str; 2] = ["P-HRPOL", "P-BP"];

/// The report of this number.
pub fn report(number: usize) -> Value {
    let of = |list: &[&'static str]| list[number % list.len()];
    json!({
        "language": "en", "source_kind": "S-NGO", "still_in_danger": "no",
        "event": { "from": "2024-05-01", "to": "2024-05-01", "precision": "D-DAY", "area": of(&AREAS) },
        "acts": [ { "code": "PUSH-01", "means": ["M-BATON"] }, { "code": of(&ACTS[1..]) } ],
        "accused": [ { "kind": of(&FORCES) } ],
        "people": [ { "count": 9, "count_basis": "CB-OBS", "age_band": "AG-18-59", "gender": "G-M", "origin": "SY" } ],
        "consent": [
            { "purpose": "C-OVER", "recipient_kind": "K-OVER", "parts": ["account", "coding"] },
            { "purpose": "C-STAT", "recipient_kind": "K-STAT", "parts": [] }
        ],
        "account": { "narrative": "A made-up account of a made-up night. ".repeat(40), "place": "a made-up place" },
        "identity": { "name": "a made-up name", "contact": "nobody" }
    })
}

/// Sealed envelopes, made on all processors.
pub fn envelopes(device: &Device, count: usize) -> Vec<Vec<u8>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let part = |first: usize| {
        let mut rng = StdRng::from_entropy();
        let numbers = (first..count).step_by(threads);
        numbers.map(|number| device.seal(&report(number), &mut rng).bytes()).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let begun: Vec<_> = (0..threads).map(|first| scope.spawn(move || part(first))).collect();
        begun.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}
