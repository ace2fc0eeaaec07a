// The fields of the page: what stands in them, what was kept, one answer that excludes the others, several of a kind.

import { word } from "../page.ts";
import type { Entries } from "./answers.ts";
import { originCode } from "./origins.ts";
import { button } from "./view.ts";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const fieldsOf = (within: ParentNode): Field[] =>
  [...within.querySelectorAll<Field>("input[name], select[name], textarea[name]")].filter((field) => field.type !== "file");

const isTick = (field: Field): field is HTMLInputElement => field.type === "checkbox" || field.type === "radio";
const isFilled = (field: Field): boolean =>
  (isTick(field) ? field.checked && field.value !== "" : field.value.trim() !== "") && field.validity.valid;

/** Name and value of everything that is filled in, in the page's order. What cannot be read is left out. */
export function entriesOf(form: ParentNode): Entries {
  return fieldsOf(form).filter(isFilled).map((field) => [field.name, valueOf(field)] as const);
}

function valueOf(field: Field): string {
  if (isCount(field)) return String(countOf(field.value) ?? "");
  return isOrigin(field) ? (originCode(field.value) ?? "") : field.value;
}

/** Answers that have no code, as lines: the question, and what was answered. */
export function saidOf(form: ParentNode): string[] {
  const own = fieldsOf(form).filter((field) => isFilled(field) && (field.name.startsWith("said.") || isOtherOrigin(field)));
  return own.map((field) => `${questionOf(field)} ${isTick(field) ? labelOf(field) : field.value.trim()}`);
}

const isOrigin = (field: Field): boolean => field.name.endsWith(".origin") && !isTick(field);
const isOtherOrigin = (field: Field): boolean => isOrigin(field) && originCode(field.value) === undefined;
const isCount = (field: Field): boolean => field.name.endsWith(".count") && !isTick(field);
const labelOf = (field: Field): string => field.labels?.[0]?.textContent?.trim() ?? "";

function questionOf(field: Field): string {
  const around = field.closest("[data-field]");
  return (around?.querySelector("legend, label")?.textContent ?? "").trim();
}

const ZEROS = [0x30, 0x0660, 0x06f0];
const MOST_PEOPLE = 100_000;

/** A number in Latin, Arabic-Indic or Persian digits. */
export function countOf(typed: string): number | undefined {
  const digits = [...typed.trim()].map((letter) => {
    const point = letter.codePointAt(0) ?? 0;
    const zero = ZEROS.find((first) => point >= first && point < first + 10);
    return zero === undefined ? Number.NaN : point - zero;
  });
  const count = digits.reduce((sum, digit) => sum * 10 + digit, 0);
  return digits.length > 0 && count <= MOST_PEOPLE ? count : undefined;
}

/** Days that are still to come and numbers that are none: said at the field, never sent. */
export function watchOdd(form: HTMLElement, today: string): void {
  for (const field of form.querySelectorAll<HTMLInputElement>('input[type="date"]')) field.max = today;
  form.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !isCount(target)) return;
    const odd = target.value.trim() !== "" && countOf(target.value) === undefined;
    target.setCustomValidity(odd ? word("form-odd-number") : "");
  });
}

/** Puts back what was kept. */
export function fill(form: HTMLElement, entries: Entries): void {
  for (const [name] of entries) {
    const [list, number] = /^(.*?)\.([0-9]+)(?:\.|$)/.exec(name)?.slice(1) ?? [];
    if (list !== undefined) for (let more = MOST_ROOMS; more > 0 && !hasNumber(form, list, Number(number)); more -= 1) repeat(form, list);
  }
  for (const [name, value] of entries) {
    for (const field of fieldsOf(form).filter((one) => one.name === name)) {
      if (isTick(field)) field.checked ||= field.value === value;
      else if (!value.startsWith("unanswered:") || field instanceof HTMLSelectElement) field.value = value;
    }
  }
}

/** "I do not know" takes the place of what was ticked beside it, and the other way round. */
export function watchExclusive(form: HTMLElement): void {
  form.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== "checkbox" || !target.checked) return;
    const alone = (field: HTMLInputElement): boolean => field.value.startsWith("unanswered:");
    const beside = form.querySelectorAll<HTMLInputElement>(`input[type="checkbox"][name="${target.name}"]`);
    for (const field of beside) if (field !== target && (alone(target) || alone(field))) field.checked = false;
  });
}

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
  const added = first.cloneNode(true) as HTMLElement;
  const number = all.length;
  for (const field of fieldsOf(added)) {
    field.name = field.name.replace(`${list}.0`, `${list}.${number}`);
    if (isTick(field)) field.checked = field.defaultChecked;
    else field.value = "";
  }
  for (const marked of added.querySelectorAll("[id], [for], [aria-describedby]")) {
    for (const name of ["id", "for", "aria-describedby"]) {
      const value = marked.getAttribute(name);
      if (value) marked.setAttribute(name, value.replace("-0-", `-${number}-`));
    }
  }
  const legend = added.querySelector("legend");
  if (legend) legend.textContent = `${(legend.textContent ?? "").replace(/\s*1\s*$/, "")} ${number + 1}`;
  last.after(added);
  return added;
}

const hasNumber = (form: HTMLElement, list: string, number: number): boolean =>
  fieldsOf(form).some((field) => field.name.startsWith(`${list}.${number}.`));
