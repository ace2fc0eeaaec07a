// Making parts and grants. A part has its own fresh identity; nothing large is sealed twice.

import { utf8 } from "./bytes.ts";
import type { Eligible } from "./directory.ts";
import { type Place, writeFrame } from "./frame.ts";
import { sealGrant } from "./grant.ts";
import { sha256 } from "./hash.ts";
import { newIdentity, recipientOf, seal } from "./sealed.ts";
import type { GrantLine, PartLine } from "./statement.ts";

/** The reporter's receipt: never in a closure. */
export interface Receipt {
  code: "receipt";
  recipient: string;
}

export interface Reader {
  to: Eligible | Receipt;
  purpose: string;
  when: "now" | "if-silent";
}

export interface SealedPart {
  line: PartLine;
  file: Uint8Array;
  identity: string;
}

export interface SealedGrant {
  line: GrantLine;
  file: Uint8Array;
}

export async function makePart(place: Place, content: Uint8Array): Promise<SealedPart> {
  const identity = await newIdentity();
  const file = await seal(await recipientOf(identity), writeFrame(place, content));
  return { line: { part: place.part, sha256: sha256(file), size: file.length }, file, identity };
}

export async function makeGrant(report: string, part: string, identity: string, reader: Reader): Promise<SealedGrant> {
  const { to, purpose, when } = reader;
  const file = await sealGrant(to.recipient, { report, part, recipient: to.code, purpose }, identity);
  const key = sha256(utf8(to.recipient));
  return { line: { part, to: to.code, key, purpose, when, sha256: sha256(file) }, file };
}
