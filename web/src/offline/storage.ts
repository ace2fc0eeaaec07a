// What lies on this phone: one database, five rooms. What each may hold is written in docs/pages.md.

import { Refusal } from "../refusal.ts";

const DATABASE = "putokaz";
const VERSION = 1;

/**
 * `key`: the key that forgets · `draft`, `last`: sealed under it · `waiting`: sealed for others, in the order it was
 * sealed · `upload`: where a large part's beginning already lies on the server.
 */
export type Room = "key" | "draft" | "last" | "waiting" | "upload";

const ROOMS: Room[] = ["key", "draft", "last", "waiting", "upload"];

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, VERSION);
    asked.onupgradeneeded = () => {
      for (const room of ROOMS) asked.result.createObjectStore(room, { autoIncrement: room === "waiting" });
    };
    asked.onerror = () => reject(refusalOf(asked.error));
    asked.onsuccess = () => resolve(guarded(asked.result));
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

/** Another tab that forgets everything must not wait for this one. */
function guarded(connection: IDBDatabase): IDBDatabase {
  connection.onversionchange = () => {
    connection.close();
    opened = undefined;
  };
  connection.onclose = () => (opened = undefined);
  return connection;
}

type Ask<T> = (store: (room: Room) => IDBObjectStore) => IDBRequest<T> | void;

/** Reading must not leave an empty database behind on a phone that was just cleared. */
async function absent(): Promise<boolean> {
  if (opened || typeof indexedDB.databases !== "function") return false;
  return !(await indexedDB.databases()).some(({ name }) => name === DATABASE);
}

/** One transaction; done only when it is durable. The answer is that of the request `ask` gives back. */
export async function run<T>(rooms: Room[], mode: IDBTransactionMode, ask: Ask<T>): Promise<T | undefined> {
  if (mode === "readonly" && (await absent())) return undefined;
  const connection = await database();
  return new Promise((resolve, reject) => {
    const transaction = connection.transaction(rooms, mode, { durability: "strict" });
    transaction.onabort = () => reject(refusalOf(transaction.error));
    try {
      const request = ask((room) => transaction.objectStore(room));
      transaction.oncomplete = () => resolve(request ? request.result : undefined);
    } catch (cause) {
      reject(refusalOf(cause instanceof DOMException ? cause : null));
      transaction.abort();
    }
  });
}

export const read = <T>(room: Room, key: IDBValidKey): Promise<T | undefined> =>
  run<T>([room], "readonly", (store) => store(room).get(key) as IDBRequest<T>);

export async function write(room: Room, key: IDBValidKey, value: unknown): Promise<void> {
  await run([room], "readwrite", (store) => store(room).put(value, key));
}

export async function remove(room: Room, key: IDBValidKey): Promise<void> {
  await run([room], "readwrite", (store) => store(room).delete(key));
}

/**
 * Quick exit: the key goes, and with it what only it opens; the whole database, when nothing sealed waits.
 * Sealed reports stay: this phone cannot open them, and somebody may have had one chance to tell.
 */
export async function forgetAll(): Promise<void> {
  if (await absent()) return;
  const waiting = await run<number>(["key", "draft", "last", "waiting"], "readwrite", (store) => {
    for (const room of ["key", "draft", "last"] as const) store(room).clear();
    return store("waiting").count();
  });
  if (waiting === 0) await erase();
}

async function erase(): Promise<void> {
  (await database()).close();
  opened = undefined;
  await new Promise<void>((resolve, reject) => {
    const asked = indexedDB.deleteDatabase(DATABASE);
    asked.onsuccess = () => resolve();
    asked.onerror = () => reject(refusalOf(asked.error));
    // Another tab still holds on for a moment; the browser erases as soon as it lets go.
    asked.onblocked = () => resolve();
  });
}

/** Asked once something waits: the browser may otherwise throw it away when the phone is full. */
export async function askToPersist(): Promise<boolean> {
  const { storage } = navigator;
  if (typeof storage?.persist !== "function") return false;
  return (await storage.persisted()) || storage.persist();
}

const refusalOf = (error: DOMException | null): Refusal =>
  new Refusal(error?.name === "QuotaExceededError" ? "storage-full" : "storage");
