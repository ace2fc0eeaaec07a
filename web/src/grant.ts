// The key of one part, sealed to one recipient.

import { join, text, utf8 } from "./bytes.ts";
import { open, seal } from "./sealed.ts";
import { Refusal } from "./refusal.ts";
import { readObject, readText } from "./strict.ts";

const SIZE = 512;

export interface GrantPlace {
  report: string;
  part: string;
  /** An institution's code, or `receipt`. */
  recipient: string;
  purpose: string;
}

export async function sealGrant(to: string, place: GrantPlace, identity: string): Promise<Uint8Array> {
  const { report, part, recipient, purpose } = place;
  return seal(to, padLine({ version: 1, report, part, recipient, purpose, identity }));
}

/** Opens a grant and compares every field with the place it was found in. */
export async function openGrant(key: string, file: Uint8Array, place: GrantPlace): Promise<string> {
  const names = ["version", "report", "part", "recipient", "purpose", "identity"];
  const found = readObject(readLine(await open(key, file)), names);
  const expected = [1, place.report, place.part, place.recipient, place.purpose];
  if (expected.some((value, at) => found[names[at] ?? ""] !== value)) throw new Refusal("grant-place");
  return readText(found["identity"]);
}

/** One JSON line, a line feed, zero bytes up to 512. */
export function padLine(value: object): Uint8Array {
  const line = utf8(`${JSON.stringify(value)}\n`);
  if (line.length > SIZE) throw new Refusal("frame-shape");
  return join(line, new Uint8Array(SIZE - line.length));
}

export function readLine(plain: Uint8Array): string {
  const end = plain.indexOf(0x0a);
  if (plain.length !== SIZE || end < 0 || plain.subarray(end + 1).some((byte) => byte !== 0)) {
    throw new Refusal("frame-shape");
  }
  return text(plain.subarray(0, end));
}
