// What an institution does with a report: each act is one signed statement in one envelope.

import { utf8 } from "./bytes.ts";
import { type Directory, Eligible } from "./directory.ts";
import { writeEnvelope } from "./envelope.ts";
import { sha256 } from "./hash.ts";
import type { Account, Keys, OpenedPart } from "./opening.ts";
import { makeGrant, makePart, type Reader, type Receipt, type SealedGrant, type SealedPart } from "./sealing.ts";
import { publicKey, sign, type Statement } from "./statement.ts";

export interface Desk {
  directory: Directory;
  account: Account;
  keys: Keys;
}

export interface Referral {
  to: string;
  purpose: string;
  /** Code of the hazard that the person accepted, where there is one. */
  hazard: string;
  /** `vital-interest`, where it is not consent. */
  basis: string;
  parts: Map<string, OpenedPart>;
  /** Until when they answer. */
  due: string;
  /** Written afresh for them. */
  note: Words | undefined;
}

/** Words of ours, and the number the part takes that carries them. */
export interface Words {
  number: number;
  words: string;
}

export type Detail = Record<string, string>;

interface Sealed {
  parts: SealedPart[];
  grants: SealedGrant[];
}

const NOTHING: Sealed = { parts: [], grants: [] };
export const KEEP = "C-KEEP";

/** Grants of parts we hold, sealed on. Whom the signed facets shut out cannot be named here. */
export async function refer(desk: Desk, referral: Referral): Promise<Uint8Array> {
  const { to, purpose, hazard, basis, due, note } = referral;
  const reader: Reader = { to: eligible(desk, to), purpose, when: "now" };
  const sealed = await sealedOn(desk, reader, referral.parts, note);
  const told = Object.entries({ to, purpose, basis, hazard, due }).filter(([, value]) => value !== "");
  return envelope(desk, "refer", Object.fromEntries(told), sealed);
}

/** The whole report goes to another lead: everything the reporter agreed to have kept, and what was done so far. */
export async function handOver(desk: Desk, to: string, parts: Map<string, OpenedPart>, note: Words): Promise<Uint8Array> {
  const reader: Reader = { to: eligible(desk, to), purpose: KEEP, when: "now" };
  return envelope(desk, "hand-over", { to }, await sealedOn(desk, reader, parts, note));
}

/** Grants of parts we hold, and a note that is written for this reader and kept by us. */
async function sealedOn(desk: Desk, reader: Reader, parts: Map<string, OpenedPart>, note?: Words): Promise<Sealed> {
  const sealed: Sealed = note ? await written(desk, `note/${note.number}`, note.words, [ourselves(desk)]) : { parts: [], grants: [] };
  for (const { line, identity } of sealed.parts) {
    sealed.grants.push(await makeGrant(desk.account.report, line.part, identity, reader));
  }
  for (const [part, opened] of parts) {
    sealed.grants.push(await makeGrant(desk.account.report, part, opened.identity, reader));
  }
  return sealed;
}

/** A corrected coding, which the receipt opens too, with the facets that follow from it. */
export async function code(desk: Desk, { number, words }: Words, facets: string): Promise<Uint8Array> {
  const receipt: Receipt = { code: "receipt", recipient: desk.account.receipt };
  return envelope(desk, "code", {}, await written(desk, `coding/${number}`, words, [receipt, ourselves(desk)]), facets);
}

/** A message that the receipt opens; we keep a copy we can open too. */
export async function message(desk: Desk, act: "reply" | "answer", number: number, words: string, detail: Detail) {
  const receipt: Receipt = { code: "receipt", recipient: desk.account.receipt };
  return envelope(desk, act, detail, await written(desk, `message/${number}`, words, [receipt, ourselves(desk)]));
}

export async function note(desk: Desk, number: number, words: string): Promise<Uint8Array> {
  return envelope(desk, "note", {}, await written(desk, `note/${number}`, words, [ourselves(desk)]));
}

/** An act without parts: verify, close, reopen, hand-over. */
export const plain = (desk: Desk, act: string, detail: Detail): Uint8Array => envelope(desk, act, detail, NOTHING);

async function written(desk: Desk, part: string, words: string, to: Reader["to"][]): Promise<Sealed> {
  const { report, receipt } = desk.account;
  const made = await makePart({ report, part, signer: publicKey(desk.keys.signing), receipt }, utf8(words));
  const grants = [];
  for (const one of to) grants.push(await makeGrant(report, part, made.identity, { to: one, purpose: KEEP, when: "now" }));
  return { parts: [made], grants };
}

const eligible = (desk: Desk, code: string): Eligible => Eligible.of(desk.directory, desk.account.shutOut, code);
const ourselves = (desk: Desk): Eligible => eligible(desk, desk.keys.institution);

function envelope(desk: Desk, act: string, detail: Detail, sealed: Sealed, facets: string | null = null): Uint8Array {
  const { directory, account, keys } = desk;
  const signer = publicKey(keys.signing);
  const statement: Statement = {
    version: 1,
    act,
    report: account.report,
    sequence: account.nextSequence(signer),
    first: account.first,
    from: keys.institution,
    signer,
    directory: directory.version,
    registry: directory.registry,
    taxonomy: directory.taxonomy,
    ...(facets === null ? {} : { facets: sha256(utf8(facets)) }),
    parts: sealed.parts.map(({ line }) => line),
    grants: sealed.grants.map(({ line }) => line),
    detail,
  };
  const files = [...sealed.parts, ...sealed.grants].map(({ file }) => file);
  return writeEnvelope(sign(keys.signing, statement), facets, files);
}
