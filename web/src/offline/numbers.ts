// The digits of a shift: all stay within reach until the worker says that they were handed over. They are in this page's memory and
// nowhere else, and in its document only while the worker looks: the phone goes from hand to hand.

import { element } from "../form/view.ts";
import { word } from "../page.ts";
import { groupsOf } from "../receipt/groups.ts";

export interface Held {
  /** Which report of the shift they open. */
  which: number;
  digits: string;
  handed: boolean;
}

export class Numbers {
  #held: Held[] = [];
  #given = 0;
  /** Stands on the page already, large. */
  #shown: Held | undefined;

  constructor(readonly fold: HTMLDetailsElement) {
    fold.addEventListener("toggle", () => {
      if (fold.open) this.#draw();
      else if (!fold.hidden) this.show(this.#shown);
    });
    // Who leaves in a hurry has no page any more, and is not asked.
    addEventListener("beforeunload", (event) => {
      if (document.body && this.#open.length > 0) event.preventDefault();
    });
  }

  get #open(): Held[] {
    return this.#held.filter(({ handed }) => !handed);
  }

  add(digits: string): Held {
    this.#given += 1;
    const held = { which: this.#given, digits, handed: false };
    this.#held.push(held);
    return held;
  }

  /** Shows that there are some, beside the digits that stand on the page. What was handed over is forgotten here. */
  show(shown?: Held): void {
    this.#shown = shown;
    this.#clear();
    this.#held = this.#held.filter((held) => held === shown || !held.handed);
    this.#tell();
  }

  /** The phone is in somebody else's hands. */
  hide(): void {
    this.#clear();
    this.fold.hidden = true;
  }

  #clear(): void {
    this.fold.open = false;
    this.fold.querySelector("ul")?.replaceChildren();
  }

  get #listed(): Held[] {
    return this.#held.filter((held) => held !== this.#shown);
  }

  #tell(): void {
    const count = this.#listed.filter(({ handed }) => !handed).length;
    const summary = this.fold.querySelector("summary");
    if (summary) summary.textContent = word("offline-quick-numbers", { count });
    this.fold.hidden = this.#listed.length === 0;
  }

  #draw(): void {
    this.fold.querySelector("ul")?.replaceChildren(...this.#listed.map((held) => this.#lineOf(held)));
  }

  #lineOf(held: Held): HTMLLIElement {
    const line = element("li");
    const digits = element("p", "", "digits");
    digits.dir = "ltr";
    digits.append(...groupsOf(held.digits));
    const label = element("label");
    const tick = element("input");
    tick.type = "checkbox";
    tick.checked = held.handed;
    tick.addEventListener("change", () => {
      held.handed = tick.checked;
      this.#tell();
    });
    label.append(tick, word("offline-quick-handed"));
    line.append(element("strong", word("offline-quick-number", { number: held.which })), digits, label);
    return line;
  }
}
