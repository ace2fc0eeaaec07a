// A copy of a photo without traces of where, when and with what it was taken. Only what a picture needs to be shown is
// copied, segment by segment; what is not on the list stays behind. The original is sealed beside it, untouched.
// JPEG: ITU T.81; PNG: the W3C specification. PDF has a file of its own (`strip-pdf.ts`). There is no copy of other files: one
// that only looks clean is worse than none.

import { join, text } from "../bytes.ts";

/** Larger ones are not looked at: a copy is made in memory. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** The copy, or nothing where there is none to offer. */
export async function strip(content: Blob): Promise<Blob | undefined> {
  const begin = new Uint8Array(await content.slice(0, SIGNATURE.length).arrayBuffer());
  const isPicture = (begin[0] === FILL && begin[1] === START) || SIGNATURE.every((byte, at) => begin[at] === byte);
  if (content.size > MOST_BYTES || !isPicture) return undefined;
  const bytes = new Uint8Array(await content.arrayBuffer());
  const copy = stripJpeg(bytes) ?? stripPng(bytes);
  return copy && new Blob([copy.bytes as Uint8Array<ArrayBuffer>], { type: copy.type });
}

interface Copy {
  bytes: Uint8Array;
  type: string;
}

const [START, END, SCAN, FILL] = [0xd8, 0xd9, 0xda, 0xff];
const EXIF = 0xe1;
/** Frames, tables, restart interval; Adobe's colour transform, without which colours turn wrong. */
const PICTURE = [0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd, SCAN];
const ADOBE = 0xee;
const ADOBE_LENGTH = 14;

export function stripJpeg(bytes: Uint8Array): Copy | undefined {
  if (bytes[0] !== FILL || bytes[1] !== START) return undefined;
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  for (let at = 2; ; ) {
    const [fill, marker = 0] = [bytes[at], bytes[at + 1]];
    if (fill !== FILL || at + 4 > bytes.length) return undefined;
    const size = 2 + new DataView(bytes.buffer, bytes.byteOffset + at + 2).getUint16(0, false);
    const segment = bytes.subarray(at, at + size);
    if (segment.length !== size || size < 4) return undefined;
    at += size;
    if (marker === EXIF) kept.push(...turned(segment));
    if (PICTURE.includes(marker) || isAdobe(marker, segment)) kept.push(segment);
    if (marker !== SCAN) continue;
    const next = afterScan(bytes, at);
    if (next === undefined) return undefined;
    kept.push(bytes.subarray(at, next));
    at = next;
    // What follows the end (a film of the moment, a second picture) stays behind.
    if (bytes[at + 1] === END) return { bytes: join(...kept, bytes.subarray(at, at + 2)), type: "image/jpeg" };
  }
}

const isAdobe = (marker: number, segment: Uint8Array): boolean =>
  marker === ADOBE && segment.length === ADOBE_LENGTH + 2 && String.fromCharCode(...segment.subarray(4, 9)) === "Adobe";

/** Where the next marker stands after coded data: stuffed bytes and restarts belong to the data. */
function afterScan(bytes: Uint8Array, from: number): number | undefined {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === FILL && next !== 0 && next !== FILL && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return undefined;
}

const ORIENTATION = 0x0112;

/** Of all that a camera wrote down only which way is up, in a segment of our own. */
function turned(segment: Uint8Array): Uint8Array[] {
  const way = orientation(segment);
  if (way === undefined || way < 2 || way > 8) return [];
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, way, 0, 0, 0, 0, 0, 0];
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  return [Uint8Array.from([FILL, EXIF, 0, body.length + 2, ...body])];
}

function orientation(segment: Uint8Array): number | undefined {
  const tiff = segment.subarray(10);
  if (String.fromCharCode(...segment.subarray(4, 8)) !== "Exif" || tiff.length < 14) return undefined;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  const little = tiff[0] === 0x49;
  const first = view.getUint32(4, little);
  if (first + 2 > tiff.length) return undefined;
  const count = view.getUint16(first, little);
  for (let entry = 0; entry < count; entry += 1) {
    const at = first + 2 + entry * 12;
    if (at + 12 > tiff.length) return undefined;
    if (view.getUint16(at, little) === ORIENTATION) return view.getUint16(at + 8, little);
  }
  return undefined;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const CHUNKS = ["IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "IDAT", "IEND"];

export function stripPng(bytes: Uint8Array): Copy | undefined {
  if (SIGNATURE.some((byte, at) => bytes[at] !== byte)) return undefined;
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE.length)];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const size = 12 + new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0, false);
    const chunk = bytes.subarray(at, at + size);
    if (chunk.length !== size) return undefined;
    const name = nameOf(chunk);
    if (CHUNKS.includes(name)) kept.push(chunk);
    if (name === "IEND") return { bytes: join(...kept), type: "image/png" };
    at += size;
  }
  return undefined;
}

function nameOf(chunk: Uint8Array): string {
  try {
    return text(chunk.subarray(4, 8));
  } catch {
    return "";
  }
}
