// What was typed so far, kept while it is typed, under a key the page can forget.

import { forget, keep, recall } from "../offline/drafts.ts";
import type { Entries } from "./answers.ts";
import { entriesOf, isTouched } from "./fields.ts";

const PAUSE_MILLISECONDS = 300;

export class Draft {
  /** Each kind of page has a draft of its own; its name says no more than its address. */
  readonly #name = location.pathname.split("/").at(-1) ?? "";
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly form: HTMLFormElement) {
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.#keepSoon());
    addEventListener("pagehide", () => this.#soon !== undefined && this.keep());
  }

  #keepSoon(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.keep(), PAUSE_MILLISECONDS);
  }

  /** A phone without storage files as well; it only cannot keep a draft. */
  keep(): void {
    this.#rest();
    // A form that was left in a hurry, or sent, is kept nowhere.
    if (!this.form.isConnected) return;
    const kept = isTouched(this.form) ? keep(this.#name, entriesOf(this.form)) : forget(this.#name);
    kept.catch(() => undefined);
  }

  forget(): void {
    this.#rest();
    forget(this.#name).catch(() => undefined);
  }

  recall(): Promise<Entries> {
    return recall<Entries>(this.#name).then((entries) => entries ?? [], () => []);
  }

  #rest(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
  }
}
