// What the browser finds odd in an answer: said above the topic with a link to each field, and again at the field itself.

import { word } from "../page.ts";
import type { Field } from "./fields.ts";
import { element } from "./view.ts";

export const oddFields = (within: ParentNode): Field[] =>
  [...within.querySelectorAll<Field>("input, select, textarea")].filter((field) => !field.validity.valid);

const whyOf = ({ validity }: Field): string =>
  word(validity.valueMissing ? "form-odd-agree" : validity.customError ? "form-odd-number" : "form-odd-day");

export class Summary {
  readonly view = element("div", "", "summary");

  constructor(readonly form: HTMLElement) {
    this.view.tabIndex = -1;
    this.view.setAttribute("role", "alert");
    this.tell([]);
  }

  /** Says what could not be read, where it stands, and what may be left out; with nothing odd all of it is taken back. */
  tell(odd: Field[]): void {
    for (const marked of this.form.querySelectorAll<HTMLElement>("[aria-invalid]")) unmark(marked);
    this.view.hidden = odd.length === 0;
    const list = element("ul");
    list.append(...odd.map(lineOf));
    this.view.replaceChildren(...(odd.length > 0 ? [element("h2", word("form-odd-heading")), list] : []));
    odd.forEach(mark);
    if (odd.length > 0) this.view.focus();
  }
}

function lineOf(field: Field): HTMLLIElement {
  const label = field.labels?.[0]?.textContent?.trim() ?? "";
  const link = element("a", `${label} – ${whyOf(field)}`);
  link.href = "#";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    field.focus();
  });
  const line = element("li");
  line.append(link);
  return line;
}

function mark(field: Field, at: number): void {
  const why = element("p", whyOf(field), "odd");
  why.id = `odd-${at}`;
  const label = field.labels?.[0];
  (label?.contains(field) ? label : field).before(why);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [why.id, field.getAttribute("aria-describedby") ?? ""].join(" ").trim());
}

function unmark(field: HTMLElement): void {
  const [own = "", ...others] = (field.getAttribute("aria-describedby") ?? "").split(" ");
  document.getElementById(own)?.remove();
  field.removeAttribute("aria-invalid");
  field.setAttribute("aria-describedby", others.join(" "));
  if (others.length === 0) field.removeAttribute("aria-describedby");
}
