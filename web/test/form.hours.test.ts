import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../src/form/book.ts";
import { next } from "../src/form/hours.ts";

// The same days stand in the server's own tests (crates/intake/src/pages/hours.rs).
const desk: Desk = {
  time_zone: "Europe/Sarajevo",
  days: ["mon", "tue", "wed", "thu", "fri"],
  opens: "08:00",
  closes: "16:00",
  holidays: ["01-01", "01-02"],
};
const at = (moment: string): object | undefined => next(desk, Date.parse(moment));

test("on Friday evening nobody reads before Monday", () => {
  assert.deepEqual(at("2026-11-20T17:00:00Z"), { day: "2026-11-23", time: "08:00" });
});

test("summer time is looked up", () => {
  assert.deepEqual(at("2026-07-01T06:30:00Z"), { until: "16:00", day: "2026-07-02", time: "08:00" });
  assert.deepEqual(at("2026-12-01T06:30:00Z"), { day: "2026-12-01", time: "08:00" });
});

test("while somebody reads the next opening is another day, and holidays are passed over", () => {
  assert.deepEqual(at("2026-12-01T12:00:00Z"), { until: "16:00", day: "2026-12-02", time: "08:00" });
  assert.deepEqual(at("2026-12-31T16:00:00Z"), { day: "2027-01-04", time: "08:00" });
});

test("a desk that never opens promises nothing", () => {
  assert.equal(next({ ...desk, days: [] }, Date.parse("2026-11-20T17:00:00Z")), undefined);
  assert.throws(() => next({ ...desk, time_zone: "Nowhere/None" }, 0));
});
