// What the page of what waits does with it: each can be deleted, sent, taken out; a file somebody brings is taken in; what another app
// shared is added to the report just sealed.

import { utcDay } from "../form/day.ts";
import { word } from "../page.ts";
import { element, find, say } from "../form/view.ts";
import { askForShared } from "./channel.ts";
import { lineOnDemand } from "./demand.ts";
import { sendInBackground } from "./install.ts";
import { letGo, mark, wait, type Waiting, whatWaits } from "./reports.ts";
import type { News } from "./sync.ts";
import { readTakeout } from "./takeout.ts";
import { whenTheyRead, withheldInWords } from "./readers.ts";
import { save } from "./taking-out.ts";
import { lineOf, refusalInWords } from "./view.ts";

const list = find<HTMLUListElement>("#list");
const heading = find("#count");
const line = lineOnDemand(hear);

/** Shows what waits, and sends it. */
export async function begin(): Promise<void> {
  await show();
  line.send();
}

async function show(): Promise<void> {
  const waiting = await whatWaits();
  const key = waiting.length === 0 ? "offline-none" : waiting.length === 1 ? "offline-one" : "offline-many";
  if (heading) {
    heading.textContent = word(key, { count: waiting.length });
    heading.hidden = false;
  }
  list?.replaceChildren(...waiting.map((one) => lineOf(one, { again, drop })));
  const read = find("#when");
  if (read) read.textContent = await whenTheyRead(waiting).catch(() => "");
}

async function drop(one: Waiting): Promise<void> {
  await letGo(one);
  say("offline-deleted");
  await show();
}

async function again({ place }: Waiting): Promise<void> {
  await mark(place, undefined);
  await show();
  line.send();
}

function hear(news: News): void {
  if (news.kind === "sending") return tellProgress(news);
  if (news.kind === "kept") tellKept(news);
  else say("offline-refused", { why: refusalInWords(news.code) });
  void show();
}

function tellProgress({ place, sent, size }: Extract<News, { kind: "sending" }>): void {
  const state = list?.querySelector(`[data-place="${place}"] .state`);
  if (state) state.textContent = word("offline-line-sending", { percent: Math.round((100 * sent) / size) });
}

/** The proof can be saved; who may not receive it any more is said with it. */
function tellKept({ report, acknowledgement, withheld }: Extract<News, { kind: "kept" }>): void {
  say("offline-kept");
  const kept = element("li", word("offline-kept"));
  const said = element("span");
  if (withheld.length > 0) void withheldInWords(withheld).then((sentence) => (said.textContent = ` ${sentence}`));
  const proof = element("button", word("offline-proof"));
  proof.type = "button";
  proof.addEventListener("click", () => save(new Blob([acknowledgement], { type: "text/plain" }), `${report.slice(0, 8)}.txt`));
  kept.append(said, " ", proof);
  find("#kept")?.append(kept);
}

export async function takeIn(input: HTMLInputElement): Promise<void> {
  for (const file of input.files ?? []) {
    try {
      await wait(await readTakeout(file), utcDay(Date.now()));
      say("offline-brought");
    } catch {
      say("offline-brought-not");
    }
  }
  input.value = "";
  await show();
  line.send();
}

export async function takeShared(): Promise<void> {
  history.replaceState(null, "", location.pathname);
  const files = await askForShared();
  const { offerShared } = await import("./shared.ts");
  offerShared(files, () => {
    void sendInBackground();
    void show().then(line.send);
  });
}

export function send(): void {
  say("offline-sending");
  line.send();
}
