import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Book } from "../src/form/book.ts";
import type { Tables } from "../src/form/tables.ts";
import { ages, number, witness, written } from "../src/import/cell.ts";
import { missingColumn, strangeCodes, toCode, tryOut } from "../src/import/dry.ts";
import { Journal, NotAJournal, reportOf, rowName } from "../src/import/journal.ts";
import { NotAMap, Reader, readMap, values } from "../src/import/map.ts";
import { fileAll, type Send } from "../src/import/run.ts";
import { fitting, ground, shipped } from "../src/import/shipped.ts";
import { NotATable, readTable, type Table, tableOf } from "../src/import/table.ts";
import { Later, Refused } from "../src/offline/answer.ts";
import { world } from "./house.ts";

declare const PUTOKAZ_WEB: string;
const root = join(PUTOKAZ_WEB, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const tables = JSON.parse(read("crates/report/vectors/tables.json")) as Tables;
const book: Book = { version: 1, as: {}, voices: {}, heard: {}, desks: {}, reasons: [], why: {}, kinds: {} };
const TODAY = "2030-03-27";
const csv = (path: string): Promise<Table> => readTable(new Blob([read(path)]));

function trial(table: Table, today = TODAY) {
  const map = fitting(table);
  assert.ok(map, "a shipped map fits");
  return tryOut(table, new Reader(map, ground), "00".repeat(32), today);
}

test("every made-up row becomes the same report here and in the command", async () => {
  const vectors = JSON.parse(read("crates/cli/vectors/drafts.json")) as Record<string, { report: unknown; to_code: boolean }[]>;
  for (const [name, drafts] of Object.entries(vectors)) {
    const { due } = trial(await csv(`crates/cli/samples/${name}.csv`));
    assert.deepEqual(due.map(({ draft }) => ({ report: draft.report, to_code: draft.toCode })), drafts, name);
  }
});

test("the rows of the Western Balkans become reports", async () => {
  const { rows, due, faults } = trial(await csv("crates/cli/samples/iom-western-balkans-to-2019.csv"));
  assert.deepEqual([rows, due.length, faults], [118, 118, []]);
});

test("a row at fault is named by row and column and stops nothing else", () => {
  const [bvmn] = shipped;
  const headings = bvmn!.column.map(({ name }) => name);
  const line = (url: string, place: string) => headings.map((name) => (name === "source_url" ? url : name === "location" ? place : ""));
  const table = tableOf([headings, line("a", "here"), ["short"], line("a", "here"), line("a", "elsewhere"), line("b", "here")]);
  const { due, twins, faults } = trial(table);
  assert.deepEqual(due.map(({ number }) => number), [1, 5]);
  assert.deepEqual([twins, faults], [1, [{ row: 2, column: "", why: "cells" }, { row: 4, column: "source_url", why: "key" }]]);
});

test("what does not map is sealed into the account, and the row is marked to be coded", async () => {
  const told = trial(await csv("crates/cli/samples/bvmn-made-up.csv"));
  const third = told.due[2]!.draft;
  assert.equal(third.toCode, true);
  assert.match((third.report["account"] as { narrative: string }).narrative, /to be coded: treatment_at_station[\s\S]*made-up term/);
  assert.equal(told.unread.get("treatment_at_station"), 1);
  assert.ok(toCode(told) >= 1);
});

test("a cell gives only what it says for certain", () => {
  assert.deepEqual(number("19 - estimated 27"), { certain: 19, exact: false });
  assert.deepEqual(number("4 person(s)"), { certain: 4, exact: true });
  assert.deepEqual([number("-13"), number("some")], [null, null]);
  assert.deepEqual([ages("16 - 35"), ages("11"), ages("35 - 16"), ages("about 20")], [[16, 35], [11, 11], null, null]);
  for (const said of ["10.03.2017", "2017-03-10T12:30:00.000+02:00", " 2017-03-10 12:30"]) {
    assert.deepEqual(written(said), { year: 2017, month: 3, day: 10, worded: false }, said);
  }
  assert.equal(written("2017-03-10 or later"), null);
  assert.deepEqual(witness("https://example.org/t/may-3-2021-0000-a/"), { year: 2021, month: 5, day: 3, worded: true });
  const known = (value: string): boolean => ["Drowning", "shelter, food, water"].includes(value);
  assert.deepEqual(values("Drowning,shelter, food, water", ",", known), [["Drowning", true], ["shelter, food, water", true]]);
});

test("a workbook is read like a table, and what is neither is refused", async () => {
  const sheet = await readTable(new Blob([readFileSync(join(PUTOKAZ_WEB, "test/parts/rows.xlsx"))]));
  assert.deepEqual(sheet.headings, ["id", "day", "place"]);
  assert.deepEqual(sheet.rows, [{ number: 1, cells: ["1", "2024-05-01", "a made-up place"] }]);
  await assert.rejects(readTable(new Blob([new Uint8Array([0x50, 0x4b, 3, 4, 1, 2])])), NotATable);
  await assert.rejects(readTable(new Blob([new Uint8Array([0xff, 0xfe, 0x00])])), NotATable);
  assert.throws(() => tableOf([["a", "a"]]), NotATable);
  const odd = await readTable(new Blob(["__proto__,constructor\n1,\u0000x\n"]));
  assert.deepEqual(odd.rows, [{ number: 1, cells: ["1", " x"] }]);
});

test("hard tables are read as the command reads them", async () => {
  const vectors = JSON.parse(read("crates/cli/vectors/tables.json")) as { name: string; hex: string; headings: string[] | null; rows: unknown[] | null }[];
  for (const { name, hex, headings, rows } of vectors) {
    const table = readTable(new Blob([Buffer.from(hex, "hex")]));
    if (headings === null) await assert.rejects(table, NotATable, name);
    else {
      const told = (await table).rows.map((row) => ("why" in row ? { row: row.row, column: row.column } : row));
      assert.deepEqual([(await table).headings, told], [headings, rows], name);
    }
  }
});

test("the shipped maps are maps, know their codes, and another file is none", () => {
  const lists = JSON.parse(read("crates/report/vectors/tables.json")) as { acts: object };
  assert.deepEqual(shipped.map(({ name }) => name), ["bvmn", "iom"]);
  assert.ok(strangeCodes(shipped[0]!, new Set(Object.keys(lists.acts))).includes("P-HRPOL"), "a list that is missing is noticed");
  assert.throws(() => readMap({ version: 2 }), NotAMap);
  assert.throws(() => readMap({ ...shipped[0], column: [{ name: "x", reads: "guess" }] }), NotAMap);
  assert.equal(missingColumn(shipped[0]!, { headings: ["source_url"], rows: [] }), "date");
});

test("a journal gives the same id after a kill, and another file is not taken for one", () => {
  const journal = Journal.begin();
  const name = rowName("00", "bvmn", ["a"]);
  journal.keep("a", "00");
  const again = Journal.read(`${journal.write()}{"row":"b`);
  assert.equal(reportOf(again.seed(name)), reportOf(journal.seed(name)));
  assert.deepEqual([again.holds("a"), again.holds("b")], [true, false]);
  assert.throws(() => Journal.read("a,b\n1,2\n"), NotAJournal);
  // As the command draws it: crates/cli/src/import/journal.rs.
  const known = Journal.read(`{"journal":1,"secret":"${"01".repeat(32)}"}\n`);
  assert.match(reportOf(known.seed("a")), /^[0-9a-f]{32}$/);
});

test("a run that is broken off goes on where it stood, and files nothing twice", async () => {
  const house = await world();
  house.directory.leads.set("UNKNOWN", { lead: ["NGO-VP"], alternate: [] });
  const kept = new Set<string>();
  let room = 3;
  const server: Send = ({ report }) => {
    if (room === 0) return Promise.reject(new Later());
    room -= 1;
    if (kept.has(report)) return Promise.reject(new Refused("taken"));
    kept.add(report);
    // Kept, and the answer lost on its way: the client must not know better than that.
    return Promise.reject(new Later());
  };
  const { due } = trial(await csv("crates/cli/samples/bvmn-made-up.csv"));
  const ground = { directory: house.directory, tables, book, today: TODAY, stale: false };
  const journal = Journal.begin();
  const first = await fileAll(due.slice(0, 3), journal, ground, server, () => true);
  assert.deepEqual([first.broken, first.filed, kept.size], [true, 0, 1]);
  room = 100;
  const saved = Journal.read(journal.write());
  const second = await fileAll(due.slice(0, 1), saved, ground, server, () => true);
  assert.deepEqual([second.already, second.broken, kept.size], [1, false, 1]);
});

test("the published testimonies become reports, all of them", async () => {
  const file = process.env["PUTOKAZ_BVMN"];
  if (file === undefined || !existsSync(file)) return console.log("the published table is absent: not tried");
  const { rows, due, faults } = trial(await readTable(new Blob([readFileSync(file)])), "2026-11-22");
  assert.deepEqual([rows, due.length, faults], [60, 60, []]);
});
