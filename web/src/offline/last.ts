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

export const remember = (last: Last): Promise<void> => close("last", NAME, last);
export const recallLast = (): Promise<Last | undefined> => disclose<Last>("last", NAME);
export const forgetLast = (): Promise<void> => remove("last", NAME);

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
