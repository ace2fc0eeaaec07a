// What a reporter does with the digits: each act is one signed statement in one envelope (docs/formats.md).

import { utf8 } from "../bytes.ts";
import { Eligible } from "../directory.ts";
import { writeEnvelope } from "../envelope.ts";
import { sha256 } from "../hash.ts";
import type { Book } from "../form/book.ts";
import type { ConsentRow } from "../form/coding.ts";
import { draw, type PlannedReader } from "../form/plan.ts";
import { type Facets, project, writeFacets } from "../form/projection.ts";
import type { Tables } from "../form/tables.ts";
import type { Place } from "../frame.ts";
import type { SealedFile } from "../offline/files.ts";
import { kindOf } from "../part.ts";
import { makeGrant, makePart, type Reader, type SealedGrant, type SealedPart } from "../sealing.ts";
import { sign, type Statement } from "../statement.ts";
import type { Visit } from "./visit.ts";

/** The country as the server tells it: what readers and facets follow from. */
export interface Country {
  tables: Tables;
  book: Book;
}

export interface Wish {
  /** What may be done with the report from now on; empty: it is held for the digits alone. */
  rows: ConsentRow[];
  counted: boolean;
  /** An institution the person asks for by name, or nothing. */
  named: string;
}

/** How files are sealed and sent ahead. */
export interface Way {
  seal(place: Place, file: Blob): Promise<SealedFile>;
  /** Gives the upload's id. */
  upload(sealed: Blob): Promise<string>;
}

interface Said {
  act: "add" | "consent" | "withdraw" | "undo";
  facets?: string;
  detail?: Record<string, string>;
  parts?: SealedPart[];
  grants?: SealedGrant[];
  uploads?: Record<string, string>;
}

/** What a person adds; what is empty adds nothing. */
export interface Addition {
  message?: string;
  /** What happened, where the report was filed without it: an interview may follow. */
  account?: string;
  files?: Blob[];
}

/** For everybody who reads the report now. Files travel before the envelope that names them. */
export async function add(visit: Visit, country: Country, added: Addition, way: Way): Promise<Uint8Array> {
  const { message = "", account = "", files = [] } = added;
  const { signer, recipient } = visit.receipt;
  const place = (part: string): Place => ({ report: visit.thread.report, part, signer, receipt: recipient });
  const [parts, uploads]: [SealedPart[], Record<string, string>] = [[], {}];
  if (account.trim() !== "") parts.push(await makePart(place("account"), utf8(JSON.stringify({ narrative: account }))));
  if (message.trim() !== "") parts.push(await makePart(place(`message/${visit.next("message")}`), utf8(message)));
  for (const [at, file] of files.entries()) {
    const { line, identity, blob } = await way.seal(place(`evidence/${visit.next("evidence") + at}`), file);
    uploads[line.part] = await way.upload(blob);
    parts.push({ line, identity, file: new Uint8Array() });
  }
  const readers = readersNow(visit, country);
  const grants: SealedGrant[] = [];
  for (const { line, identity } of parts) {
    for (const reader of [receipt(visit, country), ...readers.flatMap((one) => reading(one, line.part))]) {
      grants.push(await makeGrant(visit.thread.report, line.part, identity, reader));
    }
  }
  return envelope(visit, { act: "add", parts, grants, uploads });
}

/**
 * Another consent from now on. The facets are projected again from the newest coding, as of the day of filing: what
 * consent decides changes, nothing else does. Who is to read now and could not before gets the keys of what is kept.
 */
export async function consent(visit: Visit, country: Country, wish: Wish): Promise<Uint8Array> {
  const { tables, book } = country;
  const coding = { ...(await visit.coding()), consent: wish.rows, statistics: wish.counted };
  const facets = project(coding, tables, visit.thread.filed);
  const plan = draw(facets, visit.directory, tables, book);
  const grants: SealedGrant[] = [];
  for (const { part, from } of visit.thread.parts) {
    if (from !== "reporter") continue;
    const missing = able(visit, plan.readers).flatMap((one) => reading(one, part)).filter((one) => !reads(visit, part, one));
    const identity = missing.length === 0 ? "" : await visit.identityOf(part);
    for (const reader of missing) grants.push(await makeGrant(visit.thread.report, part, identity, reader));
  }
  const detail: Record<string, string> = wish.named === "" ? {} : { to: wish.named };
  return envelope(visit, { act: "consent", facets: writeFacets(facets), grants, detail });
}

export const withdraw = (visit: Visit): Uint8Array => envelope(visit, { act: "withdraw" });
export const undo = (visit: Visit): Uint8Array => envelope(visit, { act: "undo" });

/** Lead and alternate; whoever of them reads already reads what is added at once. */
function readersNow(visit: Visit, { tables, book }: Country): PlannedReader[] {
  const { readers } = draw(JSON.parse(visit.account.facetsText) as Facets, visit.directory, tables, book);
  const live = new Set(visit.thread.readers.filter(({ state }) => state === "live").map(({ institution }) => institution));
  return able(visit, readers).map((one) => (live.has(one.to.code) ? { ...one, when: "now" as const } : one));
}

/** Nobody whom any facets ever signed shut out: an accusation, once made, is not unmade by coding it away. */
const able = (visit: Visit, readers: PlannedReader[]): PlannedReader[] =>
  readers.filter(({ to }) => !visit.account.shutOut.has(to.code));

function reading({ to, when, reads: kinds }: PlannedReader, part: string): Reader[] {
  const purpose = kinds.get(kindOf(part));
  return purpose === undefined ? [] : [{ to, purpose, when }];
}

/** Whether this reader has this part for this purpose already, or will when the lead is silent. */
const reads = (visit: Visit, part: string, { to, purpose }: Reader): boolean =>
  visit.thread.readers.some(
    (one) =>
      one.institution === to.code && one.purpose === purpose && one.parts.includes(part) && /^(live|held)$/.test(one.state),
  );

const receipt = (visit: Visit, { tables }: Country): Reader => ({
  to: { code: "receipt", recipient: visit.receipt.recipient },
  purpose: tables.consent.keep.purpose,
  when: "now",
});

/** Whom the person may ask for by name: everybody on the system whom nothing shuts out. */
export function namable(visit: Visit): Eligible[] {
  const { directory, account } = visit;
  const codes = [...directory.institutions.keys()].filter((code) => !account.shutOut.has(code)).sort();
  return codes.map((code) => Eligible.of(directory, account.shutOut, code));
}

function envelope(visit: Visit, said: Said): Uint8Array {
  const { directory, account } = visit;
  const { keys, signer } = visit.receipt;
  const { parts = [], grants = [] } = said;
  const statement: Statement = {
    version: 1,
    act: said.act,
    report: account.report,
    sequence: account.nextSequence(signer),
    first: account.first,
    from: "reporter",
    signer,
    directory: directory.version,
    registry: directory.registry,
    taxonomy: directory.taxonomy,
    ...(said.facets === undefined ? {} : { facets: sha256(utf8(said.facets)) }),
    parts: parts.map(({ line }) => line),
    grants: grants.map(({ line }) => line),
    detail: said.detail ?? {},
  };
  const files = [...parts, ...grants].map(({ file }) => file);
  return writeEnvelope(sign(keys.signing, statement), said.facets ?? null, files, said.uploads);
}
