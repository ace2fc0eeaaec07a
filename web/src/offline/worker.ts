// The service worker. What it may keep for later is the built code of the public pages, the same for everybody.

declare const PUTOKAZ_ASSETS: readonly string[];

const worker = globalThis as unknown as { addEventListener(kind: string, hear: (event: Waiting) => void): void };

interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open("putokaz").then((kept) => kept.addAll([...PUTOKAZ_ASSETS])));
});
