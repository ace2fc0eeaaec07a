// Rooms: several of a kind, the details of each thing that was ticked, and putting back what was kept of them.

import type { Entries } from "./answers.ts";
import { type Field, fieldsOf, isFilled, isTick } from "./fields.ts";
import { isInstitution } from "./names.ts";
import { button } from "./view.ts";

const MOST_ROOMS = 40;
const listOf = (room: HTMLElement): string => room.dataset["repeat"] ?? "";
const roomsOf = (form: HTMLElement, list: string): HTMLElement[] =>
  [...form.querySelectorAll<HTMLElement>("[data-repeat]")].filter((room) => listOf(room) === list);

/** "Another one" below the last of each kind of which there may be several. */
export function offerMore(form: HTMLElement): void {
  for (const list of new Set([...form.querySelectorAll<HTMLElement>("[data-repeat]")].map(listOf))) {
    const more = button("form-another", "quiet");
    more.addEventListener("click", () => repeat(form, list)?.querySelector<HTMLElement>("input, select, textarea")?.focus());
    roomsOf(form, list).at(-1)?.after(more);
  }
}

function repeat(form: HTMLElement, list: string): HTMLElement | undefined {
  const all = roomsOf(form, list);
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last || all.length >= MOST_ROOMS) return undefined;
  const number = all.length;
  const added = copyOf(first, (name) => name.replace(`${list}.0`, `${list}.${number}`), (id) => id.replace("-0-", `-${number}-`));
  const legend = added.querySelector("legend");
  if (legend) legend.textContent = `${(legend.textContent ?? "").replace(/\s*1\s*$/, "")} ${number + 1}`;
  last.after(added);
  return added;
}

/** An empty copy of a room, under names and ids of its own. */
function copyOf(room: HTMLElement, nameOf: (name: string) => string, idOf: (id: string) => string): HTMLElement {
  const added = room.cloneNode(true) as HTMLElement;
  added.dataset["added"] = "";
  for (const field of fieldsOf(added)) {
    field.name = nameOf(field.name);
    if (isTick(field)) field.checked = field.defaultChecked;
    else field.value = "";
  }
  for (const marked of added.querySelectorAll("[id], [for], [aria-describedby]")) {
    for (const name of ["id", "for", "aria-describedby"]) {
      const value = marked.getAttribute(name);
      if (value) marked.setAttribute(name, idOf(value));
    }
  }
  return added;
}

/** Details are asked of everything that was ticked, one by one; where nothing was, there is nothing to ask. */
export function watchEach(form: HTMLElement): void {
  for (const room of form.querySelectorAll<HTMLElement>("[data-each]")) {
    const section = room.closest("section");
    const isAlone = !section?.querySelector("[data-field]:not([data-each] *)");
    const ask = (): void => {
      const told = new Map(fieldsOf(form).filter((field) => field.name === room.dataset["each"] && isCode(field)).map(named));
      askEach(room, told);
      if (isAlone) section?.toggleAttribute("data-passed", told.size === 0);
    };
    room.hidden = true;
    form.addEventListener("change", ask);
    ask();
  }
}

const isCode = (field: Field): boolean => isFilled(field) && !field.value.startsWith("unanswered:");
const named = (field: Field): [code: string, label: string] => [field.value, chosenIn(field)];
const chosenIn = (field: Field): string =>
  (field instanceof HTMLSelectElement ? field.selectedOptions[0] : field.labels?.[0])?.textContent?.trim() ?? "";

function askEach(room: HTMLElement, told: ReadonlyMap<string, string>): void {
  const known = new Map<string, HTMLElement>();
  let last = room;
  for (let next = room.nextElementSibling; next instanceof HTMLElement && next.dataset["of"]; next = next.nextElementSibling) known.set(next.dataset["of"], next);
  for (const [code, label] of told) {
    const own = known.get(code) ?? eachOf(room, code);
    known.delete(code);
    const legend = own.querySelector("legend");
    if (legend) legend.textContent = label;
    if (last.nextElementSibling !== own) last.after(own);
    last = own;
  }
  for (const gone of known.values()) gone.remove();
}

function eachOf(room: HTMLElement, code: string): HTMLElement {
  const own = copyOf(room, (name) => name.replace("each.", `each.${code}.`), (id) => `${id}-${code}`);
  own.hidden = false;
  own.dataset["of"] = code;
  delete own.dataset["each"];
  return own;
}

const hasNumber = (form: HTMLElement, list: string, number: number): boolean =>
  fieldsOf(form).some((field) => field.name.startsWith(`${list}.${number}.`));

/** Puts back what was kept: first what is ticked, then the details that are asked because of it. */
export function fill(form: HTMLElement, entries: Entries): void {
  for (const [name] of entries) {
    const [list, number] = /^(.*?)\.([0-9]+)(?:\.|$)/.exec(name)?.slice(1) ?? [];
    if (list !== undefined) for (let more = MOST_ROOMS; more > 0 && !hasNumber(form, list, Number(number)); more -= 1) repeat(form, list);
  }
  put(form, entries);
  form.dispatchEvent(new Event("change"));
  put(form, entries.filter(([name]) => name.startsWith("each.")));
}

function put(form: HTMLElement, entries: Entries): void {
  for (const [name, value] of entries) {
    for (const field of fieldsOf(form).filter((one) => one.name === name)) {
      if (isTick(field)) field.checked ||= field.value === value;
      else if (!value.startsWith("unanswered:") || field instanceof HTMLSelectElement) choose(field, value);
    }
  }
}

/** Whoever was named stays named, even where the list of names has not come yet. What is not on a list says nothing about it. */
function choose(field: Field, value: string): void {
  if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value)) {
    if (!("borrow" in field.dataset && isInstitution(value))) return;
    field.add(new Option(value, value));
  }
  field.value = value;
}
