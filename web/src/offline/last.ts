// What lets a file be added to the report just sealed: the reporter's signing key of that one report, under the key the
// page can forget. It adds; it opens nothing, and the server shows nothing for it.

import { Eligible } from "../directory.ts";
import type { Reader } from "../sealing.ts";
import { hashOf, type Signed, type Statement } from "../statement.ts";
import { close, disclose } from "./drafts.ts";
import { remove } from "./storage.ts";

const NAME = "last";

/** Who reads what is added: the readers of the report's own evidence, as it was sealed. */
export interface LastReader {
  code: string;
  recipient: string;
  purpose: string;
  when: "now" | "if-silent";
}

export interface Last {
  report: string;
  /** Seed of the reporter's Ed25519 key, hexadecimal. */
  signing: string;
  /** Hash of the first statement. */
  first: string;
  /** The number of the reporter's next statement. */
  sequence: number;
  /** The number of the next evidence. */
  evidence: number;
  /** The receipt's recipient: the reporter can open what is added. */
  receipt: string;
  directory: number;
  registry: string;
  taxonomy: string;
  readers: LastReader[];
}

/** Kept for the UTC day it was sealed on and the next: then this phone no longer knows that it ever sealed something. */
const DAYS = 1;
const DAY_MILLISECONDS = 86_400_000;

interface Remembered {
  last: Last;
  day: string;
}

export const remember = (last: Last, day: string): Promise<void> => close("last", NAME, { last, day } satisfies Remembered);

export async function recallLast(today: string): Promise<Last | undefined> {
  const found = await disclose<Remembered>("last", NAME);
  if (!found) return undefined;
  const age = (Date.parse(today) - Date.parse(found.day)) / DAY_MILLISECONDS;
  if (age >= 0 && age <= DAYS) return found.last;
  await remove("last", NAME);
  return undefined;
}

/** Readers for sealing. The server holds each against the directory of then and of now, and withholds what became wrong. */
export function readersOf({ receipt, readers }: Last): Reader[] {
  const own: Reader = { to: { code: "receipt", recipient: receipt }, purpose: "C-KEEP", when: "now" };
  return [own, ...readers.map(({ code, recipient, purpose, when }) => ({ to: Eligible.before(code, recipient), purpose, when }))];
}

/** What a sealed report leaves behind for adding to it. */
export function lastOf(signed: Signed, signing: string, readers: LastReader[]): Last {
  const body = JSON.parse(signed.statement) as Statement;
  const numbers = body.parts.flatMap(({ part }) => Number(/^evidence\/([0-9]+)$/.exec(part)?.[1] ?? 0));
  return {
    report: body.report,
    signing,
    first: hashOf(signed),
    sequence: body.sequence + 1,
    evidence: Math.max(0, ...numbers) + 1,
    receipt: body.receipt ?? "",
    directory: body.directory,
    registry: body.registry,
    taxonomy: body.taxonomy,
    readers,
  };
}
