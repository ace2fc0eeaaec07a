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
  for (const name of await caches.keys()) await caches.delete(name);
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
}

function leave(address: string): void {
  document.title = "";
  document.documentElement.replaceChildren();
  const late = new Promise((resolve) => setTimeout(resolve, 400));
  void Promise.race([forget().catch(() => undefined), late]).then(() => location.replace(address));
}

const link = document.querySelector<HTMLAnchorElement>("#exit");
const presses: number[] = [];

link?.addEventListener("click", (event) => {
  event.preventDefault();
  leave(link.href);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !link) return;
  presses.push(event.timeStamp);
  const first = presses.at(-PRESSES);
  if (first !== undefined && event.timeStamp - first < WITHIN_MILLISECONDS) leave(link.href);
});
