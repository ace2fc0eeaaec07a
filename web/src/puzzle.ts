// The puzzle a busy door asks for: the twin of the Rust side, bound to one statement. A device that is too slow waits instead.

import { sha256 as digest } from "@noble/hashes/sha2.js";

import { join, unhex, utf8 } from "./bytes.ts";

const LABEL = utf8("putokaz/1 puzzle\n");
/** Hashes between two breaths, so that the page stays alive. */
const BREATH = 4096;

export interface Asked {
  challenge: string;
  bits: number;
  /** Seconds after which having waited is enough. */
  wait: number;
}

/** Reads `putokaz-puzzle: <challenge> <bits> <wait>`. */
export function readPuzzle(header: string): Asked | null {
  const [challenge, bits, wait, ...rest] = header.split(" ");
  if (!challenge || rest.length > 0) return null;
  const asked = { challenge, bits: Number(bits), wait: Number(wait) };
  return Number.isInteger(asked.bits) && Number.isInteger(asked.wait) ? asked : null;
}

/** The header's value that shows the work, or the patience: whichever comes first. `statement` is the hash of its bytes. */
export async function prove(asked: Asked, statement: string): Promise<string> {
  const message = join(LABEL, utf8(asked.challenge), unhex(statement), new Uint8Array(8));
  const counter = new DataView(message.buffer, message.length - 8);
  const until = Date.now() + asked.wait * 1000;
  for (let number = 0; Date.now() < until; number += 1) {
    counter.setBigUint64(0, BigInt(number));
    if (zeros(digest(message)) >= asked.bits) return `${asked.challenge} ${number}`;
    if (number % BREATH === 0) await new Promise((next) => setTimeout(next));
  }
  return `${asked.challenge} waited`;
}

function zeros(hash: Uint8Array): number {
  const at = hash.findIndex((byte) => byte !== 0);
  return at < 0 ? 8 * hash.length : 8 * at + Math.clz32(hash[at] ?? 0) - 24;
}
