// Referring: what they see and what they do not see follow the boxes; one confirmation signs.

import { refer } from "../acts.ts";
import type { OpenedPart } from "../opening.ts";
import { Refusal } from "../refusal.ts";
import { state } from "../server.ts";
import type { Session } from "../session.ts";
import { openCase, type Opened, openPart, reportOf } from "./case.ts";
import { field, type OnActs } from "./page.ts";

const has = (words: string | undefined, word: string): boolean => (words ?? "").split(" ").includes(word);

export async function prepareReferral(session: Session, onActs: OnActs): Promise<void> {
  const form = document.querySelector<HTMLFormElement>('form[data-act="refer"]');
  if (!form) return;
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name="part"]')];
  const follow = (): void => {
    offerBasis(form);
    boxes.forEach((box) => place(form, box));
    foretell(form, boxes);
  };
  form.addEventListener("input", follow);
  follow();
  await openCase(session);
  onActs(form, async () => send(await openCase(session), form, boxes), `/reports/${reportOf()}`);
}

/** A vital interest can be invoked only for the purposes the country allows it for. */
function offerBasis(form: HTMLFormElement): void {
  const basis = form.querySelector<HTMLInputElement>("#basis");
  if (!basis) return;
  basis.disabled = !has(basis.dataset["purposes"], field(form, "purpose"));
  if (basis.disabled) basis.checked = false;
}

/** A part stands on one side only; a purpose for which nobody agreed takes it back to the other side. */
function place(form: HTMLFormElement, box: HTMLInputElement): void {
  const { consented, vital } = box.dataset;
  const purpose = field(form, "purpose");
  const allowed = has(consented, purpose) || (field(form, "basis") !== "" && has(vital, purpose));
  box.disabled = !allowed;
  if (!allowed) box.checked = false;
  for (const line of form.querySelectorAll<HTMLElement>("[data-preview]")) {
    if (line.dataset["preview"] !== box.value) continue;
    line.hidden = (line.parentElement?.id === "seen") !== box.checked;
  }
}

/** With a note alone they see the note, how urgent it is and the area: none of the coded facts. */
function foretell(form: HTMLFormElement, boxes: HTMLInputElement[]): void {
  const note = field(form, "note").trim() !== "";
  const least = note && !boxes.some((box) => box.checked);
  const show = (selector: string, shown: boolean): void =>
    form.querySelectorAll<HTMLElement>(selector).forEach((line) => (line.hidden = !shown));
  show("[data-preview-note]", note);
  show("[data-least]", least);
  show("[data-whole]", !least);
  // Who cannot be asked has agreed to nothing: then it is ours to weigh.
  const vital = field(form, "basis") !== "";
  show("[data-weighed]", vital);
  show("[data-agreed]", !vital);
}

async function send(desk: Opened, form: HTMLFormElement, boxes: HTMLInputElement[]): Promise<void> {
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  const words = field(form, "note").trim();
  const note = words === "" ? undefined : { number: Number(form.dataset["note"]), words };
  if (chosen.length === 0 && !note) throw new Refusal("nothing-chosen");
  const parts = new Map<string, OpenedPart>();
  for (const part of chosen) parts.set(part, await openPart(desk, part));
  const hazard = field(form, "hazard");
  const to = form.dataset["to"] ?? "";
  const [purpose, basis, due] = [field(form, "purpose"), field(form, "basis"), field(form, "due")];
  await state(desk.account.report, await refer(desk, { to, purpose, hazard, basis, due, parts, note }));
}
