// After sealing: the digits, typed back once, and what happens next.

import type { News } from "../offline/sync.ts";
import { withheldFrom } from "../institution.ts";
import { word } from "../page.ts";
import { showCard } from "../receipt/card.ts";
import { groupsOf } from "../receipt/groups.ts";
import { rememberLabels } from "./lists.ts";
import { readDigits } from "./receipt.ts";
import { type Beside, besides } from "./sitting.ts";
import { element, find, say } from "./view.ts";

export type Fate = "kept" | "waiting" | "carried";

export interface Done {
  digits: string;
  fate: Fate;
  /** When its first reader reads, in a sentence; empty where nobody does. */
  when: string;
  beside: Beside;
  /** What says that it left as a file, with the file once more. */
  carried?: HTMLElement;
}

/** Takes the questions off the page and shows the digits. They are nowhere else. */
export function showKept({ digits, fate, when, beside, carried }: Done): void {
  const page = find("#kept");
  const shown = find("#digits");
  if (!page || !shown) return;
  const form = document.querySelector("form");
  if (form) rememberLabels(form);
  form?.remove();
  shown.replaceChildren(...groupsOf(digits));
  showFate(page, fate);
  showCarried(page, carried);
  page.dataset["report"] = beside.report;
  const read = find("#when");
  if (read) read.textContent = when;
  page.hidden = false;
  const heading = page.querySelector<HTMLElement>("h2:not([hidden])");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
  watchAgain(digits);
  const print = find("#print");
  if (print) print.onclick = () => void showCard(digits);
  besides(beside, { clear: clearKept, show: showKept });
}

/** What another took along is theirs alone. */
export function showCarried(page: HTMLElement, carried?: HTMLElement): void {
  find("#carried")?.remove();
  if (carried) page.prepend(carried);
}

/** Nothing of who was here before stays on the screen. */
function clearKept(): void {
  const page = find("#kept");
  if (page) page.hidden = true;
  const input = find<HTMLInputElement>("#again");
  if (input) {
    input.value = "";
    input.oninput = null;
    input.classList.remove("good");
  }
  const print = find("#print");
  if (print) print.onclick = null;
  for (const id of ["#digits", "#again-said", "#when", "#status", "#card"]) find(id)?.replaceChildren();
}

function showFate(page: HTMLElement, fate: Fate): void {
  for (const part of page.querySelectorAll<HTMLElement>("[data-fate]")) part.hidden = part.dataset["fate"] !== fate;
}

/** What waits goes while the page is open: how far it is, and that it arrived. */
export function follow(news: News): void {
  const [page, status] = [find("#kept"), find("#status")];
  // Somebody else's digits may stand here by now.
  if (!page || !status || page.dataset["report"] !== news.report) return;
  if (news.kind === "sending") {
    const bar = status.querySelector("progress") ?? status.appendChild(element("progress"));
    bar.max = news.size;
    bar.value = news.sent;
  }
  if (news.kind === "kept") {
    say("form-sent");
    showFate(page, "kept");
    const when = find("#when");
    if (when && news.withheld.length > 0) when.textContent = withheldFrom(news.withheld);
  }
}

/** Digits are compared, not stretched again: the answer comes while typing. */
function watchAgain(digits: string): void {
  const input = find<HTMLInputElement>("#again");
  const said = find("#again-said");
  if (!input || !said) return;
  input.oninput = () => {
    const typed = readDigits(input.value);
    const same = typed.state === "good" && typed.digits === digits;
    const wrong = typed.digits.length >= digits.length && !same;
    input.classList.toggle("good", same);
    said.textContent = same ? word("form-again-good") : wrong ? word("form-again-wrong") : "";
  };
}
