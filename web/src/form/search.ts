// Acts found by everyday words: typing hides what does not fit, and opens the groups that hold what does.

import { word } from "../page.ts";
import { fitting } from "./letters.ts";
import { element } from "./view.ts";

export function watchSearch(form: HTMLElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>("input[data-search]")) {
    const section = input.closest("section") ?? form;
    const count = element("p", "", "hint");
    count.setAttribute("role", "status");
    input.after(count);
    input.addEventListener("input", () => {
      const found = look(section, input.value);
      count.textContent = input.value.trim() === "" ? "" : word("form-search-found", { count: found });
    });
    // Enter here looks for something; it does not go on to the next topic.
    input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }
}

/** How many fit. What is ticked stays in sight, and so does "don't know". */
function look(section: ParentNode, typed: string): number {
  const idle = typed.trim() === "";
  const boxes = [...section.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')].filter(
    (box) => box.labels?.[0] && !box.value.startsWith("unanswered:"),
  );
  const fits = fitting(typed, boxes.map(toldBy));
  for (const [at, box] of boxes.entries()) for (const label of box.labels ?? []) label.hidden = !idle && !fits[at] && !box.checked;
  for (const group of section.querySelectorAll("details")) {
    const shown = [...group.querySelectorAll("label")].some((label) => !label.hidden);
    group.hidden = !shown;
    if (!idle && shown) group.open = true;
  }
  return fits.filter(Boolean).length;
}

/** Its name, the everyday words it is found by, and what stands over it. */
function toldBy(box: HTMLInputElement): string {
  const label = box.labels?.[0];
  const around = box.closest("details")?.querySelector("summary")?.textContent ?? "";
  return `${label?.textContent} ${label?.dataset["words"] ?? ""} ${around}`;
}
