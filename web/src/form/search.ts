// Acts found by everyday words: typing hides what does not fit, and opens the groups that hold what does.

import { word } from "../page.ts";
import { isFound } from "./letters.ts";
import { element } from "./view.ts";

export function watchSearch(form: HTMLElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>("input[data-search]")) {
    const section = input.closest("section") ?? form;
    const count = element("p", "", "quiet");
    count.setAttribute("role", "status");
    input.parentElement?.after(count);
    input.addEventListener("input", () => {
      const found = look(section, input.value);
      count.textContent = input.value.trim() === "" ? "" : word("form-search-found", { count: found });
    });
  }
}

/** How many fit. What is ticked stays in sight. */
function look(section: ParentNode, typed: string): number {
  const idle = typed.trim() === "";
  let found = 0;
  for (const label of section.querySelectorAll<HTMLLabelElement>("label")) {
    const box = label.control;
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox" || box.value.startsWith("unanswered:")) continue;
    const fits = idle || isFound(typed, `${label.textContent} ${label.dataset["words"] ?? ""}`);
    found += Number(fits);
    (label.closest<HTMLElement>("[data-choice]") ?? label).hidden = !fits && !box.checked;
  }
  for (const group of section.querySelectorAll("details")) {
    const shown = [...group.querySelectorAll("label")].some((label) => !(label.closest<HTMLElement>("[data-choice]") ?? label).hidden);
    group.hidden = !shown;
    if (!idle && shown) group.open = true;
  }
  return found;
}
