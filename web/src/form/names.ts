// Institutions by name: a long list that few need, so it comes only once the form is used.

import { borrow } from "../offline/borrow.ts";

export const isInstitution = (value: string): boolean => value.startsWith("institution:");
const waiting = (form: HTMLElement): HTMLSelectElement[] => [...form.querySelectorAll<HTMLSelectElement>("select[data-borrow]")];

/** Fills the lists of names, once. Where they cannot come now, they are asked for again the next time. */
export async function bringNames(form: HTMLElement): Promise<void> {
  if (waiting(form).length === 0) return;
  const list = await borrow("choices", '[data-of="institutions"]').catch(() => undefined);
  if (!list) return;
  let isNamed = false;
  for (const select of waiting(form)) {
    const chosen = select.value;
    isNamed ||= isInstitution(chosen);
    const byCode = [...select.options].find((option) => isInstitution(option.value));
    select.append(...(list.cloneNode(true) as HTMLElement).childNodes);
    // What was put back before its name had come stood there by its code, and still does if the list knows it no more.
    if (byCode && [...select.options].some((option) => option !== byCode && option.value === byCode.value)) byCode.remove();
    select.value = chosen;
    delete select.dataset["borrow"];
  }
  // What stands there by its code elsewhere, details that are asked of it, gets its name.
  if (isNamed) form.dispatchEvent(new Event("change"));
}
