// The eight fields of worker mode as the fields of a report.

import assert from "node:assert/strict";
import { test } from "node:test";

import { entriesOfQuick } from "../src/offline/quick-entries.ts";

const NOON = Date.UTC(2026, 2, 2, 12);

test("a day is counted back from today, and a count says that it was seen", () => {
  assert.deepEqual(entriesOfQuick([["when", "1"], ["count", "9"]], NOON), [
    ["event.from", "2026-03-01"],
    ["event.to", "2026-03-01"],
    ["event.precision", "D-DAY"],
    ["people.0.count", "9"],
    ["people.0.count_basis", "CB-OBS"],
  ]);
});

test("by a clock that is wrong no day is counted back, and one that was chosen stays", () => {
  assert.deepEqual(entriesOfQuick([["when", "1"]]), [["event.from", "unanswered:unknown"]]);
  assert.deepEqual(entriesOfQuick([["day", "2026-03-01"]])[0], ["event.from", "2026-03-01"]);
});

test("what is not known and what nobody would say are answers, each its own", () => {
  for (const answer of ["unanswered:unknown", "unanswered:refused"]) {
    const told = entriesOfQuick([["acts", answer], ["when", answer], ["count", answer], ["children", answer]], NOON);
    assert.deepEqual(told, [["acts", answer], ["event.from", answer], ["people.0.count", answer], ["people.0.vulnerability", answer]]);
  }
});
