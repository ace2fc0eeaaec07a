import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { contentsOf, reportOf } from "../src/form/answers.ts";
import { items } from "../src/form/coding.ts";
import type { Tables } from "../src/form/tables.ts";

declare const PUTOKAZ_WEB: string;

const file = join(PUTOKAZ_WEB, "../crates/report/vectors/tables.json");
const tables = JSON.parse(readFileSync(file, "utf8")) as Tables;

test("fields become the report whose paths they are named after", () => {
  const { coding, account, identity } = reportOf(
    [
      ["event.area", "BA-BIH-01"],
      ["acts", "PUSH-01"],
      ["acts", "FORC-01"],
      ["accused", "P-HRPOL"],
      ["accused.1.institution", "BA-BP"],
      ["each.means", "M-BATON"],
      ["people.0.count", "3"],
      ["people.2.gender", "G-M"],
      ["people.2.vulnerability", "V-MED"],
      ["repeat", "no"],
      ["account.narrative", "At the river."],
      ["identity.name", "  "],
    ],
    tables,
  );
  assert.deepEqual(coding, {
    event: { area: "BA-BIH-01" },
    acts: [{ code: "PUSH-01", means: ["M-BATON"] }, { code: "FORC-01", means: ["M-BATON"] }],
    accused: [{ kind: "P-HRPOL" }, { institution: "BA-BP" }],
    people: [{ count: 3 }, { gender: "G-M", vulnerability: ["V-MED"] }],
    repeat: false,
  });
  assert.deepEqual(account, { narrative: "At the river." });
  assert.deepEqual(identity, {});
});

test("each act and each of those who are reported has details of its own, and one that was not ticked has none", () => {
  const { coding } = reportOf(
    [
      ["acts", "PUSH-01"],
      ["acts", "FORC-01"],
      ["each.PUSH-01.purpose", "unanswered:refused"],
      ["each.FORC-01.means", "M-BATON"],
      ["each.FORC-01.means", "M-DOG"],
      ["each.FORC-02.means", "M-GUN"],
      ["each.FORC-01.narrative.x", "no field"],
      ["accused", "P-HRPOL"],
      ["accused", "P-PRIV"],
      ["each.P-HRPOL.involvement", "I-ORDER"],
      ["accused", "institution:BA-BP"],
      ["each.institution:BA-BP.involvement", "I-PRESENT"],
    ],
    tables,
  );
  assert.deepEqual(coding, {
    acts: [
      { code: "PUSH-01", purpose: { unanswered: "refused" } },
      { code: "FORC-01", means: ["M-BATON", "M-DOG"] },
    ],
    accused: [{ kind: "P-HRPOL", involvement: "I-ORDER" }, { kind: "P-PRIV" }, { institution: "BA-BP", involvement: "I-PRESENT" }],
  });
});

test("unknown, refused, no and not asked stay four answers", () => {
  const { coding } = reportOf(
    [["still_in_danger", "unanswered:refused"], ["acts", "unanswered:unknown"], ["acts", "PUSH-01"], ["reprisal", "no"]],
    tables,
  );
  assert.deepEqual(coding, {
    still_in_danger: { unanswered: "refused" },
    acts: { unanswered: "unknown" },
    reprisal: false,
  });
});

test("the plain choices are their rows, nobody but my digits is an empty list, and no choice is none", () => {
  assert.equal(reportOf([], tables).coding.consent, undefined);
  assert.equal(reportOf([["consent", "keep"]], tables).coding.consent, undefined);
  assert.deepEqual(reportOf([["consent.only", "yes"], ["consent", "help"]], tables).coding.consent, []);
  const complain = items(reportOf([["consent", "complain"]], tables).coding.consent);
  assert.ok(complain.every((row) => row.purpose === "C-OVER" && !row.parts.includes("identity")));
  assert.ok(complain.length > 0);
});

test("answers without a code stand below the account, with their question", () => {
  const entries = [["account.narrative", "At the river."], ["said.present", "willing"]] as const;
  const { account, coding } = reportOf(entries, tables, {}, ["Is the person here? Yes"]);
  assert.deepEqual(account, { narrative: "At the river.\n\nIs the person here? Yes" });
  assert.deepEqual(coding, {});
});

test("a name that is no path of a report is nothing", () => {
  const { coding } = reportOf([["__proto__.polluted", "x"], ["constructor", "x"], ["a.b-c", "x"]], tables);
  assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
  assert.deepEqual(coding, {});
});

test("a contact that is not safe is not even sealed", () => {
  const { identity } = reportOf([["said.contact_safe", "no"], ["identity.contact", "C"], ["identity.name", "N"]], tables);
  assert.deepEqual(identity, { name: "N" });
});

test("only what somebody said is sealed", () => {
  const report = reportOf([["identity.name", "N"]], tables);
  assert.deepEqual([...contentsOf(report).keys()], ["coding", "identity"]);
});
