// Sealing and sending the rows of a table, one after the other. A row that was kept before is not kept twice: its id and its
// receipt are drawn from the journal, so the server knows it again.

import { utf8 } from "../bytes.ts";
import type { Directory } from "../directory.ts";
import type { Book } from "../form/book.ts";
import type { Coding } from "../form/coding.ts";
import { type Contents, type Parcel, receiptOf, sealReport } from "../form/parcel.ts";
import { draw } from "../form/plan.ts";
import { project } from "../form/projection.ts";
import { ofKey } from "../form/receipt.ts";
import type { Tables } from "../form/tables.ts";
import { Refused } from "../offline/answer.ts";
import type { Due } from "./dry.ts";
import { type Journal, reportOf } from "./journal.ts";
import type { Fault } from "./table.ts";

export interface Ground {
  directory: Directory;
  tables: Tables;
  book: Book;
  today: string;
  /** Whether the directory is past its last day, which is said before anything is sent. */
  stale: boolean;
}

/** The public listener, or what stands for it: `send` of the form. */
export type Send = (parcel: Parcel, directory: Directory) => Promise<unknown>;

/** What the server says of a report that it knows, or has destroyed since. */
const KNOWN = ["taken", "gone"];

export interface Tally {
  filed: number;
  already: number;
  toCode: number;
  faults: Fault[];
  /** The server or the network ended the run; what is left can be sent later with the same journal. */
  broken: boolean;
}

export const newTally = (): Tally => ({ filed: 0, already: 0, toCode: 0, faults: [], broken: false });

/** @param told after each row; when it gives back false, nothing more is sent */
export async function fileAll(
  due: Due[],
  journal: Journal,
  ground: Ground,
  send: Send,
  told: (tally: Tally) => boolean,
): Promise<Tally> {
  const tally = newTally();
  for (const row of due) {
    const end = journal.holds(row.name) ? "already" : await fileOne(row, journal, ground, send);
    if (end === "filed") {
      tally.filed += 1;
      if (row.draft.toCode) tally.toCode += 1;
    } else if (end === "already") tally.already += 1;
    else if (end === "broken") tally.broken = true;
    else tally.faults.push({ row: row.number, column: "", why: end });
    if (!told(tally) || tally.broken) break;
  }
  return tally;
}

type End = "filed" | "already" | "broken" | "sealing" | "refused";

async function fileOne(row: Due, journal: Journal, ground: Ground, send: Send): Promise<End> {
  const seed = journal.seed(row.name);
  const report = reportOf(seed);
  let parcel: Parcel;
  try {
    parcel = await seal(row, seed, report, ground);
  } catch {
    return "sealing";
  }
  const end = await sendOne(parcel, ground.directory, send);
  if (end === "filed" || end === "already") journal.keep(row.name, report);
  return end;
}

async function seal({ draft }: Due, seed: Uint8Array, report: string, ground: Ground): Promise<Parcel> {
  const { directory, tables, book, today } = ground;
  const { account, ...coded } = draft.report;
  const coding = coded as Coding;
  const plan = draw(project(coding, tables, today), directory, tables, book);
  const contents: Contents = new Map([
    ["coding", utf8(JSON.stringify(coding))],
    ["account", utf8(JSON.stringify(account))],
  ]);
  const receipt = await receiptOf(ofKey(seed));
  return sealReport(contents, { directory, plan, receipt, report, keepPurpose: tables.consent.keep.purpose });
}

/** Only a good acknowledgement of exactly this statement counts as kept; a row the server knows already is not kept twice. */
async function sendOne(parcel: Parcel, directory: Directory, send: Send): Promise<End> {
  try {
    await send(parcel, directory);
    return "filed";
  } catch (cause) {
    if (!(cause instanceof Refused)) return "broken";
    return KNOWN.includes(cause.code) ? "already" : "refused";
  }
}
