// Worker mode: eight fields on one screen, sealed with one tap, many in a row. All but the fields comes with the first touch.

import { find, say } from "../form/view.ts";
import { ready } from "../page.ts";
import { isRefusal } from "../refusal.ts";
import { recallLasting } from "./carried.ts";
import { lineOnDemand } from "./demand.ts";
import { installSoon } from "./install.ts";
import type { Shift } from "./quick-sealing.ts";
import { count } from "./reports.ts";

const form = find<HTMLFormElement>("#quick");
const line = lineOnDemand((news) => void begun?.then((shift) => shift.hear(news), () => undefined));
let begun: Promise<Shift> | undefined;

/** Begun once; asked again after it failed. */
function shift(fields: HTMLFormElement): Promise<Shift> {
  begun ??= import("./quick-sealing.ts").then(({ begin }) => begin(fields, line));
  begun.catch(() => (begun = undefined));
  return begun;
}

async function seal(fields: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  try {
    await (await shift(fields)).seal();
  } catch (cause) {
    say(sentenceOf(cause));
  } finally {
    button.disabled = false;
  }
}

function sentenceOf(cause: unknown): string {
  if (!isRefusal(cause)) return "offline-quick-not-ready";
  return cause.code === "directory-stale" ? "form-directory-old" : "offline-quick-not";
}

/** Of two ways to answer one question only the last touched counts. */
function alone(fields: HTMLFormElement, target: EventTarget | null): void {
  if (!(target instanceof HTMLInputElement)) return;
  const pairs = [["when", "day"], ["count", "counted"], ["consent", "consent.only"]];
  const other = pairs.map(([a, b]) => (target.name === a ? b : target.name === b ? a : undefined)).find((name) => name !== undefined);
  for (const field of fields.querySelectorAll<HTMLInputElement>(`input[name="${other ?? "-"}"]`)) {
    if (field.type === "radio") field.checked = false;
    else field.value = "";
  }
}

async function open(fields: HTMLFormElement): Promise<void> {
  fields.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = find<HTMLButtonElement>("#seal");
    if (button && !button.disabled) void seal(fields, button);
  });
  fields.addEventListener("change", ({ target }) => {
    alone(fields, target);
    begun?.then((shift) => shift.changed(), () => undefined);
  });
  for (const touch of ["pointerdown", "focusin"]) {
    fields.addEventListener(touch, () => void shift(fields).catch(() => undefined), { once: true });
  }
  await recallLasting().catch(() => undefined);
  fields.hidden = false;
  ready();
  // A phone that keeps nothing has nothing that waits.
  if ((await count().catch(() => 0)) > 0) line.send();
}

if (form) void open(form);
installSoon();
