// The few things pages do with the document. Words come from the page, never from here; text is only ever text.

import { type RefusalCode, codeOf, isRefusal } from "../refusal.ts";

const OF: Partial<Record<RefusalCode, string>> = {
  closure: "closure",
  "directory-board": "directory",
  "directory-unpinned": "directory",
  "directory-stale": "directory",
  "directory-unknown": "directory",
  "key-file": "key",
  "wrap-place": "key",
  "sealed-key": "key",
  "signed-out": "signed-out",
  "nothing-chosen": "chosen-nothing",
  "nothing-verified": "verified-nothing",
  server: "server",
};

export function word(key: string): string {
  const words = document.querySelector<HTMLTemplateElement>("#words");
  return words?.content.querySelector(`[data-key="dashboard-${key}"]`)?.textContent ?? key;
}

/** The sentence for what went wrong: the server's own, or ours; all that does not agree with what was signed is one and the same. */
export function askWord(cause: unknown): string {
  if (isRefusal(cause) && cause.told !== "") return cause.told;
  return word(`refusal-${OF[codeOf(cause)] ?? "altered"}`);
}

export function tell(sentence: string): void {
  const status = document.getElementById("status");
  if (status) status.textContent = sentence;
}

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  content: string | Node[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (typeof content === "string") made.textContent = content;
  else made.append(...content);
  return made;
}

/** What a person wrote: its own direction, its own line breaks, no markup. */
export function freeText(words: string): HTMLElement {
  const paragraph = element("p", words);
  paragraph.className = "free";
  paragraph.dir = "auto";
  return paragraph;
}

export function field(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}

/** What a form's own button led to is told beside it: a page can be long, and whoever pressed looks there. */
function tellBeside(form: HTMLFormElement, sentence: string, role: "status" | "alert"): HTMLElement {
  form.querySelector(".outcome")?.remove();
  const outcome = element("p", sentence);
  outcome.className = role === "alert" ? "outcome refused" : "outcome";
  outcome.setAttribute("role", role);
  outcome.tabIndex = -1;
  form.append(outcome);
  return outcome;
}

/** Runs what a form asks for, once: the buttons wait, the outcome is told beside them; what was written stays after a refusal. */
export function onSubmit(form: HTMLFormElement, doing: string, act: () => Promise<void>): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => (button.disabled = true));
    tellBeside(form, word(doing), "status");
    act().catch((cause: unknown) => {
      buttons.forEach((button) => (button.disabled = false));
      tellBeside(form, askWord(cause), "alert").focus();
    });
  });
}

/** The same for an act about a report: done, it leads on to `next`. */
export function onActs(form: HTMLFormElement, act: () => Promise<void>, next: string): void {
  onSubmit(form, "sealing", async () => {
    await act();
    tellBeside(form, word("done"), "status");
    form.setAttribute("data-done", "");
    location.assign(next);
  });
}

export type OnActs = typeof onActs;
