// How statements travel: a JSON head, then sealed files end to end.

import { join, text, utf8 } from "./bytes.ts";
import type { Signed } from "./statement.ts";
import { Refusal } from "./refusal.ts";
import { isObject, readObject, readText } from "./strict.ts";

const MAGIC = utf8("putokaz1");
export const CONTENT_TYPE = "application/vnd.putokaz.envelope";

export interface Envelope extends Signed {
  facets: string | null;
  uploads: Record<string, string>;
  /** Parts in the statement's order (those not uploaded before), then grants in the statement's order. */
  files: Uint8Array;
}

export function writeEnvelope(
  signed: Signed,
  facets: string | null,
  files: Uint8Array[],
  uploads: Record<string, string> = {},
): Uint8Array {
  const { statement, signature } = signed;
  const head = utf8(JSON.stringify({ statement, signature, facets, uploads }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, head.length, false);
  return join(MAGIC, length, head, ...files);
}

/** The same envelope, naming where its large parts were uploaded: which is known only when they were. */
export function nameUploads(envelope: Uint8Array, uploads: Record<string, string>): Uint8Array {
  const { facets, files, ...signed } = readEnvelope(envelope);
  return writeEnvelope(signed, facets, [files], uploads);
}

export function readEnvelope(bytes: Uint8Array): Envelope {
  const start = MAGIC.length + 4;
  if (bytes.length < start || MAGIC.some((byte, at) => bytes[at] !== byte)) throw new Refusal("envelope-shape");
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, false);
  if (bytes.length < start + length) throw new Refusal("envelope-shape");
  const head = readObject(text(bytes.subarray(start, start + length)), ["statement", "signature", "facets", "uploads"]);
  const uploads = head["uploads"];
  if (!isObject(uploads)) throw new Refusal("envelope-shape");
  return {
    statement: readText(head["statement"]),
    signature: readText(head["signature"]),
    facets: head["facets"] === null ? null : readText(head["facets"]),
    uploads: Object.fromEntries(Object.entries(uploads).map(([part, id]) => [part, readText(id)])),
    files: bytes.subarray(start + length),
  };
}
