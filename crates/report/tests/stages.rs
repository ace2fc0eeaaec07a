//! The drawing of the states is the machine.

use std::collections::BTreeSet;

use report::{Stage, Step};

#[test]
fn the_drawing_shows_every_step_and_no_other() {
    let drawn: BTreeSet<String> = include_str!("../../../docs/states.md")
        .lines()
        .filter(|line| line.contains(" --> ") && line.contains(": "))
        .map(|line| line.trim().to_owned())
        .collect();
    let mut real = BTreeSet::new();
    for stage in Stage::ALL {
        for step in Step::ALL {
            if let Ok(next) = stage.take(step) {
                real.insert(format!("{stage} --> {next}: {}", step.as_str()));
            }
        }
    }
    assert_eq!(drawn, real);
}

#[test]
fn nothing_leads_out_of_the_shredder() {
    assert!(Step::ALL.into_iter().all(|step| Stage::Shredded.take(step).is_err()));
}

#[test]
fn a_reporter_can_take_a_report_back_from_every_stage_but_the_last_two() {
    for stage in Stage::ALL {
        let can = !matches!(stage, Stage::Withdrawn | Stage::Shredded);
        assert_eq!(stage.take(Step::Withdraw).is_ok(), can, "{stage}");
    }
}

#[test]
fn a_withdrawal_taken_back_leaves_no_trace_in_where_the_case_stands() {
    for stage in Stage::ALL {
        let there_and_back = stage.take(Step::Withdraw).and_then(|withdrawn| withdrawn.take(Step::Undo(stage)));
        assert_eq!(there_and_back.ok(), Some(stage).filter(|stage| stage.take(Step::Withdraw).is_ok()), "{stage}");
    }
    assert!(Stage::Withdrawn.take(Step::Undo(Stage::Withdrawn)).is_err());
}
