// What a page does beside its own work: it makes the pages work without network, and sends what waits.

import { installSoon } from "./install.ts";
import { count } from "./reports.ts";

export function workOffline(): void {
  installSoon();
  void sendWaiting().catch(() => undefined);
}

/** Loaded only where something waits. */
async function sendWaiting(): Promise<void> {
  if ((await count()) === 0) return;
  const { openLine } = await import("./line.ts");
  openLine(() => undefined);
}
