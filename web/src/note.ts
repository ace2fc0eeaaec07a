// C2SP signed notes: text, an empty line, signature lines.

import { join, same, unbase64, utf8 } from "./bytes.ts";
import { sha256 as digest } from "@noble/hashes/sha2.js";
import { Refusal } from "./refusal.ts";
import { hex } from "./bytes.ts";
import { verifyBytes } from "./statement.ts";

const ED25519 = 0x01;

export interface VerifierKey {
  name: string;
  /** The first four bytes of the key's hash, as the note's signature line carries them. */
  hash: Uint8Array;
  key: Uint8Array;
}

export interface Board {
  threshold: number;
  keys: VerifierKey[];
}

/** `name+hash8+base64(0x01 ‖ public key)` */
export function readVerifierKey(line: string): VerifierKey {
  const [name, hash8, ...rest] = line.split("+");
  const typed = unbase64(rest.join("+"));
  if (!name || typed.length !== 33 || typed[0] !== ED25519) throw new Refusal("directory-board");
  const hash = digest(join(utf8(`${name}\n`), typed)).subarray(0, 4);
  if (hex(hash) !== hash8) throw new Refusal("directory-board");
  return { name, hash, key: typed.subarray(1) };
}

/** The line `threshold K`, then one verifier key a line. */
export function readBoard(file: string): Board {
  const [first = "", ...lines] = file.trim().split("\n");
  const threshold = Number(/^threshold ([1-9][0-9]?)$/.exec(first)?.[1]);
  const keys = lines.map(readVerifierKey);
  if (!Number.isInteger(threshold) || threshold > keys.length) throw new Refusal("directory-board");
  return { threshold, keys };
}

/** The note's text, when at least `threshold` different keys of the board signed it. */
export function verifyNote(note: string, board: Board): string {
  const { body, signatures } = splitNote(note);
  const good = board.keys.filter((key) => signatures.some((line) => signedBy(key, body, line)));
  if (new Set(good.map((key) => hex(key.key))).size < board.threshold) throw new Refusal("directory-board");
  return body;
}

export function splitNote(note: string): { body: string; signatures: string[] } {
  const at = note.lastIndexOf("\n\n");
  if (at < 0) throw new Refusal("directory-board");
  const signatures = note.slice(at + 2).split("\n").filter((line) => line.startsWith("— "));
  return { body: note.slice(0, at + 1), signatures };
}

function signedBy(key: VerifierKey, body: string, line: string): boolean {
  const [, name, letters = ""] = line.split(" ");
  if (name !== key.name) return false;
  try {
    const bytes = unbase64(letters);
    return same(bytes.subarray(0, 4), key.hash) && verifyBytes(hex(key.key), utf8(body), hex(bytes.subarray(4)));
  } catch {
    return false;
  }
}
