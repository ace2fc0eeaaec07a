// One row of a table becomes one report: what a cell says for certain is coded, everything it says is sealed. The twin of
// crates/cli/src/import/row.rs.

import { ages, number, witness, written } from "./cell.ts";
import { type Column, folded, type Reader, values } from "./map.ts";
import { type Group, groupsOf, harmOf, newTally, type Tally } from "./people.ts";
import { plain, weigh, type When } from "./when.ts";

export interface Draft {
  /** REPORT.json. */
  report: Record<string, unknown>;
  /** A person must code or check something. */
  toCode: boolean;
  /** What: columns, or what does not fit together. */
  unread: string[];
}

/** A heading and the cell under it. */
export type Pair = readonly [heading: string, cell: string];

const UNKNOWN = { unanswered: "unknown" };

interface Found {
  event: Record<string, unknown>;
  place: string | null;
  acts: Map<string, string[]>;
  kinds: string[];
  from: string[];
  to: string[];
  officers: number | typeof UNKNOWN | null;
  tally: Tally;
  /** Columns a person must look at. */
  unread: string[];
}

const cellOf = (cells: Pair[], name: string | undefined): string | undefined =>
  cells.find(([heading]) => heading === name)?.[1];

export class Drafter {
  /** @param today days after this one have not happened */
  constructor(
    private readonly reader: Reader,
    private readonly today: string,
  ) {}

  draft(cells: Pair[]): Draft {
    const found: Found = {
      event: {}, place: null, acts: new Map(), kinds: [], from: [], to: [], officers: null, tally: newTally(), unread: [],
    };
    for (const column of this.reader.map.column) {
      const cell = this.reader.cell(cellOf(cells, column.name) ?? "");
      const understood =
        cell.says === "something" ? this.says(column, cell.text, cells, found) : cell.says === "nothing" || notKnown(column, found);
      if (!understood) found.unread.push(column.name);
    }
    this.travelled(found);
    return this.compose(found, cells);
  }

  /** Reads a cell that says something; whether all of it was understood. */
  private says(column: Column, text: string, cells: Pair[], found: Found): boolean {
    switch (column.reads) {
      case "sealed":
      case "source":
        return true;
      case "place":
        found.place = text;
        return true;
      case "date":
        return this.day(column, text, cells, found);
      case "terms":
        return this.terms(column, text, found);
      case "from":
      case "to":
      case "country":
      case "origin":
        return this.countries(column, text, found);
      case "flag":
        return this.flag(column, text, found);
      default:
        return numbers(column, text, found);
    }
  }

  private day(column: Column, text: string, cells: Pair[], found: Found): boolean {
    const published = written(text);
    if (!published) return false;
    const address = column.witness === undefined ? undefined : cellOf(cells, column.witness);
    const when = column.iso === true ? plain(published) : weigh(published, address === undefined ? null : witness(address));
    if (!when || when.to > this.today) return false;
    putDay(found.event, when);
    return !when.unsure;
  }

  private terms(column: Column, text: string, found: Found): boolean {
    const crosswalk = this.reader.crosswalks.get(column.crosswalk ?? "");
    if (!crosswalk) return false;
    let understood = true;
    for (const [value] of values(text, this.separator(column), (one) => crosswalk.has(folded(one)))) {
      const term = crosswalk.get(folded(value));
      understood &&= term !== undefined && term.review !== true;
      for (const act of term?.acts ?? []) add(found, act, term?.means ?? []);
      for (const kind of term?.accused ?? []) if (!found.kinds.includes(kind)) found.kinds.push(kind);
    }
    return understood;
  }

  private countries(column: Column, text: string, found: Found): boolean {
    let understood = true;
    for (const [name] of values(text, this.separator(column), (one) => this.reader.country(one) !== undefined)) {
      const code = this.reader.country(name);
      if (code !== undefined) placeCountry(column, code, found);
      else if (column.reads === "origin" && this.reader.cell(name).says === "unknown") found.tally.originUnknown = true;
      else understood = false;
    }
    return understood;
  }

  private flag(column: Column, text: string, found: Found): boolean {
    const flag = this.reader.flag(text);
    if (flag === true && column.people) found.tally.mentioned.push({ ...column.people });
    return flag !== null;
  }

  private separator(column: Column): string {
    return column.separator ?? this.reader.map.separator;
  }

  /** What the states on both sides stand for: the acts, the officers, the leg. */
  private travelled(found: Found): void {
    const { journey } = this.reader.map;
    if (!journey) return;
    add(found, journey.act, []);
    if (found.from.length > 1 || found.to.length > 1) add(found, journey.chain, []);
    const [[from], [to]] = [found.from, found.to];
    if (found.from.length === 1 && found.to.length === 1) found.event["legs"] = [{ from, to }];
    else found.unread.push("legs");
    if (found.from.length > 0) found.event["area"] = found.from.length === 1 ? from : "outside";
    for (const country of found.from) {
      const kind = journey.officers[country] ?? journey.officers_otherwise;
      if (!found.kinds.includes(kind)) found.kinds.push(kind);
    }
  }

  /** Who is said to be responsible, by kind; the number of officers belongs to them when there is one kind. */
  private accused({ kinds, officers }: Found): Group[] {
    return kinds.map((kind) => {
      if (officers === null || kinds.length > 1) return { kind };
      return typeof officers === "number" ? { kind, count: officers, count_basis: "CB-REC" } : { kind, count: officers };
    });
  }

  private compose(found: Found, cells: Pair[]): Draft {
    const people = groupsOf(found.tally, found.unread);
    const toCode = found.unread.length > 0 || found.acts.size === 0;
    const report: Record<string, unknown> = { ...this.reader.map.report };
    report["acts"] = [...found.acts].map(([code, means]) => (means.length === 0 ? { code } : { code, means }));
    for (const [field, list] of [["accused", this.accused(found)], ["people", people], ["harm", harmOf(found.tally)]] as const) {
      if (list.length > 0) report[field] = list;
    }
    report["event"] = "area" in found.event ? found.event : { ...found.event, area: UNKNOWN };
    if (toCode) report["to_code"] = true;
    report["account"] = account(this.reader.map.name, found, cells);
    return { report, toCode, unread: found.unread };
  }
}

/** Takes a cell that says "not known"; whether that is an answer to its question. */
function notKnown({ reads }: Column, found: Found): boolean {
  if (reads === "officers") found.officers = UNKNOWN;
  if (reads === "origin") found.tally.originUnknown = true;
  return reads !== "terms";
}

function add({ acts }: Found, code: string, means: string[]): void {
  const known = acts.get(code) ?? [];
  acts.set(code, [...known, ...means.filter((one) => !known.includes(one))]);
}

function placeCountry({ reads }: Column, code: string, found: Found): void {
  if (reads === "from") found.from.push(code);
  if (reads === "to") found.to.push(code);
  if (reads === "country") found.event["area"] = code;
  if (reads === "origin") found.tally.origins.push(code);
}

/** Reads a number of people, an age range or a grade. */
function numbers(column: Column, text: string, found: Found): boolean {
  if (column.reads === "ages") {
    found.tally.ages = ages(text);
    return found.tally.ages !== null;
  }
  const read = number(text);
  if (!read) return false;
  if (column.reads === "grade") return column.highest === undefined || read.certain <= column.highest;
  if (column.reads === "size") found.tally.size = read;
  else if (column.reads === "officers") found.officers = read.certain;
  else found.tally.numbers.set(column.reads, read.certain);
  if (column.act !== undefined && read.certain > 0) add(found, column.act, []);
  return read.exact;
}

function putDay(event: Record<string, unknown>, { from, to, precision }: When): void {
  Object.assign(event, { from, to, precision });
}

/** The whole row, sealed: first what a person must look at, then everything as published. */
function account(table: string, { unread, place }: Found, cells: Pair[]): Record<string, string> {
  const left = unread.map((column) => `to be coded: ${column}\n`);
  const published = cells.map(([heading, cell]) => `${heading}: ${cell}\n`);
  const narrative = [`${table}\n`, ...left, ...published].join("");
  return place === null ? { narrative } : { narrative, place };
}
