// Files another app shared: added, with one touch, to the report just sealed on this phone.

import { utcDay } from "../form/day.ts";
import { element, find, say } from "../form/view.ts";
import { word } from "../page.ts";
import { addFiles } from "./adding.ts";
import { Attachments } from "./attachments.ts";
import { type Last, recallLast } from "./last.ts";
import { acting } from "./view.ts";

const today = (): string => utcDay(Date.now());

/** Shows what came and where it would go. Nothing is sealed before somebody says so. */
export async function offerShared(files: readonly File[], done: () => void): Promise<void> {
  const place = find("#shared");
  if (!place) return;
  place.hidden = false;
  const last = await recallLast(today());
  if (files.length === 0) return void place.append(element("p", word("offline-shared-lost")));
  if (!last) return void place.append(element("p", word("offline-shared-no-report")));
  const attachments = new Attachments();
  await attachments.show(files);
  const close = (): void => {
    place.replaceChildren();
    place.hidden = true;
  };
  const add = acting("offline-shared-add", () => void addAll(attachments, last, place).then((good) => good && done()).then(close));
  add.className = "main";
  add.disabled = attachments.tooLarge;
  const buttons = element("p");
  buttons.append(add, " ", acting("offline-shared-leave", close));
  place.append(attachments.view, buttons);
  add.focus();
}

async function addAll(attachments: Attachments, last: Last, place: HTMLElement): Promise<boolean> {
  const bar = element("progress");
  bar.max = 1;
  place.replaceChildren(bar);
  try {
    await addFiles(attachments.chosen, last, today(), (progress) => (bar.value = progress));
    say("offline-shared-sealed");
    return true;
  } catch {
    say("offline-shared-not");
    return false;
  }
}
