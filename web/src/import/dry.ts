// Trying a table without sending anything: which rows become reports, and row and column of each fault.

import { rowName } from "./journal.ts";
import { type Reader, type TableMap } from "./map.ts";
import { type Draft, Drafter, type Pair } from "./row.ts";
import { type Fault, isFault, type Row, type Table } from "./table.ts";

/** One row that is to be filed, under the name the journal knows it by. */
export interface Due {
  number: number;
  name: string;
  draft: Draft;
}

export interface Trial {
  rows: number;
  due: Due[];
  /** Rows that stand in the table twice, word for word. */
  twins: number;
  faults: Fault[];
  /** Column → in how many rows a person must look at it. */
  unread: Map<string, number>;
}

/** The first column the map names that the table lacks. */
export const missingColumn = (map: TableMap, table: Table): string | undefined =>
  [...map.column.map(({ name }) => name), ...map.key].find((name) => !table.headings.includes(name));

/** @param instance what tells this server from another: the salt of its directory */
export function tryOut(table: Table, reader: Reader, instance: string, today: string): Trial {
  const drafter = new Drafter(reader, today);
  const seen = new Map<string, Row>();
  const trial: Trial = { rows: table.rows.length, due: [], twins: 0, faults: [], unread: new Map() };
  for (const row of table.rows) {
    if (isFault(row)) {
      trial.faults.push(row);
      continue;
    }
    const cells: Pair[] = table.headings.map((heading, at) => [heading, row.cells[at] ?? ""]);
    const name = nameOf(reader.map, cells, instance);
    const twin = seen.get(name);
    if (twin) sort(trial, row, twin, reader.map);
    else {
      seen.set(name, row);
      trial.due.push({ number: row.number, name, draft: drafter.draft(cells) });
    }
  }
  for (const { draft } of trial.due) {
    for (const column of draft.unread) trial.unread.set(column, (trial.unread.get(column) ?? 0) + 1);
  }
  return trial;
}

/** The same row again is filed once; another row under the same key is a fault, never a loss. */
function sort(trial: Trial, row: Row, twin: Row, map: TableMap): void {
  if (twin.cells.every((cell, at) => cell === row.cells[at])) trial.twins += 1;
  else trial.faults.push({ row: row.number, column: map.key[0] ?? "", why: "key" });
}

function nameOf(map: TableMap, cells: Pair[], instance: string): string {
  const key = map.key.map((name) => cells.find(([heading]) => heading === name)?.[1].trim() ?? "");
  return rowName(instance, map.name, key.every((cell) => cell === "") ? cells.map(([, cell]) => cell) : key);
}

export const toCode = ({ due }: Trial): number => due.filter(({ draft }) => draft.toCode).length;

/** Codes in a map that the country does not know: a map from elsewhere, or an old one. */
export function strangeCodes(map: TableMap, known: Set<string>): string[] {
  const terms = Object.values(map.crosswalk ?? {}).flatMap((terms) => Object.values(terms));
  const { journey } = map;
  const travelled = journey ? [journey.act, journey.chain, journey.officers_otherwise, ...Object.values(journey.officers)] : [];
  const columns = map.column.flatMap(({ act, people }) => [act, ...Object.values(people ?? {})]);
  const said = [...terms.flatMap(({ acts = [], means = [], accused = [] }) => [...acts, ...means, ...accused]), ...travelled];
  const fixed = ["source_kind", "channel", "language"].map((field) => map.report[field]);
  const codes = [...said, ...columns, ...fixed].filter((code): code is string => typeof code === "string");
  return [...new Set(codes)].filter((code) => !known.has(code));
}
