// The few things this page does with the document. Text is only ever text.

import { word } from "../page.ts";

type Attributes = Readonly<Record<string, string>>;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  content: string | (string | Node)[] = [],
  attributes: Attributes = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (typeof content === "string") made.textContent = content;
  else made.append(...content);
  return made;
}

/** What a person wrote: its own direction, its own line breaks, no markup. */
export const freeText = (words: string): HTMLElement =>
  element("p", words, { class: "free", dir: "auto" });

export function at<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new TypeError("not on this page");
  return found as T;
}

const SENTENCE: Partial<Record<string, string>> = {
  "receipt-unknown": "unknown",
  unreachable: "unreachable",
  server: "server",
  "directory-stale": "stale",
  "too-large": "too-large",
  "file-too-large": "attach-large",
  "nothing-chosen": "nothing",
};

/** The sentence for what went wrong: everything that does not agree with what was signed is one and the same. */
export const refusalWord = (code: string): string => word(`thread-${SENTENCE[code] ?? "altered"}`);
