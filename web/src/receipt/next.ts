// What happens next, and when: the hours of who reads, and that another reads where they stay silent.

import type { Book } from "../form/book.ts";
import { whenRead } from "../form/hours.ts";
import { numerals, word } from "../page.ts";
import { at } from "./dom.ts";
import { type Thread, tellAll } from "./door.ts";
import { standingOf } from "./status.ts";

export async function showNext(thread: Thread): Promise<void> {
  const standing = standingOf(thread);
  const waits = standing === "kept" || standing === "told";
  const reading = (wanted: string): string | undefined => thread.readers.find(({ state }) => waits && state === wanted)?.institution;
  at("silent").hidden = reading("held") === undefined;
  at("back").hidden = standing === "closed" || standing === "withdrawn";
  const reader = reading("live");
  at("when").hidden = reader === undefined;
  if (reader === undefined) return;
  // Without the hours nothing else is lost.
  const told = await tellAll<Pick<Book, "desks">>("/api/v1/readers").catch(() => undefined);
  at("when").textContent = whenRead(told?.desks[reader], Date.now(), { word, numerals });
}
