// The three lists, wherever the page has room for them, and word for word what the server's operator can read.

import { institutionName } from "../institution.ts";
import { word } from "../page.ts";
import type { Reason } from "./book.ts";
import type { ConsentRow } from "./coding.ts";
import type { Drawn } from "./filing.ts";
import type { Line, May } from "./plan.ts";
import { element, find } from "./view.ts";

const reasonOf = ({ key, about }: Reason): string =>
  word(key, about === undefined ? {} : { institution: institutionName(about) });

/** Shows who reads, who hears of it and who never gets it, each with one plain reason, wherever the page has room. */
export function showLists({ lists, plan, age }: Drawn): void {
  const held = plan.facets.consent.length === 0;
  for (const place of document.querySelectorAll<HTMLElement>("[data-lists]")) {
    const never = element("details");
    never.open = place.querySelector("details")?.open ?? false;
    const shutOut = lists.never.map(lineOf);
    never.append(element("summary", word("form-list-never", { count: lists.never.length })), list("never", shutOut));
    const read = lists.read.map(lineOf);
    const heard = lists.may.filter((one) => one.heard.length > 0).map(heardThrough);
    const hear = [...lists.hear.map(lineOf), ...heard];
    place.replaceChildren(
      element("h3", word("form-list-can-read")),
      list("can-read", read, held ? "form-list-nobody-held" : "form-list-nobody-left"),
      ...(lists.may.length > 0
        ? [element("h3", word("form-list-may-read")), list("may-read", lists.may.map(mayRead))]
        : []),
      element("h3", word("form-list-will-hear")),
      list("will-hear", hear),
      never,
      ...(age === "current" ? [] : [element("p", word(`form-directory-${age}`))]),
    );
  }
}

/** The lists stand below the question who did it as well: what an answer changes is seen at once. */
export function repeatLists(): void {
  const accused = document.querySelector<HTMLElement>('section[data-topic="accused"]');
  if (!accused || accused.querySelector("[data-lists]")) return;
  const place = element("div");
  place.dataset["lists"] = "";
  accused.append(place);
}

function list(name: string, lines: HTMLLIElement[], nobody = "form-list-nobody"): HTMLUListElement {
  const shown = element("ul");
  shown.dataset["readers"] = name;
  shown.append(...(lines.length > 0 ? lines : [element("li", word(nobody))]));
  return shown;
}

const named = (name: string, sentence: string): HTMLLIElement => {
  const [line, who] = [element("li"), element("strong")];
  who.append(element("bdi", name));
  line.append(who, ` ${sentence}`);
  return line;
};

function mayRead({ purpose, kind, named: withName }: May): HTMLLIElement {
  const sentence = word(withName ? "form-may-named" : "form-may-nameless", { purpose: labelOf(purpose) });
  return named(labelOf(`${purpose}/${kind}`), sentence);
}

const heardThrough = ({ purpose, kind, heard }: May): HTMLLIElement =>
  named(labelOf(`${purpose}/${kind}`), word("form-may-hear", { reasons: heard.map((key) => word(key)).join(" ") }));

const lineOf = ({ institution, reason }: Line): HTMLLIElement =>
  named(institutionName(institution), reasonOf(reason));

/** The facets in words and as the exact text. */
export function showOperator({ facets }: Drawn): void {
  const exact = find("[data-operator]");
  if (!exact) return;
  exact.textContent = facets;
  const fold = exact.closest("details") ?? exact;
  const before = fold.previousElementSibling;
  const words = before instanceof HTMLDListElement ? before : element("dl");
  fold.before(words);
  words.replaceChildren(...inWords(JSON.parse(facets) as Record<string, unknown>));
}

const NAMES: Record<string, string> = {
  accused: "form-facet-accused",
  consent: "form-facet-consent",
  recency: "form-facet-recency",
  clock: "form-facet-clock",
  urgency: "form-facet-urgency",
  area: "form-facet-area",
  period: "form-facet-period",
  categories: "form-facet-categories",
  acts: "form-facet-acts",
  place_kind: "form-facet-place-kind",
  needs: "form-facet-needs",
  source_kind: "form-facet-source-kind",
  language: "form-facet-language",
  channel: "form-facet-channel",
  group: "form-facet-group",
};

function inWords(facets: Record<string, unknown>): HTMLElement[] {
  return Object.entries(NAMES).flatMap(([key, name]) => {
    const codes = key === "consent" ? purposesOf(facets[key]) : codesOf(facets[key]);
    if (codes.length === 0) return [];
    return [element("dt", word(name)), ...codes.map((code) => element("dd", labelOf(code)))];
  });
}

const purposesOf = (rows: unknown): string[] => [...new Set((rows as ConsentRow[]).map((row) => row.purpose))];

/** Every code in a facet, whatever its shape. */
function codesOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(codesOf) : [];
}

/** What the questions called a code, once they are gone. */
const remembered = new Map<string, string>();

/** Remembers what a form calls its codes: who files after it is shown them in words too. */
export function rememberLabels(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLOptionElement>("option, input[type=checkbox], input[type=radio]")) {
    const text = textOf(field);
    if (text) remembered.set(field.value, text);
  }
  for (const group of form.querySelectorAll<HTMLElement>("details[data-group]")) {
    remembered.set(group.dataset["group"] ?? "", group.querySelector("summary")?.textContent?.trim() ?? "");
  }
}

const textOf = (field: HTMLInputElement | HTMLOptionElement | null): string =>
  (field instanceof HTMLOptionElement ? field : field?.labels?.[0])?.textContent?.trim() ?? "";

/** What the catalogue or the page itself calls a code; the code where nobody has a name for it. */
function labelOf(code: string): string {
  const key = `form-code-${code.toLowerCase()}`;
  if (word(key) !== key) return word(key);
  const named = CSS.escape(code);
  const group = document.querySelector(`details[data-group="${named}"] > summary`)?.textContent?.trim();
  const field = document.querySelector<HTMLInputElement | HTMLOptionElement>(`[value="${named}"]`);
  const isOwn = document.documentElement.lang.split("-")[0] === code;
  const tongue = isOwn && document.querySelector(".tongues bdi")?.textContent;
  return group || textOf(field) || remembered.get(code) || tongue || institutionName(code);
}
