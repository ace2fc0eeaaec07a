// Makes the pages work without network: once a page was used, or after a few quiet seconds, never before its first question.

import { scriptAddress } from "../trusted.ts";

const QUIET_MILLISECONDS = 4000;
const TOUCHES = ["pointerdown", "keydown"] as const;

export function installSoon(): void {
  if (!navigator.serviceWorker) return;
  const begin = (): void => {
    for (const touch of TOUCHES) removeEventListener(touch, begin);
    clearTimeout(later);
    navigator.serviceWorker.register(scriptAddress("/worker.js"), { scope: "/" }).catch(() => undefined);
  };
  const later = setTimeout(begin, QUIET_MILLISECONDS);
  for (const touch of TOUCHES) addEventListener(touch, begin, { once: true, passive: true });
}

/** Lets the browser send while no page is open, where it knows how. */
export async function sendInBackground(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as
    | { sync?: { register(tag: string): Promise<void> } }
    | undefined;
  await registration?.sync?.register("send").catch(() => undefined);
}
