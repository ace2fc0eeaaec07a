// The reporter's digits and what comes of them (docs/formats.md, "Receipt"). Nothing here is ever kept.

import { hkdf } from "@noble/hashes/hkdf.js";
import { scryptAsync } from "@noble/hashes/scrypt.js";
import { sha256 as digest } from "@noble/hashes/sha2.js";
import { bech32 } from "@scure/base";
import { hex, unhex, utf8 } from "../bytes.ts";
import { sha256 } from "../hash.ts";

export * from "./digits.ts";

/** What the digits open. */
export interface Stretched {
  /** Hexadecimal, for `Authorization: Receipt`; the server keeps only its hash. */
  lookup: string;
  /** The age identity of the receipt. */
  identity: string;
  /** The seed of the reporter's signing key, hexadecimal. */
  signing: string;
}

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
