// Sealed files: age v1, one hybrid stanza, nothing else.

import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from "age-encryption";
import { text } from "./bytes.ts";
import { Refusal } from "./refusal.ts";

/** Bytes of the one header we accept: version line, one stanza `mlkem768x25519`, MAC line. */
export const HEADER = 1627;
const NONCE = 16;
const TAG = 16;
const CHUNK = 65536;
const SHAPE = /^age-encryption\.org\/v1\n-> mlkem768x25519 [A-Za-z0-9+/]{1494}\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n$/;

export const newIdentity = (): Promise<string> => generateHybridIdentity();
export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity);

/** The size of a sealed file over a plaintext of `plain` bytes. */
export const sealedSize = (plain: number): number =>
  HEADER + NONCE + plain + TAG * Math.max(1, Math.ceil(plain / CHUNK));

/** Exactly one recipient, of exactly our suite: the library would mix suites without a word. */
function encrypterTo(recipient: string): Encrypter {
  if (!recipient.startsWith("age1pq1")) throw new Refusal("sealed-shape");
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter;
}

export async function seal(recipient: string, plain: Uint8Array): Promise<Uint8Array> {
  const file = await encrypterTo(recipient).encrypt(plain);
  checkShape(file);
  if (file.length !== sealedSize(plain.length)) throw new Refusal("sealed-shape");
  return file;
}

/** The same piece by piece; who reads the stream checks its shape and size. */
export const sealStream = (recipient: string, plain: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> =>
  encrypterTo(recipient).encrypt(plain);

export async function open(identity: string, file: Uint8Array): Promise<Uint8Array> {
  if (!identity.startsWith("AGE-SECRET-KEY-PQ-1")) throw new Refusal("sealed-key");
  checkShape(file);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(file);
  } catch {
    throw new Refusal("sealed-key");
  }
}

export function checkShape(file: Uint8Array): void {
  if (file.length < sealedSize(0)) throw new Refusal("sealed-shape");
  let header: string;
  try {
    header = text(file.subarray(0, HEADER));
  } catch {
    throw new Refusal("sealed-shape");
  }
  if (!SHAPE.test(header)) throw new Refusal("sealed-shape");
}
