// One topic a page: stepping, focus, progress, and what the browser itself finds odd in an answer. Nothing must be answered.

import { word } from "../page.ts";
import { button, element } from "./view.ts";

export interface Steps {
  /** Called after a topic is shown. */
  entered(topic: string): void;
  /** Called when a topic is left, forwards or back. */
  left(): void;
  /** Called when the last topic is done. */
  finished(): void;
}

export class Topics {
  readonly #sections: HTMLElement[];
  readonly #progress = element("p", "", "progress");
  readonly #summary = element("div", "", "summary");
  readonly #buttons = element("div", "", "steps");
  readonly #back = button("form-back", "quiet");
  readonly #on = button("form-continue", "main");
  readonly #skip = button("form-skip", "quiet");
  #at = 0;

  constructor(readonly form: HTMLFormElement, readonly steps: Steps) {
    this.#sections = [...form.querySelectorAll<HTMLElement>("section[data-topic]")];
    this.#summary.tabIndex = -1;
    this.#buttons.append(this.#on, this.#skip, this.#back);
    form.prepend(this.#progress, this.#summary);
    form.append(this.#buttons);
    form.noValidate = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter === this.#on || event.submitter === null) this.#continue();
    });
    this.#on.type = "submit";
    this.#skip.addEventListener("click", () => this.#leave(this.#at + 1));
    this.#back.addEventListener("click", () => history.back());
    addEventListener("popstate", () => this.#show(this.#numberInAddress(), true));
  }

  /** Begins at the first topic, whatever the address says: answers do not outlive a page by it. */
  begin(): void {
    history.replaceState(null, "", location.pathname);
    this.#show(0, false);
  }

  get topic(): string {
    return this.#sections[this.#at]?.dataset["topic"] ?? "";
  }

  /** While it seals, a second touch does nothing. */
  set busy(busy: boolean) {
    this.#on.disabled = busy;
  }

  #continue(): void {
    const section = this.#sections[this.#at];
    const odd = section ? oddFields(section) : [];
    this.#tell(odd);
    if (odd.length > 0) return;
    if (this.#at === this.#sections.length - 1) this.steps.finished();
    else this.#leave(this.#at + 1);
  }

  #leave(next: number): void {
    if (next < 0 || next >= this.#sections.length) return;
    this.steps.left();
    // Only a number: what was asked must not be read in a browser's history.
    history.pushState(null, "", `#${next + 1}`);
    this.#show(next, true);
  }

  #numberInAddress(): number {
    const number = Number(/^#([0-9]{1,2})$/.exec(location.hash)?.[1] ?? 1);
    return Math.min(Math.max(number, 1), this.#sections.length) - 1;
  }

  #show(at: number, focus: boolean): void {
    this.#at = at;
    this.#sections.forEach((section, index) => (section.hidden = index !== at));
    const section = this.#sections[at];
    const last = at === this.#sections.length - 1;
    this.#tell([]);
    this.#back.hidden = at === 0;
    this.#on.textContent = word(last ? "form-seal" : "form-continue");
    this.#skip.hidden = last || !section?.querySelector("input, select, textarea");
    this.#progress.textContent = word("form-progress", { step: at + 1, steps: this.#sections.length });
    const heading = section?.querySelector<HTMLElement>("h2");
    if (heading && focus) {
      heading.tabIndex = -1;
      heading.focus();
      scrollTo({ top: 0 });
    }
    this.steps.entered(this.topic);
  }

  /** Says what could not be read, where it stands, and that it may be left out. */
  #tell(odd: Field[]): void {
    this.form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
    this.#summary.hidden = odd.length === 0;
    const list = element("ul");
    for (const field of odd) {
      field.setAttribute("aria-invalid", "true");
      const link = element("a", word("form-odd-field", { field: labelOf(field) }));
      link.href = `#${field.id}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        field.focus();
      });
      const line = element("li");
      line.append(link);
      list.append(line);
    }
    this.#summary.replaceChildren(element("h3", word("form-odd-heading")), list);
    if (odd.length > 0) this.#summary.focus();
  }
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export const oddFields = (within: ParentNode): Field[] =>
  [...within.querySelectorAll<Field>("input, select, textarea")].filter((field) => !field.validity.valid);

function labelOf(field: Field): string {
  return field.labels?.[0]?.textContent?.trim() ?? "";
}
