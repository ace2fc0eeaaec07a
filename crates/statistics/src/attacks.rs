//! The attacks of the security study, played against whole years of releases of a made-up world.

use crate::attacker::{Attacker, related, rounded};
use crate::world::{key, plan, publish_year, world};
use crate::{BASE, Margins, Record, SHOWN_FROM, Unit};

/// How many small cells (true number 1 to 9) an attacker narrows below the base, and how many he solves exactly.
fn solved(records: &[Record], reading: fn(Option<u32>, u32) -> (f64, f64)) -> (usize, usize, usize) {
    let all: Vec<&Record> = records.last().map(|last| related(&records[..records.len() - 1], last)).unwrap_or_default();
    let attacker = Attacker::of(&all, reading);
    let (mut tried, mut narrowed, mut exact) = (0, 0, 0);
    let small = |record: &Record| -> Vec<usize> {
        let numbers = record.secret.numbers.iter().enumerate();
        numbers.filter(|(_, number)| (1..BASE).contains(*number)).map(|(cell, _)| cell).collect()
    };
    for (index, cell) in
        all.iter().enumerate().flat_map(|(index, record)| small(record).into_iter().map(move |cell| (index, cell)))
    {
        let (least, greatest) = attacker.range(index, cell).expect("the program has a solution: the truth");
        tried += 1;
        narrowed += usize::from(greatest - least < f64::from(BASE) - 1e-6);
        exact += usize::from(greatest - least < 0.5);
    }
    (tried, narrowed, exact)
}

/// What plain suppression would tell: a number from ten up exactly, else that it is one to nine, or zero.
fn suppressed(_: Option<u32>, number: u32) -> (f64, f64) {
    if (1..BASE).contains(&number) { (1.0, 9.0) } else { (f64::from(number), f64::from(number)) }
}

#[test]
fn nobody_narrows_a_small_cell_of_a_whole_year_of_releases() {
    for (incidents, seed) in [(300, 1), (1_000, 2)] {
        let records = publish_year(&plan(), &world(incidents, seed), &key());
        let (tried, narrowed, exact) = solved(&records, rounded);
        assert!(tried > 20, "too few small cells to say anything");
        assert_eq!((narrowed, exact), (0, 0), "of {tried} with {incidents} incidents");
    }
}

/// The same attack must succeed where small cells are only hidden and the rest is shown exactly: else it proves nothing.
/// With the margins that tables of that kind print, it solves many; with ours, on the very same tables, none.
#[test]
fn the_same_attack_breaks_plain_suppression() {
    let mut plan = plan();
    plan.tables.retain(|table| table.unit == Unit::Events);
    plan.tables.iter_mut().for_each(|table| table.margins = Margins::Both);
    plan.limits.advantage = 100;
    let records = publish_year(&plan, &world(1_000, 2), &key());
    let (tried, _, exact) = solved(&records, suppressed);
    assert!(exact * 20 > tried, "solved {exact} of {tried} exactly");
    assert_eq!(solved(&records, rounded).2, 0);
}

/// An attacker who files known incidents reads a small secret count off the step where plain rounding turns, in twelve
/// releases at most. Here he gets one release of a period, and with random rounding guesses little better than blind (one
/// in nine), though he files as many as serve him best. Even four draws of one cell, which nobody ever gets, stay under 30 %.
#[test]
fn adding_known_incidents_does_not_step_the_rounding() {
    let nearest = |count: u32| (count + 5) / 10 * 10;
    let steps = |secret: u32| -> Vec<u32> { (0..12).map(|known| nearest(secret + known)).collect() };
    let stepped = (1..10).filter(|secret| (1..10).filter(|guess| steps(*guess) == steps(*secret)).count() == 1).count();
    assert_eq!(stepped, 9, "the positive control");
    let trials = 900;
    for (draws, most) in [(1, 20), (4, 30)] {
        let right = (0..trials).filter(|trial| {
            let secret = 1 + trial % 9;
            let seen: Vec<u32> = (10..10 + draws).map(|known| draw_once(trial * 100 + known, secret + known)).collect();
            likeliest(&seen) == secret
        });
        let guessed = right.count();
        assert!(guessed * 100 <= trials as usize * most, "{guessed} of {trials} with {draws} draws");
    }
}

/// What is shown of a cell that no other release has; 0 is hidden.
fn draw_once(cell: u32, count: u32) -> u32 {
    let rounded = crate::draw::Draw::begin(&key(), &cell.to_string()).round(count, BASE);
    if rounded < SHOWN_FROM { 0 } else { rounded }
}

/// The secret count from 1 to 9 under which what was seen, from ten known incidents on, is likeliest.
fn likeliest(seen: &[u32]) -> u32 {
    let chance = |count: u32, shown: u32| crate::gate::chances(count).get(&shown).copied().unwrap_or(0.0);
    let fit = |secret: &u32| (*secret + 10..).zip(seen).map(|(count, shown)| chance(count, *shown)).product::<f64>();
    (1..10).max_by(|a, b| fit(a).total_cmp(&fit(b))).unwrap_or_default()
}

/// What a reader still gets, counted as the study counts (security targets, G32): the period is a dimension, so a table of
/// one list for a year is one-way and the same for a quarter is two-way.
#[test]
fn most_incidents_of_a_year_of_a_thousand_lie_in_shown_cells() {
    let records = publish_year(&plan(), &world(1_000, 2), &key());
    let (one_way, two_way) = (shown(&records, &["T-E"]), shown(&records, &["T-A", "T-B"]));
    assert!(one_way >= 95 && two_way >= 80, "one-way {one_way} %, two-way {two_way} %");
}

/// The stricter reading: the period is no dimension, and a thousand incidents fall into each quarter.
#[test]
fn most_incidents_of_a_quarter_of_a_thousand_lie_in_shown_cells() {
    let records = publish_year(&plan(), &world(4_000, 2), &key());
    let (one_way, two_way) = (shown(&records, &["T-A", "T-B"]), shown(&records, &["T-C", "T-G"]));
    assert!(one_way >= 95 && two_way >= 80, "one-way {one_way} %, two-way {two_way} %");
}

/// Percent of what was counted in the inner cells of some tables that lies in shown ones.
fn shown(records: &[Record], tables: &[&str]) -> u32 {
    let (mut all, mut open) = (0, 0);
    for record in records.iter().filter(|record| tables.contains(&record.published().table())) {
        let two_way = !record.published.0.columns.is_empty();
        for (cell, number) in record.published.cells().zip(&record.secret.numbers) {
            if cell.row.is_some() && cell.column.is_some() == two_way {
                all += number;
                open += if cell.number.is_some() { *number } else { 0 };
            }
        }
    }
    open * 100 / all
}
