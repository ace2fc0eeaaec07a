// Countries by the names their people read: the browser knows them in every language, the page only sends codes.

import { isFound, latin } from "./letters.ts";

const names = new Map<string, string>();

/** Fills the page's list of countries in its own language. */
export function offerOrigins(): void {
  const list = document.querySelector<HTMLDataListElement>("#origins");
  const codes = list?.dataset["codes"]?.split(" ") ?? [];
  if (!list || typeof Intl.DisplayNames !== "function") return;
  const told = new Intl.DisplayNames([document.documentElement.lang], { type: "region" });
  for (const code of codes) names.set(code, told.of(code) ?? code);
  list.replaceChildren(...[...names.values()].sort((left, right) => left.localeCompare(right)).map((name) => new Option(name, name)));
}

/** The code of what was typed: a code, a name, or the beginning of exactly one. */
export function originCode(typed: string): string | undefined {
  const text = typed.trim();
  if (text.startsWith("unanswered:") || names.has(text.toUpperCase())) return text.startsWith("u") ? text : text.toUpperCase();
  const exact = [...names].find(([, name]) => latin(name) === latin(text));
  if (exact) return exact[0];
  const begun = [...names].filter(([, name]) => isFound(text, name));
  return begun.length === 1 ? begun[0]?.[0] : undefined;
}
