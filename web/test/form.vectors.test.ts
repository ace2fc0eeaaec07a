// Who reads, hears and never gets it, and what the form's fields become: the vectors that the server's own code wrote.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Directory, readDirectory } from "../src/directory.ts";
import { type Entries, reportOf } from "../src/form/answers.ts";
import type { Book } from "../src/form/book.ts";
import type { Coding } from "../src/form/coding.ts";
import { draw, listsOf } from "../src/form/plan.ts";
import { project } from "../src/form/projection.ts";
import type { Tables } from "../src/form/tables.ts";
import { directoryNote } from "./house.ts";

declare const PUTOKAZ_WEB: string;

interface Planned {
  name: string;
  entries: Entries | null;
  coding: Coding;
  present: string[];
  readers: { institution: string; when: string; reads: Record<string, string> }[];
  hear: [string, string][];
  never: [string, string][];
}

interface Vectors {
  today: string;
  leads: object;
  closures: object;
  readers: Book;
  plans: Planned[];
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(PUTOKAZ_WEB, "../crates", name), "utf8"));
const { today, leads, closures, readers: book, plans } = read("intake/vectors/plans.json") as Vectors;
const tables = read("report/vectors/tables.json") as Tables;

/** The directory of these institutions; their keys say nothing. */
function directoryOf(present: string[]): Directory {
  const institutions = present.map((code) => ({ code, name: code, recipient: "age1pq1", signing: "00" }));
  return readDirectory(directoryNote(institutions, true, { leads, closures }), null);
}

test("the browser lets the same readers read, hear and never get it as the server's own code", () => {
  assert.ok(plans.length > 15);
  for (const { name, coding, present, readers, hear, never } of plans) {
    const plan = draw(project(coding, tables, today), directoryOf(present), tables, book);
    const drawn = plan.readers.map(({ to, when, reads }) => ({ institution: to.code, when, reads: Object.fromEntries(reads) }));
    assert.deepEqual(drawn, readers, name);
    const lists = listsOf(plan, book);
    const reasons = (lines: typeof lists.hear): unknown => lines.map(({ institution, reason }) => [institution, reason.key]);
    assert.deepEqual(reasons(lists.hear), hear, name);
    assert.deepEqual(reasons(lists.never), never, name);
  }
});

test("the form's fields become the same coding at both doors", () => {
  const told = plans.filter(({ entries }) => entries !== null);
  assert.ok(told.length > 10);
  for (const { name, entries, coding } of told) assert.deepEqual(reportOf(entries ?? [], tables).coding, coding, name);
});
