// The fields of the page: what stands in them, what was kept, one answer that excludes the others, several of a kind.

import { word } from "../page.ts";
import type { Entries } from "./answers.ts";
import { button } from "./view.ts";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const fieldsOf = (within: ParentNode): Field[] =>
  [...within.querySelectorAll<Field>("input[name], select[name], textarea[name]")].filter((field) => field.type !== "file");

const isTick = (field: Field): field is HTMLInputElement => field.type === "checkbox" || field.type === "radio";

/** Name and value of everything that is filled in, in the page's order. What the browser finds odd is left out. */
export function entriesOf(form: ParentNode): Entries {
  const told = fieldsOf(form).filter((field) => (isTick(field) ? field.checked : field.value !== "") && field.validity.valid);
  return told.map((field) => [field.name, field.value] as const);
}

/** Puts back what was kept. */
export function fill(form: HTMLElement, entries: Entries): void {
  for (const [name] of entries) {
    const [list, number] = /^(.*?)\.([0-9]+)(?:\.|$)/.exec(name)?.slice(1) ?? [];
    if (list !== undefined) for (let more = 40; more > 0 && !hasNumber(form, list, Number(number)); more -= 1) repeat(form, list);
  }
  for (const [name, value] of entries) {
    for (const field of fieldsOf(form).filter((one) => one.name === name)) {
      if (isTick(field)) field.checked ||= field.value === value;
      else field.value = value;
    }
  }
}

/** "I do not know" takes the place of what was ticked beside it, and the other way round. */
export function watchExclusive(form: HTMLElement): void {
  form.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== "checkbox" || !target.checked) return;
    const alone = (field: HTMLInputElement): boolean => field.value.startsWith("unanswered:");
    const beside = form.querySelectorAll<HTMLInputElement>(`input[type="checkbox"][name="${target.name}"]`);
    for (const field of beside) if (field !== target && (alone(target) || alone(field))) field.checked = false;
  });
}

/** "Another one" below each group of fields of which there may be several. */
export function offerMore(form: HTMLElement): void {
  for (const first of form.querySelectorAll<HTMLElement>("[data-repeat]")) {
    const more = button("form-another", "quiet");
    more.addEventListener("click", () => {
      const added = repeat(form, first.dataset["repeat"] ?? "");
      added?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    });
    first.after(more);
  }
}

function repeat(form: HTMLElement, list: string): HTMLElement | undefined {
  const all = [...form.querySelectorAll<HTMLElement>(`[data-repeat="${list}"]`)];
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last || all.length > 40) return undefined;
  const added = first.cloneNode(true) as HTMLElement;
  const number = all.length;
  for (const field of fieldsOf(added)) {
    field.name = field.name.replace(`${list}.0`, `${list}.${number}`);
    if (isTick(field)) field.checked = false;
    else field.value = "";
  }
  for (const marked of added.querySelectorAll("[id], [for], [aria-describedby]")) {
    for (const name of ["id", "for", "aria-describedby"]) {
      const value = marked.getAttribute(name);
      if (value) marked.setAttribute(name, `${value}-${number}`);
    }
  }
  const legend = added.querySelector("legend");
  if (legend) legend.textContent = word("form-another-legend", { what: first.querySelector("legend")?.textContent ?? "", number: number + 1 });
  last.after(added);
  return added;
}

const hasNumber = (form: HTMLElement, list: string, number: number): boolean =>
  fieldsOf(form).some((field) => field.name === `${list}.${number}` || field.name.startsWith(`${list}.${number}.`));
