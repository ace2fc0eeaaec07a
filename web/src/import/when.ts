// When it happened, if day and month may have been swapped on the way. The twin of crates/cli/src/import/when.rs.

import type { Written } from "./cell.ts";

export interface When {
  /** First and last day it can have been, `YYYY-MM-DD`. */
  from: string;
  to: string;
  /** A code of the taxonomy's `date_precision`. */
  precision: "D-DAY" | "D-MONTH" | "D-YEAR" | "D-UNK";
  /** A person must look: the sources disagree, or nothing tells day from month. */
  unsure: boolean;
}

/**
 * Weighs the published date against a second witness, if there is one. Two numbers that can both be a month are only
 * trusted when something confirms them; otherwise the span that holds both readings is what is known.
 */
export function weigh(published: Written, witness: Written | null): When | null {
  const [straight, swapped, told] = [day(published), day(turned(published)), witness && day(witness)];
  if (told) {
    if (straight === told || swapped === told) return exactly(told);
    if (straight) return between(straight, told);
    return swapped ? exactly(swapped) : { ...exactly(told), unsure: true };
  }
  if (straight && (published.worded || published.month === published.day)) return exactly(straight);
  if (straight && swapped) return between(straight, swapped);
  const sure = straight ?? swapped;
  return sure ? exactly(sure) : null;
}

/** A date whose order of day and month is beyond doubt. */
export function plain(published: Written): When | null {
  const found = day(published);
  return found ? exactly(found) : null;
}

const turned = (written: Written): Written => ({ ...written, month: written.day, day: written.month });

function day({ year, month, day }: Written): string | null {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  const exists = month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : null;
}

const exactly = (day: string): When => ({ from: day, to: day, precision: "D-DAY", unsure: false });

function between(one: string, other: string): When {
  const [from = "", to = ""] = [one, other].sort();
  const span = from.slice(0, 7) === to.slice(0, 7) ? "D-MONTH" : "D-YEAR";
  return { from, to, precision: from.slice(0, 4) === to.slice(0, 4) ? span : "D-UNK", unsure: true };
}
