// Makes the pages work without network: once a page was used, or after a few quiet seconds, never before its first question.

import { scriptAddress } from "../trusted.ts";

const QUIET_MILLISECONDS = 4000;
const TOUCHES = ["pointerdown", "keydown"] as const;

export function installSoon(): void {
  if (!navigator.serviceWorker) return;
  const begin = (event?: Event): void => {
    if (event && isLeaving(event)) return;
    for (const touch of TOUCHES) removeEventListener(touch, begin);
    clearTimeout(later);
    navigator.serviceWorker.register(scriptAddress("/worker.js"), { scope: "/" }).catch(() => undefined);
  };
  const later = setTimeout(() => document.body && begin(), QUIET_MILLISECONDS);
  for (const touch of TOUCHES) addEventListener(touch, begin, { passive: true });
}

/** Who leaves in a hurry wants nothing installed. */
const isLeaving = (event: Event): boolean =>
  (event instanceof KeyboardEvent && event.key === "Escape") || (event.target instanceof Element && event.target.closest("#exit") !== null);

/** Lets the browser send while no page is open, where it knows how. */
export async function sendInBackground(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as
    | { sync?: { register(tag: string): Promise<void> } }
    | undefined;
  await registration?.sync?.register("send").catch(() => undefined);
}
