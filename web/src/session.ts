// Where an unlocked key lives between two pages: wrapped under a key the browser will not hand out, for 15 idle minutes.

import type { Keys } from "./opening.ts";
import { text, utf8 } from "./bytes.ts";
import { Refusal } from "./refusal.ts";

export const IDLE_MILLISECONDS = 15 * 60 * 1000;

interface Kept {
  key: CryptoKey;
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
  /** When a person last did something, in milliseconds since the epoch. */
  seen: number;
}

/** One slot that outlives a page. The browser's is IndexedDB, because only it can hold a non-extractable key. */
export interface Slot {
  read(): Promise<Kept | undefined>;
  write(kept: Kept): Promise<void>;
  /** Changes what is there in one step, so that it cannot bring back what was cleared meanwhile. */
  change(how: (kept: Kept) => Kept): Promise<void>;
  clear(): Promise<void>;
}

export class Session {
  constructor(
    private readonly slot: Slot,
    private readonly now: () => number,
  ) {}

  async keep(keys: Keys): Promise<void> {
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = utf8(JSON.stringify(keys)) as Uint8Array<ArrayBuffer>;
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
    plain.fill(0);
    await this.slot.write({ key, iv, sealed, seen: this.now() });
  }

  /** The keys, if somebody was here within 15 minutes; otherwise they are gone. */
  async keys(): Promise<Keys> {
    const kept = await this.slot.read();
    if (!kept || this.now() - kept.seen > IDLE_MILLISECONDS) {
      await this.end();
      throw new Refusal("signed-out");
    }
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, kept.key, kept.sealed);
    return JSON.parse(text(new Uint8Array(plain))) as Keys;
  }

  /** A person did something: the fifteen minutes start again. Does nothing when they are over. */
  async touch(): Promise<void> {
    const now = this.now();
    await this.slot.change((kept) => (now - kept.seen <= IDLE_MILLISECONDS ? { ...kept, seen: now } : kept));
  }

  async idle(): Promise<boolean> {
    const kept = await this.slot.read();
    return !kept || this.now() - kept.seen > IDLE_MILLISECONDS;
  }

  end(): Promise<void> {
    return this.slot.clear();
  }
}

const DATABASE = "putokaz";
const STORE = "keys";

/** The browser's slot. */
export class DatabaseSlot implements Slot {
  read(): Promise<Kept | undefined> {
    return this.run("readonly", (store) => store.get("unlocked") as IDBRequest<Kept | undefined>);
  }

  async write(kept: Kept): Promise<void> {
    await this.run("readwrite", (store) => store.put(kept, "unlocked"));
  }

  async change(how: (kept: Kept) => Kept): Promise<void> {
    await this.run("readwrite", (store) => {
      const found = store.get("unlocked") as IDBRequest<Kept | undefined>;
      found.addEventListener("success", () => {
        if (found.result) store.put(how(found.result), "unlocked");
      });
      return found;
    });
  }

  async clear(): Promise<void> {
    await this.run("readwrite", (store) => store.clear());
  }

  private async run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const database = await this.database();
    try {
      return await settled(ask(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      database.close();
    }
  }

  private database(): Promise<IDBDatabase> {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    return settled(asked);
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Refusal("signed-out")));
  });
}
