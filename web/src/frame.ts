// What a part's sealed plaintext looks like: one JSON line, the content, zero bytes up to a bucket.

import { join, text, utf8 } from "./bytes.ts";
import { sha256 } from "./hash.ts";
import { bucket } from "./part.ts";
import { Refusal } from "./refusal.ts";
import { readCount, readObject, readText } from "./strict.ts";

export interface FrameHead {
  version: 1;
  report: string;
  part: string;
  length: number;
  sha256: string;
  /** Who states the part: an Ed25519 public key. */
  signer: string;
  /** The reporter's recipient, so that an answer can be sealed to it without trusting the server. */
  receipt: string;
}

export interface Frame {
  head: FrameHead;
  content: Uint8Array;
}

export type Place = Pick<FrameHead, "report" | "part" | "signer" | "receipt">;

/** The line a frame begins with. */
export function frameLine({ report, part, signer, receipt }: Place, length: number, hash: string): Uint8Array {
  return utf8(`${JSON.stringify({ version: 1, report, part, length, sha256: hash, signer, receipt })}\n`);
}

export function writeFrame(place: Place, content: Uint8Array): Uint8Array {
  const line = frameLine(place, content.length, sha256(content));
  const used = line.length + content.length;
  return join(line, content, new Uint8Array(bucket(place.part, used) - used));
}

export function readFrame(plain: Uint8Array): Frame {
  const end = plain.indexOf(0x0a);
  if (end < 0) throw new Refusal("frame-shape");
  const head = readHead(text(plain.subarray(0, end)));
  const start = end + 1;
  const content = plain.subarray(start, start + head.length);
  const padding = plain.subarray(start + head.length);
  if (content.length !== head.length) throw new Refusal("frame-content");
  if (padding.some((byte) => byte !== 0) || plain.length !== bucket(head.part, start + head.length)) {
    throw new Refusal("frame-shape");
  }
  if (sha256(content) !== head.sha256) throw new Refusal("frame-content");
  return { head, content };
}

function readHead(line: string): FrameHead {
  const fields = readObject(line, ["version", "report", "part", "length", "sha256", "signer", "receipt"]);
  if (fields["version"] !== 1) throw new Refusal("frame-shape");
  return {
    version: 1,
    report: readText(fields["report"]),
    part: readText(fields["part"]),
    length: readCount(fields["length"]),
    sha256: readText(fields["sha256"]),
    signer: readText(fields["signer"]),
    receipt: readText(fields["receipt"]),
  };
}
