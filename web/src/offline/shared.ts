// Files another app shared: added, with one touch, to the report just sealed on this phone.

import { utcDay } from "../form/day.ts";
import { word } from "../page.ts";
import { element, find, say } from "../form/view.ts";
import { addFiles } from "./adding.ts";
import { MOST_BYTES, preview, strip } from "./files.ts";
import { type Last, recallLast } from "./last.ts";
import { acting, sizeInWords } from "./view.ts";

const today = (): string => utcDay(Date.now());
const KINDS = ["audio", "image", "video"];

/** Shows what came and where it would go. Nothing is sealed before somebody says so. */
export async function offerShared(files: readonly File[], done: () => void): Promise<void> {
  const place = find("#shared");
  if (!place) return;
  place.hidden = false;
  const last = await recallLast(today());
  if (files.length === 0) return void place.append(element("p", word("offline-shared-lost")));
  if (!last) return void place.append(element("p", word("offline-shared-no-report")));
  const list = element("ul");
  list.append(...files.map(describe));
  const offers = await copiesFor(files);
  const buttons = element("p");
  const close = (): void => place.replaceChildren();
  const add = acting("offline-shared-add", () => void addAll(files, offers, last, close).then((good) => good && done()));
  const leave = acting("offline-shared-leave", close);
  add.className = "main";
  buttons.append(add, " ", leave);
  place.append(list, ...(offers ? [offers.choice] : []), buttons);
  add.focus();
}

/** What kind and how large: never a name, which could tell more than the person wants on a screen. */
function describe(file: File): HTMLLIElement {
  const kind = KINDS.find((one) => file.type.startsWith(`${one}/`)) ?? "file";
  const line = element("li", word(`offline-shared-${kind}`, { size: sizeInWords(file.size) }));
  if (kind === "image") {
    void preview(file).then((picture) => {
      if (!picture) return;
      picture.className = "blurred";
      picture.setAttribute("aria-hidden", "true");
      line.append(picture);
    });
  }
  return line;
}

interface Offer {
  choice: HTMLElement;
  wanted: HTMLInputElement;
  copies: Blob[];
}

/** For photos a copy without traces is offered beside the original. */
async function copiesFor(files: readonly File[]): Promise<Offer | undefined> {
  const copies = (await Promise.all(files.map(strip))).filter((copy) => copy !== undefined);
  if (copies.length === 0) return undefined;
  const wanted = element("input");
  wanted.type = "checkbox";
  const choice = element("label");
  choice.append(wanted, " ", word("offline-shared-copy"));
  return { choice, wanted, copies };
}

async function addAll(files: readonly File[], offer: Offer | undefined, last: Last, close: () => void): Promise<boolean> {
  if (files.some(({ size }) => size > MOST_BYTES)) {
    say("offline-too-large");
    return false;
  }
  const bar = element("progress");
  bar.max = 1;
  find("#shared")?.replaceChildren(bar);
  try {
    const all = offer?.wanted.checked ? [...files, ...offer.copies] : files;
    await addFiles(all, last, today(), (progress) => (bar.value = progress));
    say("offline-shared-sealed");
    return true;
  } catch {
    say("offline-shared-not");
    return false;
  } finally {
    close();
  }
}
