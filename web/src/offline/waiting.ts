// Begins the page of what waits. The list, and what can be done with it, is loaded only where there is something to list.

import { find } from "../form/view.ts";
import { ready, word } from "../page.ts";
import { installSoon } from "./install.ts";
import { count } from "./reports.ts";

const queue = (): Promise<typeof import("./queue.ts")> => import("./queue.ts");

async function show(): Promise<void> {
  if ((await count()) > 0) return (await queue()).begin();
  const heading = find("#count");
  if (!heading) return;
  heading.textContent = word("offline-none");
  heading.hidden = false;
}

async function takeShared(): Promise<void> {
  if (location.hash === "#shared") await (await queue()).takeShared();
}

find("#send")?.addEventListener("click", () => void queue().then(({ send }) => send()));
const input = find<HTMLInputElement>("#bring");
input?.addEventListener("change", () => void queue().then(({ takeIn }) => takeIn(input)));
// Something may have been sealed in another tab meanwhile.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void show());
void show().then(takeShared).then(ready);
installSoon();
