// A few plain choices are named sets of rows of consent (config/consent.toml).

import type { ConsentRow } from "../form/coding.ts";
import type { Tables } from "../form/tables.ts";

/** Nobody reads it but who has the digits. */
export const ALONE = "alone";
/** Rows that are none of the plain choices. */
export const OWN = "own";

/** Stands beside the others: those who answer may see how to reach the person. */
const CONTACT = "contact";

export type Consent = Tables["consent"];

export const same = (left: ConsentRow, right: ConsentRow): boolean =>
  left.purpose === right.purpose && left.recipient_kind === right.recipient_kind;

/** The plain choice these rows are, or `own` when they are none. */
export function choiceOf(rows: ConsentRow[], consent: Consent): string {
  const beside = [consent.keep, consent.statistics, ...contactRows(consent)];
  const asked = rows.filter((row) => !beside.some((one) => same(row, one)));
  if (!rows.some((row) => same(row, consent.keep))) return asked.length === 0 ? ALONE : OWN;
  const covers = (choice: ConsentRow[]): boolean =>
    choice.length === asked.length && choice.every((row) => asked.some((one) => equal(row, one)));
  return choicesOf(consent).find(({ rows: choice }) => covers(choice))?.code ?? OWN;
}

const equal = (left: ConsentRow, right: ConsentRow): boolean =>
  same(left, right) && [...left.parts].sort().join() === [...right.parts].sort().join();

/** The choices of which one is made. */
export const choicesOf = ({ choices }: Consent): Consent["choices"] => choices.filter(({ code }) => code !== CONTACT);

/** What letting those who answer see the contact adds. */
export const contactRows = ({ choices }: Consent): ConsentRow[] => choices.find(({ code }) => code === CONTACT)?.rows ?? [];

/** What is consented to by a choice; keeping and answering comes with every one but holding it alone. */
export function rowsOf(choice: string, own: ConsentRow[], consent: Consent, contact = false): ConsentRow[] {
  if (choice === ALONE) return [];
  const asked = choice === OWN ? own : (consent.choices.find(({ code }) => code === choice)?.rows ?? []);
  const beside = [consent.keep, consent.statistics, ...contactRows(consent)];
  const others = asked.filter((row) => !beside.some((one) => same(row, one)));
  return [consent.keep, ...others, ...(contact ? contactRows(consent) : [])];
}
