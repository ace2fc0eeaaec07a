// Small helpers of the form's pages. Text is only ever text.

import { word } from "../page.ts";

export function element<K extends keyof HTMLElementTagNameMap>(name: K, text = "", className = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

export function button(key: string, className = ""): HTMLButtonElement {
  const made = element("button", word(key), className);
  made.type = "button";
  return made;
}

export const find = <T extends HTMLElement>(selector: string): T | null => document.querySelector<T>(selector);

export function say(key: string, values: Readonly<Record<string, string | number>> = {}): void {
  const status = find("#status");
  if (status) status.textContent = word(key, values);
}
