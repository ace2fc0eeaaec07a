// After sealing: the digits, typed back once, and what happens next.

import { word } from "../page.ts";
import { showCard } from "../receipt/card.ts";
import { groupsOf, readDigits } from "./receipt.ts";
import { element, find } from "./view.ts";

export type Fate = "kept" | "waiting";

/** Takes the questions off the page and shows the digits. They are nowhere else. */
export function showKept(digits: string, fate: Fate): void {
  const page = find("#kept");
  const shown = find("#digits");
  if (!page || !shown) return;
  document.querySelector("form")?.remove();
  shown.replaceChildren(...groupsOf(digits).map((group) => element("span", group)));
  for (const part of page.querySelectorAll<HTMLElement>("[data-fate]")) part.hidden = part.dataset["fate"] !== fate;
  page.hidden = false;
  const heading = page.querySelector<HTMLElement>("h2:not([hidden])");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
  watchAgain(digits);
  find("#print")?.addEventListener("click", () => void showCard(digits));
}

/** Digits are compared, not stretched again: the answer comes while typing. */
function watchAgain(digits: string): void {
  const input = find<HTMLInputElement>("#again");
  const said = find("#again-said");
  if (!input || !said) return;
  input.addEventListener("input", () => {
    const typed = readDigits(input.value);
    const same = typed.state === "good" && typed.digits === digits;
    const wrong = typed.digits.length >= digits.length && !same;
    input.classList.toggle("good", same);
    said.textContent = same ? word("form-again-good") : wrong ? word("form-again-wrong") : "";
  });
}
