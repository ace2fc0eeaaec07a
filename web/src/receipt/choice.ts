// A few plain choices are named sets of rows of consent (config/consent.toml).

import type { ConsentRow } from "../form/coding.ts";
import type { Tables } from "../form/tables.ts";

/** Nobody reads it but who has the digits. */
export const ALONE = "alone";
/** Rows that are none of the plain choices. */
export const OWN = "own";

export type Consent = Tables["consent"];

export const same = (left: ConsentRow, right: ConsentRow): boolean =>
  left.purpose === right.purpose && left.recipient_kind === right.recipient_kind;

/** The plain choice these rows are, or `own` when they are none. */
export function choiceOf(rows: ConsentRow[], consent: Consent): string {
  const asked = rows.filter((row) => !same(row, consent.keep) && !same(row, consent.statistics));
  if (!rows.some((row) => same(row, consent.keep))) return asked.length === 0 ? ALONE : OWN;
  const covers = (choice: ConsentRow[]): boolean =>
    choice.length === asked.length && choice.every((row) => asked.some((one) => equal(row, one)));
  return consent.choices.find(({ rows: choice }) => covers(choice))?.code ?? OWN;
}

const equal = (left: ConsentRow, right: ConsentRow): boolean =>
  same(left, right) && [...left.parts].sort().join() === [...right.parts].sort().join();

/** What is consented to by a choice; keeping and answering comes with every one but holding it alone. */
export function rowsOf(choice: string, own: ConsentRow[], consent: Consent): ConsentRow[] {
  if (choice === ALONE) return [];
  const asked = choice === OWN ? own : (consent.choices.find(({ code }) => code === choice)?.rows ?? []);
  return [consent.keep, ...asked.filter((row) => !same(row, consent.keep) && !same(row, consent.statistics))];
}
