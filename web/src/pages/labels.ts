// Codes in words of the reader's language, from the country's own lists; keys of ours from the page's words.

import { isObject } from "../strict.ts";
import { word } from "./page.ts";

export class Labels {
  private readonly known = new Map<string, string>();

  constructor(country: unknown) {
    this.read(country);
  }

  /** The words for a code; the text itself where it is none. */
  of(text: string): string {
    return this.known.get(text) ?? text;
  }

  /** The words for a field of ours. */
  field(key: string): string {
    const name = `field-${key.replaceAll("_", "-")}`;
    const told = word(name);
    return told === name ? key.replaceAll("_", " ") : told;
  }

  private read(value: unknown): void {
    if (Array.isArray(value)) return value.forEach((one) => this.read(one));
    if (!isObject(value)) return;
    const { code, label, name, labels } = value;
    const language = document.documentElement.lang;
    const told = isObject(labels) ? (labels[language] ?? labels["en"]) : (label ?? name);
    if (typeof code === "string" && typeof told === "string") this.known.set(code, told);
    Object.values(value).forEach((one) => this.read(one));
  }
}
