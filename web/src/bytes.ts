// Bytes, and the few ways this house writes them.

const encoder = new TextEncoder();

export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** Refuses what is not UTF-8; a byte order mark is kept, because what is hashed is exactly what travelled. */
export const text = (bytes: Uint8Array): string =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Lower case only: one value has one spelling. */
export function unhex(digits: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(digits)) throw new Error("not-hexadecimal");
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function join(...pieces: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export function same(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

export function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export const unbase64 = (letters: string): Uint8Array => Uint8Array.from(atob(letters), (c) => c.charCodeAt(0));

export const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));
