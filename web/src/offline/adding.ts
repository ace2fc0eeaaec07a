// Adding files to the report just sealed: its own signing key states them, its own readers get them.

import { writeEnvelope } from "../envelope.ts";
import { makeGrant, type SealedGrant } from "../sealing.ts";
import { publicKey, sign, type Statement } from "../statement.ts";
import { sealFile } from "./files.ts";
import { type Last, readersOf, remember } from "./last.ts";
import { type SealedUpload, wait } from "./reports.ts";
import type { Progress, SealedFile } from "./stream.ts";

/** Seals the files, untouched, and lets them wait behind their report. Nothing is kept when one of them cannot be sealed. */
export async function addFiles(files: readonly Blob[], last: Last, day: string, told: Progress): Promise<void> {
  const sealed: SealedFile[] = [];
  for (const [at, file] of files.entries()) {
    const part = `evidence/${last.evidence + at}`;
    const place = { report: last.report, part, signer: publicKey(last.signing), receipt: last.receipt };
    sealed.push(await sealFile(place, file, (done) => told((at + done) / files.length)));
  }
  await wait(await envelopeOf(sealed, last), day);
  await remember({ ...last, sequence: last.sequence + 1, evidence: last.evidence + files.length }, day);
}

async function envelopeOf(sealed: SealedFile[], last: Last): Promise<{ report: string; envelope: Uint8Array; uploads: SealedUpload[] }> {
  const grants: SealedGrant[] = [];
  for (const { line, identity } of sealed) {
    for (const reader of readersOf(last)) grants.push(await makeGrant(last.report, line.part, identity, reader));
  }
  const { report, first, sequence, directory, registry, taxonomy } = last;
  const statement: Statement = {
    version: 1,
    act: "add",
    report,
    sequence,
    first,
    from: "reporter",
    signer: publicKey(last.signing),
    directory,
    registry,
    taxonomy,
    parts: sealed.map(({ line }) => line),
    grants: grants.map(({ line }) => line),
    detail: {},
  };
  const envelope = writeEnvelope(sign(last.signing, statement), null, grants.map(({ file }) => file));
  return { report, envelope, uploads: sealed.map(({ line, blob }) => ({ ...line, blob })) };
}
