// Acts found by everyday words: typing hides what does not fit, and opens the groups that hold what does.

import { word } from "../page.ts";
import { isFound } from "./letters.ts";
import { element } from "./view.ts";

/** Topics with more choices than a person wants to read through. */
const SEARCHED = ["acts", "accused"];

export function watchSearch(form: HTMLElement): void {
  for (const topic of SEARCHED) {
    const section = form.querySelector<HTMLElement>(`section[data-topic="${topic}"]`);
    const choices = section?.querySelector("fieldset");
    if (section && choices) choices.before(...search(section));
  }
}

function search(section: HTMLElement): HTMLElement[] {
  const input = Object.assign(element("input"), { type: "search", id: `search-${section.dataset["topic"]}`, autocomplete: "off", dir: "auto" });
  const label = Object.assign(element("label", word("form-search")), { htmlFor: input.id });
  const count = element("p", "", "hint");
  count.setAttribute("role", "status");
  input.addEventListener("input", () => {
    const found = look(section, input.value);
    count.textContent = input.value.trim() === "" ? "" : word("form-search-found", { count: found });
  });
  // Enter here looks for something; it does not go on to the next topic.
  input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  return [label, input, count];
}

/** How many fit. What is ticked stays in sight, and so does "don't know". */
function look(section: ParentNode, typed: string): number {
  const idle = typed.trim() === "";
  let found = 0;
  for (const box of section.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')) {
    const label = box.labels?.[0];
    if (!label || box.value.startsWith("unanswered:")) continue;
    const group = box.closest("details");
    const around = `${group?.querySelector("summary")?.textContent ?? ""} ${group?.querySelector(".hint")?.textContent ?? ""}`;
    const fits = idle || isFound(typed, `${label.textContent} ${label.dataset["words"] ?? ""} ${around}`);
    found += Number(fits);
    label.hidden = !fits && !box.checked;
  }
  for (const group of section.querySelectorAll("details")) {
    const shown = [...group.querySelectorAll("label")].some((label) => !label.hidden);
    group.hidden = !shown;
    if (!idle && shown) group.open = true;
  }
  return found;
}
