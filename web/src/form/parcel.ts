// Sealing a report: every part under its own key, every key to its readers, one signed statement over all of it.

import { utf8 } from "../bytes.ts";
import type { Directory } from "../directory.ts";
import { writeEnvelope } from "../envelope.ts";
import { sha256 } from "../hash.ts";
import { readVerifierKey } from "../note.ts";
import { checkAcknowledgement } from "../offline/acknowledgement.ts";
import { ask, refusedBy } from "../offline/answer.ts";
import { sealFile } from "../offline/files.ts";
import { knock } from "../offline/door.ts";
import type { Place } from "../frame.ts";
import type { SealedUpload } from "../offline/reports.ts";
import type { SealedFile } from "../offline/stream.ts";
import { kindOf } from "../part.ts";
import { Refusal } from "../refusal.ts";
import { recipientOf } from "../sealed.ts";
import { makeGrant, makePart, type SealedGrant, type SealedPart } from "../sealing.ts";
import { hashOf, publicKey, sign, type Signed, type Statement } from "../statement.ts";
import type { Plan } from "./plan.ts";
import { writeFacets } from "./projection.ts";
import { lookupHash, type Stretched } from "./receipt.ts";

/** What a report holds before it is sealed: part → content. */
export type Contents = Map<string, Uint8Array>;

export interface Parcel {
  report: string;
  signed: Signed;
  envelope: Uint8Array;
  /** Files, sealed: they travel before the envelope. */
  uploads: SealedUpload[];
}

/** The receipt's keys with their public halves. */
export interface Receipt {
  keys: Stretched;
  recipient: string;
  signer: string;
}

export const receiptOf = async (keys: Stretched): Promise<Receipt> => ({
  keys,
  recipient: await recipientOf(keys.identity),
  signer: publicKey(keys.signing),
});

export interface Ground {
  directory: Directory;
  plan: Plan;
  receipt: Receipt;
  /** 32 hex digits. */
  report: string;
  keepPurpose: string;
}

/** Files of a report, and who hears how far their sealing is (0 to 1). */
export interface Attached {
  files: readonly Blob[];
  told: (done: number) => void;
}

const NONE: Attached = { files: [], told: () => undefined };

/** Seals everything or throws; there is no other way out of here. */
export async function sealReport(contents: Contents, ground: Ground, attached = NONE): Promise<Parcel> {
  const { directory, plan, receipt, report } = ground;
  if (plan.facets.taxonomy !== directory.taxonomy) throw new Refusal("tables-stale");
  const place = { report, signer: receipt.signer, receipt: receipt.recipient };
  const parts: SealedPart[] = [];
  const grants: SealedGrant[] = [];
  for (const [part, content] of contents) {
    const sealed = await makePart({ ...place, part }, content);
    parts.push(sealed);
    grants.push(...(await grantsOf(sealed, ground)));
  }
  const evidence = await sealFiles(place, attached);
  for (const sealed of evidence) grants.push(...(await grantsOf(sealed, ground)));
  const facets = writeFacets(plan.facets);
  const statement: Statement = {
    version: 1,
    act: "file",
    report,
    sequence: 0,
    first: null,
    from: "reporter",
    signer: receipt.signer,
    directory: directory.version,
    registry: directory.registry,
    taxonomy: directory.taxonomy,
    facets: sha256(utf8(facets)),
    receipt: receipt.recipient,
    lookup: lookupHash(receipt.keys),
    parts: [...parts, ...evidence].map((part) => part.line),
    grants: grants.map((grant) => grant.line),
    detail: {},
  };
  const signed = sign(receipt.keys.signing, statement);
  const files = [...parts, ...grants].map((sealed) => sealed.file);
  const uploads = evidence.map(({ line, blob }) => ({ ...line, blob }));
  return { report, signed, envelope: writeEnvelope(signed, facets, files), uploads };
}

/** Each file as it is, in a worker of its own: loaded only where there are files. */
async function sealFiles(place: Omit<Place, "part">, { files, told }: Attached): Promise<SealedFile[]> {
  if (files.length === 0) return [];
  const sealed: SealedFile[] = [];
  for (const [at, file] of files.entries()) {
    const part = `evidence/${at + 1}`;
    sealed.push(await sealFile({ ...place, part }, file, (done) => told((at + done) / files.length)));
  }
  return sealed;
}

/** The receipt opens every part; each reader only the kinds it was planned for. */
async function grantsOf({ line, identity }: Pick<SealedPart, "line" | "identity">, ground: Ground): Promise<SealedGrant[]> {
  const { plan, receipt, report, keepPurpose } = ground;
  const own = { code: "receipt", recipient: receipt.recipient } as const;
  const grants = [await makeGrant(report, line.part, identity, { to: own, purpose: keepPurpose, when: "now" })];
  for (const { to, when, reads } of plan.readers) {
    const purpose = reads.get(kindOf(line.part));
    if (purpose !== undefined) grants.push(await makeGrant(report, line.part, identity, { to, purpose, when }));
  }
  return grants;
}

/** Kept, with the server's signature over exactly this statement. Gives who may not receive it by now. */
export async function send(parcel: Parcel, directory: Directory): Promise<string[]> {
  const answer = await knock(ask, parcel.envelope);
  if (!answer.ok) throw await refusedBy(answer);
  const { acknowledgement, withheld = [] } = (await answer.json()) as { acknowledgement: string; withheld?: string[] };
  checkAcknowledgement(acknowledgement, readVerifierKey(directory.server), parcel.report, hashOf(parcel.signed));
  return withheld;
}
