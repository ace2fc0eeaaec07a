// Sealing a file of any size with the memory of a few pieces: read twice (its hash stands in the frame's first line),
// sealed piece by piece, gathered as pieces the browser may lay on its disk. The original is never touched.

import { sha256 as digest } from "@noble/hashes/sha2.js";
import { hex } from "../bytes.ts";
import { frameLine, type Place } from "../frame.ts";
import { bucket } from "../part.ts";
import { Refusal } from "../refusal.ts";
import { checkShape, HEADER, newIdentity, recipientOf, sealedSize, sealStream } from "../sealed.ts";
import type { PartLine } from "../statement.ts";

const PIECE = 4 * 1024 * 1024;
const ZEROS = new Uint8Array(64 * 1024);

/** A file as a sealed part, beside its envelope. */
export interface SealedFile {
  line: PartLine;
  identity: string;
  blob: Blob;
}

/** How much is done, from 0 to 1. */
export type Progress = (done: number) => void;

export async function sealBlob(place: Place, content: Blob, told: Progress): Promise<SealedFile> {
  const hash = await hashOf(content, (done) => told(done / 4));
  const line = frameLine(place, content.size, hash);
  const whole = bucket(place.part, line.length + content.size);
  const identity = await newIdentity();
  const sealed = await sealStream(await recipientOf(identity), framed(line, content, whole));
  const gathered = await gather(sealed, (bytes) => told(0.25 + (0.75 * bytes) / sealedSize(whole)));
  if (gathered.blob.size !== sealedSize(whole)) throw new Refusal("sealed-shape");
  checkShape(new Uint8Array(await gathered.blob.slice(0, HEADER + 32).arrayBuffer()));
  return { line: { part: place.part, sha256: gathered.sha256, size: gathered.blob.size }, identity, blob: gathered.blob };
}

async function hashOf(content: Blob, told: Progress): Promise<string> {
  const running = digest.create();
  let read = 0;
  await each(content.stream(), (piece) => {
    running.update(piece);
    read += piece.length;
    told(content.size === 0 ? 1 : read / content.size);
  });
  // A file that another app is still writing would be sealed with a hash of something else.
  if (read !== content.size) throw new Refusal("frame-content");
  return hex(running.digest());
}

/** The frame: its line, the content, zeros up to the bucket. */
function framed(line: Uint8Array, content: Blob, whole: number): ReadableStream<Uint8Array> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield line;
    let sent = line.length;
    const reader = (content.stream() as ReadableStream<Uint8Array>).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      sent += next.value.length;
      yield next.value;
    }
    if (sent !== line.length + content.size) throw new Refusal("frame-content");
    for (; sent < whole; sent += ZEROS.length) yield ZEROS.subarray(0, Math.min(ZEROS.length, whole - sent));
  }
  const source = pieces();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

async function gather(sealed: ReadableStream<Uint8Array>, told: (bytes: number) => void): Promise<{ blob: Blob; sha256: string }> {
  const running = digest.create();
  const blobs: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let [size, all] = [0, 0];
  const lay = (): void => {
    blobs.push(new Blob(held));
    all += size;
    [held, size] = [[], 0];
    told(all);
  };
  await each(sealed, (piece) => {
    running.update(piece);
    held.push(piece as Uint8Array<ArrayBuffer>);
    size += piece.length;
    if (size >= PIECE) lay();
  });
  lay();
  return { blob: new Blob(blobs), sha256: hex(running.digest()) };
}

async function each(stream: ReadableStream<Uint8Array>, take: (piece: Uint8Array) => void): Promise<void> {
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) take(next.value);
}
