// A waiting report as one file: out of this phone on a stick or a cable, and to the server by whoever brings it.
// The format stands in docs/formats.md; `taking-out.ts` writes it.

import { text, utf8 } from "../bytes.ts";
import { readEnvelope } from "../envelope.ts";
import { Refusal } from "../refusal.ts";
import { parse, readCount, readList, readObject, readText } from "../strict.ts";
import type { SealedReport, SealedUpload } from "./reports.ts";
import { MAGIC } from "./taking-out.ts";

const BEGIN = utf8(MAGIC);
const START = BEGIN.length + 4;
const MOST_HEAD = 64 * 1024;
/** What the server takes as one envelope. */
const MOST_ENVELOPE = 4 * 1024 * 1024;

/** Takes a file somebody brought: only its shape is checked here, the server holds it to everything else. */
export async function readTakeout(file: Blob): Promise<SealedReport> {
  const start = await bytes(file, 0, START);
  if (start.length < START || BEGIN.some((byte, at) => start[at] !== byte)) throw new Refusal("envelope-shape");
  const length = new DataView(start.buffer).getUint32(BEGIN.length, false);
  if (length > MOST_HEAD) throw new Refusal("envelope-shape");
  const source = text(await bytes(file, START, START + length));
  const head = readObject(source, ["version", "report", "envelope", "uploads"]);
  const size = readCount(head["envelope"]);
  if (head["version"] !== 1 || size > MOST_ENVELOPE) throw new Refusal("envelope-shape");
  const report = readText(head["report"]);
  const envelope = await bytes(file, START + length, START + length + size);
  if (subject(envelope) !== report) throw new Refusal("envelope-shape");
  const uploads = cut(file, START + length + size, readList(head["uploads"]));
  return { report, envelope, uploads };
}

function cut(file: Blob, from: number, lines: unknown[]): SealedUpload[] {
  let at = from;
  const uploads = lines.map((value) => {
    const line = readObject(JSON.stringify(value), ["part", "size", "sha256"]);
    const size = readCount(line["size"]);
    const blob = file.slice(at, at + size);
    at += size;
    return { part: readText(line["part"]), size, sha256: readText(line["sha256"]), blob };
  });
  if (at !== file.size) throw new Refusal("envelope-shape");
  return uploads;
}

/** Which report an envelope speaks of. */
function subject(envelope: Uint8Array): unknown {
  const statement = parse(readEnvelope(envelope).statement);
  return (statement as { report?: unknown }).report;
}

const bytes = async (file: Blob, from: number, to: number): Promise<Uint8Array> =>
  new Uint8Array(await file.slice(from, to).arrayBuffer());
