// The people a row tells of, as groups that add up, and what it did to them. The twin of crates/cli/src/import/people.rs.

import type { Count } from "./cell.ts";
import type { Reading } from "./map.ts";

type Kind = Extract<Reading, "dead" | "missing" | "dead-or-missing" | "survivors" | "women" | "men" | "children">;
export type Group = Record<string, unknown>;

/** What the cells of a row say about people. */
export interface Tally {
  size: Count | null;
  ages: [number, number] | null;
  origins: string[];
  originUnknown: boolean;
  /** Kinds of people who were there, without a number. */
  mentioned: Group[];
  numbers: Map<Reading, number>;
}

export const newTally = (): Tally =>
  ({ size: null, ages: null, origins: [], originUnknown: false, mentioned: [], numbers: new Map() });

/** Groups with a number add up to everybody; groups without one only say that such people were there. */
export function groupsOf(tally: Tally, unread: string[]): Group[] {
  let groups = counted(tally, unread);
  const [origin] = tally.origins;
  if (tally.origins.length === 1 && !tally.originUnknown && groups.length > 0) {
    groups = groups.map((group) => ({ ...group, origin }));
  } else {
    groups.push(...tally.origins.map((one) => ({ origin: one })));
  }
  placeAges(tally, groups, unread);
  return [...groups, ...tally.mentioned].filter((group) => Object.keys(group).length > 0);
}

function placeAges({ ages, size }: Tally, groups: Group[], unread: string[]): void {
  if (!ages) return;
  const age_band = band(ages);
  const [whole] = groups;
  if (age_band === null) unread.push("ages of several bands");
  else if (whole && size) whole["age_band"] = age_band;
  else groups.push({ age_band });
}

/** Oldest age of each band, from the youngest on; a range is coded only inside one. */
const BANDS: [string, number, number][] = [
  ["AG-00-04", 0, 4],
  ["AG-05-11", 5, 11],
  ["AG-12-14", 12, 14],
  ["AG-15-17", 15, 17],
  ["AG-CHILD", 0, 17],
  ["AG-18-59", 18, 59],
  ["AG-60", 60, Infinity],
  ["AG-ADULT", 18, Infinity],
];

export const band = ([young, old]: [number, number]): string | null =>
  BANDS.find(([, from, to]) => young >= from && old <= to)?.[0] ?? null;

function counted(tally: Tally, unread: string[]): Group[] {
  if (tally.size) return [{ count_basis: tally.size.exact ? "CB-REC" : "CB-EST", count: tally.size.certain }];
  const number = (kind: Kind): number | undefined => tally.numbers.get(kind);
  const [dead, missing, both] = [number("dead"), number("missing"), number("dead-or-missing")];
  const total = dead !== undefined && missing !== undefined ? dead + missing : both;
  if (total === undefined || total === 0) return [];
  if (both !== undefined && both !== total) unread.push("numbers that do not add up");
  const groups = byGender(total, number("women") ?? 0, number("men") ?? 0, unread);
  return withChildren(groups, total, number("children") ?? 0, unread);
}

/** Women, men and the rest; one group when the numbers contradict the total. */
function byGender(total: number, women: number, men: number, unread: string[]): Group[] {
  if (women + men > total) {
    unread.push("more women and men than people");
    return [{ count_basis: "CB-REC", count: total }];
  }
  const parts: [number, Group][] = [[women, { gender: "G-F" }], [men, { gender: "G-M" }], [total - women - men, {}]];
  return parts.filter(([count]) => count > 0).map(([count, group]) => ({ count_basis: "CB-REC", count, ...group }));
}

/** Children among the groups: told apart where the numbers allow it, mentioned where they do not. */
function withChildren(groups: Group[], total: number, children: number, unread: string[]): Group[] {
  const age_band = "AG-CHILD";
  if (children === 0) return groups;
  if (children > total) {
    unread.push("more children than people");
    return groups;
  }
  if (children === total) return groups.map((group) => ({ ...group, age_band }));
  const [only] = groups;
  if (groups.length === 1 && only) return [{ ...only, count: total - children }, { ...only, count: children, age_band }];
  unread.push("children among women and men");
  return [...groups, { age_band }];
}

const HARM: [Kind, string][] = [["dead", "HM-DEATH"], ["missing", "HM-MISSING"], ["survivors", "HM-SURVIVED"]];

/** What it did to people. */
export const harmOf = ({ numbers }: Tally): Group[] =>
  HARM.flatMap(([kind, code]) => {
    const count = numbers.get(kind) ?? 0;
    return count > 0 ? [{ kind: code, count, count_basis: "CB-REC" }] : [];
  });
