// A map: how the columns of a table become the fields of a report. The same document as config/import/*.toml, as TOML or JSON.

import { isObject } from "../strict.ts";

export const READINGS = [
  "sealed", "place", "source", "date", "from", "to", "country", "terms", "origin", "ages", "size", "flag", "officers",
  "dead", "missing", "dead-or-missing", "survivors", "women", "men", "children", "grade",
] as const;

/** How the cells of a column are read. */
export type Reading = (typeof READINGS)[number];

/** What a term of a source stands for. */
export interface Term {
  acts?: string[];
  means?: string[];
  /** Kinds of people said to be responsible. */
  accused?: string[];
  /** A person must look before the code is trusted. */
  review?: boolean;
}

export interface Column {
  name: string;
  reads: Reading;
  separator?: string;
  crosswalk?: string;
  /** Another column that may hold the same day in words. */
  witness?: string;
  /** Dates are written year-month-day throughout. */
  iso?: boolean;
  /** The people a set flag tells of. */
  people?: Record<string, unknown>;
  /** The act that a number above nought tells of. */
  act?: string;
  highest?: number;
}

export interface Journey {
  act: string;
  chain: string;
  officers: Record<string, string>;
  officers_otherwise: string;
}

export interface TableMap {
  version: 1;
  name: string;
  key: string[];
  countries: string;
  separator: string;
  absent: string[];
  unknown: string[];
  yes?: string[];
  not_filled?: string[];
  /** The fields every report of this table has, in the words of REPORT.json. */
  report: Record<string, unknown>;
  journey?: Journey;
  crosswalk?: Record<string, Record<string, Term>>;
  column: Column[];
}

export type Crosswalks = Map<string, Map<string, Term>>;

/** What maps lean on: names of countries, and the taxonomy's own crosswalks. */
export interface Ground {
  names: Record<string, string>;
  crosswalks: Record<string, ({ term: string } & Term)[]>;
}

export type Cell = { says: "nothing" } | { says: "unknown" } | { says: "something"; text: string };

export class NotAMap extends Error {}

/** Takes what a file says for a map, or refuses it. */
export function readMap(value: unknown): TableMap {
  const lists = ["key", "absent", "unknown", "column"];
  if (!isObject(value) || value["version"] !== 1 || typeof value["name"] !== "string") throw new NotAMap();
  if (lists.some((list) => !Array.isArray(value[list])) || !isObject(value["report"])) throw new NotAMap();
  const map = value as unknown as TableMap;
  const isColumn = ({ name, reads }: Column): boolean => typeof name === "string" && READINGS.includes(reads);
  if (map.key.length === 0 || !map.column.every((column) => isObject(column) && isColumn(column))) throw new NotAMap();
  return map;
}

/** Letters without case and with single spaces, so that two spellings of one term are one. */
export const folded = (text: string): string =>
  text.normalize("NFC").replaceAll("\u2019", "'").split(/\s+/u).filter((word) => word !== "").join(" ").toLowerCase();

/** A map with everything it leans on, ready to read cells. */
export class Reader {
  private readonly countries: Map<string, string>;
  readonly crosswalks: Crosswalks;

  constructor(
    readonly map: TableMap,
    ground: Ground,
  ) {
    this.countries = new Map(Object.entries(ground.names).map(([name, code]) => [folded(name), code]));
    const named = [...new Set(map.column.flatMap(({ crosswalk }) => crosswalk ?? []))];
    this.crosswalks = new Map(named.map((name) => [name, termsOf(map, name, ground)]));
  }

  cell(text: string): Cell {
    const told = text.trim();
    if (isOne(told, this.map.absent)) return { says: "nothing" };
    return isOne(told, this.map.unknown) ? { says: "unknown" } : { says: "something", text: told };
  }

  /** What a flag says: set, or nothing to be known; `null` when it is neither. */
  flag(text: string): boolean | null {
    if (isOne(text, this.map.yes ?? [])) return true;
    return isOne(text, this.map.not_filled ?? []) ? false : null;
  }

  /** The ISO alpha-2 code of a country's name. */
  country(name: string): string | undefined {
    return this.countries.get(folded(name));
  }
}

const isOne = (text: string, list: string[]): boolean => list.some((item) => folded(item) === folded(text));

function termsOf(map: TableMap, name: string, { crosswalks }: Ground): Map<string, Term> {
  const own = map.crosswalk?.[name];
  if (own) return new Map(Object.entries(own).map(([term, means]) => [folded(term), means]));
  return new Map((crosswalks[name] ?? []).map(({ term, ...means }) => [folded(term), means]));
}

/**
 * Cuts a cell into the longest known values; what is left over stands alone as unknown. A value may itself hold the
 * separator, so pieces are joined again as long as that gives a known one.
 */
export function values(cell: string, separator: string, known: (value: string) => boolean): [string, boolean][] {
  const pieces = cell.split(separator);
  const found: [string, boolean][] = [];
  for (let place = 0; place < pieces.length; ) {
    let taken = pieces.length - place;
    const joined = (): string => pieces.slice(place, place + taken).join(separator).trim();
    while (taken > 1 && !known(joined())) taken -= 1;
    if (joined() !== "") found.push([joined(), known(joined())]);
    place += taken;
  }
  return found;
}
