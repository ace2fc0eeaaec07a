// The few things pages do with the document. Words come from the page, never from here; text is only ever text.

import { type RefusalCode, codeOf } from "../refusal.ts";

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
  server: "server",
};

export function word(key: string): string {
  const words = document.querySelector<HTMLTemplateElement>("#words");
  return words?.content.querySelector(`[data-key="dashboard-${key}"]`)?.textContent ?? key;
}

/** The sentence for what went wrong: everything that does not agree with what was signed is one and the same. */
export function askWord(cause: unknown): string {
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
  const paragraph = element("p");
  paragraph.className = "free";
  paragraph.dir = "auto";
  paragraph.append(element("bdi", words));
  return paragraph;
}

export function field(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}

/** Runs what a form asks for, once: the buttons wait, the outcome is told, success leads on to `next`. */
export function onActs(form: HTMLFormElement, act: () => Promise<void>, next: string): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => (button.disabled = true));
    tell(word("sealing"));
    act()
      .then(() => {
        tell(word("done"));
        form.setAttribute("data-done", "");
        location.assign(next);
      })
      .catch((cause: unknown) => {
        tell(askWord(cause));
        buttons.forEach((button) => (button.disabled = false));
      });
  });
}

export type OnActs = typeof onActs;
