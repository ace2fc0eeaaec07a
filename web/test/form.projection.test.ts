import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Coding } from "../src/form/coding.ts";
import { weekOf } from "../src/form/day.ts";
import { project, writeFacets } from "../src/form/projection.ts";
import type { Tables } from "../src/form/tables.ts";

declare const PUTOKAZ_WEB: string;

const vectors = join(PUTOKAZ_WEB, "../crates/report/vectors");
const read = (name: string): unknown => JSON.parse(readFileSync(join(vectors, name), "utf8"));
const tables = read("tables.json") as Tables;

test("the browser projects every shared vector to the same bytes as the server's own code", () => {
  const all = read("projection.json") as { name: string; today: string; coding: Coding; facets: string }[];
  assert.ok(all.length > 20);
  for (const { name, today, coding, facets } of all) {
    assert.equal(writeFacets(project(coding, tables, today)), facets, name);
  }
});

test("a week belongs to the year of its Thursday", () => {
  const weeks = ["2024-12-30", "2021-01-03", "2020-12-31", "2024-05-01", "1970-01-01", "2027-01-01"].map(weekOf);
  assert.deepEqual(weeks, ["2025-W01", "2020-W53", "2020-W53", "2024-W18", "1970-W01", "2026-W53"]);
});

test("consent to statistics opens what is sensitive, and nothing else does", () => {
  const coding: Coding = { acts: [{ code: "SEXV-01" }], event: { area: "BA-BIH-01-BIHAC", from: "2026-11-01" } };
  const closed = project(coding, tables, "2026-11-02");
  assert.equal(closed.projection, "protected");
  assert.deepEqual(closed.categories, ["protected"]);
  assert.equal(closed.area, "BA-BIH-01");
  assert.equal(closed.acts, undefined);
  assert.equal(project({ ...coding, statistics: true }, tables, "2026-11-02").projection, "open");
});
