// The reporter's digits and what comes of them (docs/formats.md, "Receipt"). Nothing here is ever kept.

import { hkdf } from "@noble/hashes/hkdf.js";
import { scryptAsync } from "@noble/hashes/scrypt.js";
import { sha256 as digest } from "@noble/hashes/sha2.js";
import { bech32 } from "@scure/base";
import { hex, sha256, unhex, utf8 } from "../bytes.ts";

export const DIGITS = 24;
export const GROUP = 4;

/** Zero in the scripts digits are typed in: Latin, Arabic-Indic, Persian. */
const ZEROS = [0x30, 0x660, 0x6f0];
/** What may stand between digits: spaces, hyphens, marks of direction. */
const BETWEEN = /[\s\-\u2010-\u2015\u200b-\u200f\u2066-\u2069\ufeff]/u;

export type Typed =
  | { state: "empty" | "unfinished" | "letter" | "too-long" | "mistyped"; digits: string }
  | { state: "good"; digits: string };

/** What the digits open. */
export interface Stretched {
  /** Hexadecimal, for `Authorization: Receipt`; the server keeps only its hash. */
  lookup: string;
  /** The age identity of the receipt. */
  identity: string;
  /** The seed of the reporter's signing key, hexadecimal. */
  signing: string;
}

/** Reads digits as typed, in any of the three scripts. */
export function readDigits(typed: string): Typed {
  let digits = "";
  let strange = false;
  for (const letter of typed) {
    if (BETWEEN.test(letter)) continue;
    const digit = digitOf(letter);
    if (digit === null) strange = true;
    else digits += String(digit);
  }
  return { state: strange ? "letter" : stateOf(digits), digits };
}

function stateOf(digits: string): Typed["state"] {
  if (digits.length === 0) return "empty";
  if (digits.length < DIGITS) return "unfinished";
  if (digits.length > DIGITS) return "too-long";
  return isChecked(digits) ? "good" : "mistyped";
}

function digitOf(letter: string): number | null {
  const code = letter.codePointAt(0) ?? 0;
  const zero = ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? null : code - zero;
}

/** ISO/IEC 7064 MOD 11,10. */
function product(digits: string): number {
  return [...digits].reduce((running, digit) => {
    const sum = (running + Number(digit)) % 10;
    return (2 * (sum === 0 ? 10 : sum)) % 11;
  }, 10);
}

const isChecked = (digits: string): boolean =>
  (product(digits.slice(0, -1)) + Number(digits.slice(-1))) % 10 === 1;

/** 23 random digits and the check digit. */
export function newDigits(): string {
  let digits = "";
  while (digits.length < DIGITS - 1) {
    // 250 is the largest multiple of ten in a byte: what is above would make small digits likelier.
    for (const byte of crypto.getRandomValues(new Uint8Array(DIGITS))) if (byte < 250) digits += String(byte % 10);
  }
  digits = digits.slice(0, DIGITS - 1);
  return digits + String((11 - product(digits)) % 10);
}

/** Six groups of four. */
export const groupsOf = (digits: string): string[] => digits.match(/.{1,4}/g) ?? [];

/** Slow on purpose: N = 2^15. `salt` is the directory's, hexadecimal. The page stays alive meanwhile. */
export async function stretch(digits: string, salt: string): Promise<Stretched> {
  return ofKey(await scryptAsync(utf8(digits), unhex(salt), { N: 2 ** 15, r: 8, p: 1, dkLen: 32 }));
}

/** The receipt of a program that keeps 32 random bytes instead of digits, such as an import with its journal. */
export function ofKey(key: Uint8Array): Stretched {
  const derived = (name: string): Uint8Array => hkdf(digest, key, undefined, utf8(`putokaz/1 ${name}`), 32);
  return {
    lookup: hex(derived("lookup")),
    identity: bech32.encodeFromBytes("AGE-SECRET-KEY-PQ-", derived("identity")).toUpperCase(),
    signing: hex(derived("signing")),
  };
}

/** What a statement names as `lookup`: all the server keeps of it. */
export const lookupHash = ({ lookup }: Stretched): string => sha256(unhex(lookup));
