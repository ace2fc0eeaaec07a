// Quick exit, loaded by every page first: the page is gone at once, then what lies in the draft, then the address.
// The link works without this script; with it nothing of the page can be seen while the next one loads.

const PRESSES = 3;
const WITHIN_MILLISECONDS = 2000;
const FORGOTTEN = ["key", "draft", "last"];

function ask<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("storage"));
  });
}

/** Forgets draft and key; true when nothing sealed waits, so that the whole database may go. */
async function forgetDraft(): Promise<boolean> {
  const known = await indexedDB.databases?.();
  if (known && !known.some(({ name }) => name === "putokaz")) return true;
  const database = await ask(indexedDB.open("putokaz"));
  try {
    const stores = [...database.objectStoreNames].filter((name) => FORGOTTEN.includes(name));
    const change = stores.length > 0 ? database.transaction(stores, "readwrite") : undefined;
    await Promise.all(stores.map((name) => change && ask(change.objectStore(name).clear())));
    if (!database.objectStoreNames.contains("waiting")) return true;
    return (await ask(database.transaction("waiting").objectStore("waiting").count())) === 0;
  } finally {
    database.close();
  }
}

async function forget(): Promise<void> {
  if (!(await forgetDraft())) return;
  indexedDB.deleteDatabase("putokaz");
  if (matchMedia("(display-mode: standalone)").matches) return;
  // The worker first: it would lay the pages down again.
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}

/** Whoever leaves in a hurry leaves every page of ours that is open. An old browser leaves the one. */
const others = typeof BroadcastChannel === "function" ? new BroadcastChannel("putokaz-exit") : undefined;
others?.addEventListener("message", () => link && leave(link.href));

function leaveAll(address: string): void {
  others?.postMessage("");
  leave(address);
}

function leave(address: string): void {
  leaving = true;
  document.title = "";
  document.documentElement.replaceChildren();
  const late = new Promise((resolve) => setTimeout(resolve, 400));
  void Promise.race([forget().catch(() => undefined), late]).then(() => location.replace(address));
}

interface OwnEntries {
  currentEntry: { index: number } | null;
  entries(): unknown[];
}

let leaving = false;
let onward = false;

/** Says of this entry of the history whether it was left for something else than a page of ours: then the way back may show it. */
function mark(elsewhere: boolean): void {
  if (!leaving && !onward) history.replaceState({ ...(history.state as object | null), elsewhere }, "");
}

/**
 * The way back must not show what was left in a hurry, and nothing may be stored for that. The entry that was left is gone; one
 * before it led on to a page of ours that the history no longer has.
 */
function wasLeft(): boolean {
  const { navigation } = globalThis as unknown as { navigation?: OwnEntries };
  if (!navigation) return false;
  const last = navigation.currentEntry?.index === navigation.entries().length - 1;
  return last && (history.state as { elsewhere?: boolean } | null)?.elsewhere !== true;
}

const link = document.querySelector<HTMLAnchorElement>("#exit");
const presses: number[] = [];

link?.addEventListener("click", (event) => {
  event.preventDefault();
  leaveAll(link.href);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !link) return;
  presses.push(event.timeStamp);
  const first = presses.at(-PRESSES);
  if (first !== undefined && event.timeStamp - first < WITHIN_MILLISECONDS) leaveAll(link.href);
});
function comeBack(): void {
  if (link && wasLeft()) leave(link.href);
  else mark(false);
}

// A phone that puts this page aside, or closes it, may bring it back.
document.addEventListener("visibilitychange", () => mark(document.visibilityState === "hidden"));
addEventListener("pagehide", () => mark(true));
addEventListener("pageshow", ({ persisted }) => persisted && comeBack());
addEventListener("click", ({ target }) => {
  const next = target instanceof Element ? target.closest<HTMLAnchorElement>("a:not([href^='#'])") : null;
  onward = next?.origin === location.origin;
});

const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
if (visit?.type === "back_forward") comeBack();
