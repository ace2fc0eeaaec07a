// Drafts outlive a closed tab only as ciphertext, under a key the browser will not hand out and the page can forget.

import { text, utf8 } from "../bytes.ts";
import { read, remove, type Room, run, write } from "./storage.ts";

const ALGORITHM = "AES-GCM";
const KEY = "draft";

interface Closed {
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

/** Keeps what was typed so far under a name of ours (never a person's words). */
export const keep = (name: string, value: unknown): Promise<void> => close("draft", name, value);

/** What was kept, or nothing: never kept, forgotten, or kept under a key that is gone. */
export const recall = <T>(name: string): Promise<T | undefined> => disclose<T>("draft", name);

export const forget = (name: string): Promise<void> => remove("draft", name);

/** Puts a value into a room as ciphertext bound to its place. */
export async function close(room: Room, name: string, value: unknown): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = utf8(JSON.stringify(value)) as Uint8Array<ArrayBuffer>;
  const sealed = await crypto.subtle.encrypt(place(room, name, iv), await forgettableKey(), plain);
  plain.fill(0);
  await write(room, name, { iv, sealed } satisfies Closed);
}

export async function disclose<T>(room: Room, name: string): Promise<T | undefined> {
  const [closed, key] = [await read<Closed>(room, name), await read<CryptoKey>("key", KEY)];
  if (!closed || !key) return undefined;
  try {
    const plain = await crypto.subtle.decrypt(place(room, name, closed.iv), key, closed.sealed);
    return JSON.parse(text(new Uint8Array(plain))) as T;
  } catch {
    // Kept under a key that was forgotten meanwhile: nobody can read it, so it need not lie here.
    await remove(room, name);
    return undefined;
  }
}

/** One key a browser; of two tabs that make one at once, the first wins and both use it. */
async function forgettableKey(): Promise<CryptoKey> {
  const found = await read<CryptoKey>("key", KEY);
  if (found) return found;
  const fresh = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ["encrypt", "decrypt"]);
  await run(["key"], "readwrite", (store) => {
    const before = store("key").count(KEY);
    before.onsuccess = () => {
      if (before.result === 0) store("key").put(fresh, KEY);
    };
  });
  return (await read<CryptoKey>("key", KEY)) ?? fresh;
}

const place = (room: Room, name: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: ALGORITHM,
  iv,
  additionalData: utf8(`${room}/${name}`) as Uint8Array<ArrayBuffer>,
});
