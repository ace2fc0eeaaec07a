// One topic a page: stepping, focus and progress. Nothing must be answered.

import { word } from "../page.ts";
import { empty, isTouched } from "./fields.ts";
import { oddFields, Summary } from "./odd.ts";
import { button, element, find, say } from "./view.ts";

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
  readonly #summary: Summary;
  readonly #buttons = element("div", "", "steps");
  readonly #back = button("form-back", "quiet");
  readonly #on = button("form-continue", "main");
  readonly #skip = button("form-skip", "quiet");
  #at = 0;

  constructor(readonly form: HTMLFormElement, readonly steps: Steps) {
    this.#sections = [...form.querySelectorAll<HTMLElement>("section[data-topic]")];
    this.#summary = new Summary(form);
    this.#buttons.append(this.#on, this.#skip, this.#back);
    form.prepend(this.#progress, this.#summary.view);
    form.append(this.#buttons);
    form.noValidate = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter === this.#on || event.submitter === null) this.#continue();
    });
    this.#on.type = "submit";
    this.#skip.addEventListener("click", () => this.#pass());
    form.addEventListener("input", () => this.#nameSkip());
    form.addEventListener("change", () => this.#nameSkip());
    this.#back.addEventListener("click", () => history.back());
    addEventListener("popstate", () => this.#show(this.#numberInAddress(), true));
  }

  /** Begins at the first topic, whatever the address says: answers do not outlive a page by it. */
  begin(): void {
    history.replaceState(null, "", location.pathname);
    this.#show(0, false);
  }

  /** Goes on where the page was read anew. */
  resume(): void {
    this.#show(this.#numberInAddress(), false);
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
    this.#summary.tell(odd);
    if (odd.length > 0) return;
    if (this.#at === this.#sections.length - 1) this.steps.finished();
    else this.#leave();
  }

  /** Leaves this part unanswered: what stood in it is dropped, and that is said. */
  #pass(): void {
    const section = this.#sections[this.#at];
    const dropped = section !== undefined && empty(section);
    this.#leave();
    if (dropped) say("form-skip-done");
  }

  /** The button says beforehand when it would drop something. */
  #nameSkip(): void {
    const section = this.#sections[this.#at];
    const name = word(section && isTouched(section) ? "form-skip-empties" : "form-skip");
    // Written again, the same text moves the page under a finger that is on its way to a button.
    if (this.#skip.textContent !== name) this.#skip.textContent = name;
  }

  /** Goes to the next topic that has something to ask. */
  #leave(): void {
    const next = this.#sections.findIndex((section, index) => index > this.#at && isAsked(section));
    if (next < 0) return;
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
    this.#summary.tell([]);
    this.#back.hidden = at === 0;
    this.#on.textContent = word(last ? "form-seal" : "form-continue");
    this.#skip.hidden = last || !section?.querySelector("input, select, textarea");
    this.#nameSkip();
    find("#status")?.replaceChildren();
    const asked = this.#sections.filter((one) => one === section || isAsked(one));
    this.#progress.textContent = word("form-progress", { step: asked.findIndex((one) => one === section) + 1, steps: asked.length });
    const heading = section?.querySelector<HTMLElement>("h2");
    if (heading && focus) {
      heading.tabIndex = -1;
      heading.focus();
      scrollTo({ top: 0 });
    }
    this.steps.entered(this.topic);
  }
}

/** A topic all of whose questions hang on an answer that was not given is passed by. */
const isAsked = (section: HTMLElement): boolean => !section.hasAttribute("data-passed");
