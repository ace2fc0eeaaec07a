// What a page does beside its own work: it makes the pages work without network, and sends what waits.

import { installSoon } from "./install.ts";
import { count } from "./reports.ts";

/** Where a page finds the line: it travels only where something waits. */
export type LineCode = () => Promise<Pick<typeof import("./line.ts"), "openLine">>;

export function workOffline(code: LineCode): void {
  installSoon();
  void sendWaiting(code).catch(() => undefined);
}

async function sendWaiting(code: LineCode): Promise<void> {
  if ((await count()) === 0) return;
  const { openLine } = await code();
  openLine(() => undefined);
}
