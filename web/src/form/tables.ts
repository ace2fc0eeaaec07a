// The country as data: what `GET /api/v1/tables` says. The projection runs on it and on nothing else.

import type { ConsentRow } from "./coding.ts";

export interface Clause {
  acts?: string[];
  categories?: string[];
  flags?: string[];
  vulnerability?: string[];
  age_band?: string[];
  harm?: string[];
  needs?: string[];
  accused?: string[];
  urgency?: string[];
  danger?: boolean;
  reprisal?: boolean;
  within?: string;
}

export interface Term {
  danger?: boolean;
  import?: boolean;
  vague?: boolean;
  span?: string;
  within?: string;
}

export interface Cell {
  purpose: string;
  recipient_kind: string;
  leave: "general" | "explicit" | "facets" | "aggregate";
  parts: string[];
  double_warning: boolean;
}

export interface Tables {
  version: 1;
  taxonomy: string;
  acts: Record<string, { category: string; clock: string; severity: number; flags: string[] }>;
  lists: Record<string, Record<string, Term>>;
  areas: Record<string, { tier: number; tier_2: string | null }>;
  facilities: Record<
    string,
    { municipality: string; operators: { institution: string; from: string | null; to: string | null }[] }
  >;
  crossings: Record<string, string>;
  /** ISO alpha-2 → alpha-3. */
  countries: Record<string, string>;
  consent: {
    keep: ConsentRow;
    statistics: ConsentRow;
    choices: { code: string; rows: ConsentRow[] }[];
    matrix: Cell[];
  };
  triage: {
    danger: string;
    late: string;
    standard: { rule: string; key: string };
    rules: { id: string; reason: string; clock: string; any: Clause[] }[];
    urgency: { code: string; protected: boolean; any: Clause[] }[];
  };
  projection: {
    unknown: Record<string, string>;
    refused: Record<string, string>;
    other: Record<string, string>;
    mixed: Record<string, string>;
    protected: Record<string, string[]>;
    smallest: number;
    sizes: { code: string; from: number }[];
  };
}

export const term = (tables: Tables, list: string, code: string): Term | undefined => tables.lists[list]?.[code];

/** ISO alpha-3 becomes alpha-2; everything else stays. */
export const alpha2 = (tables: Tables, code: string): string =>
  Object.entries(tables.countries).find(([, three]) => three === code)?.[0] ?? code;

/** Whether an area is one facets may carry. */
export const knowsArea = (tables: Tables, area: string): boolean =>
  Object.hasOwn(tables.areas, area) || Object.hasOwn(tables.countries, area) || ["outside", "UNKNOWN"].includes(area);
