// The fields of the page: what stands in them, emptying them, one answer that excludes the others.

import { word } from "../page.ts";
import type { Entries } from "./answers.ts";
import { originCode } from "./origins.ts";

export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export const fieldsOf = (within: ParentNode): Field[] =>
  [...within.querySelectorAll<Field>("input[name], select[name], textarea[name]")].filter((field) => field.type !== "file");

export const isTick = (field: Field): field is HTMLInputElement => field.type === "checkbox" || field.type === "radio";
export const isFilled = (field: Field): boolean =>
  (isTick(field) ? field.checked && field.value !== "" : field.value.trim() !== "") && field.validity.valid;

/** Name and value of everything that is filled in, in the page's order. What cannot be read is left out. */
export function entriesOf(form: ParentNode): Entries {
  return fieldsOf(form).filter(isFilled).map((field) => [field.name, valueOf(field)] as const);
}

function valueOf(field: Field): string {
  if (isCount(field)) return String(countOf(field.value) ?? "");
  return isOrigin(field) ? (originCode(field.value) ?? "") : field.value;
}

/** Whether anything in this part differs from how the page came. */
export const isTouched = (part: ParentNode): boolean =>
  [...part.querySelectorAll<Field>(FIELDS)].some((field) => (isTick(field) ? field.checked !== field.defaultChecked : isTyped(field)));

const FIELDS = "input, select, textarea";
const isTyped = (field: Field): boolean => field.type !== "hidden" && field.value !== "";

/** Empties a part as if nobody had been there; says whether something stood in it. */
export function empty(part: HTMLElement): boolean {
  const touched = isTouched(part);
  for (const room of part.querySelectorAll("[data-added]")) room.remove();
  for (const field of part.querySelectorAll<Field>(FIELDS)) {
    if (isTick(field)) field.checked = field.defaultChecked;
    else if (isTyped(field)) {
      field.value = "";
      // Whatever follows a field (places found, files shown) follows it back.
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }
  part.dispatchEvent(new Event("change", { bubbles: true }));
  return touched;
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

/** Of two answers that cannot both be meant, the one ticked last stands: "I do not know" beside a list, or what a tick names as apart. */
export function watchExclusive(form: HTMLElement): void {
  form.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== "checkbox" || !target.checked) return;
    for (const field of form.querySelectorAll<HTMLInputElement>('input[type="checkbox"]:checked'))
      if (field !== target && (excludes(target, field) || excludes(field, target))) field.checked = false;
  });
}

function excludes(one: HTMLInputElement, other: HTMLInputElement): boolean {
  if (one.value.startsWith("unanswered:")) return one.name === other.name;
  const apart = one.dataset["apart"]?.split(" ") ?? [];
  return apart.includes(other.name) || apart.includes(`${other.name}=${other.value}`);
}
