// Referring: what they see and what they do not see follow the boxes; one confirmation signs.

import { refer } from "../acts.ts";
import type { OpenedPart } from "../opening.ts";
import { Refusal } from "../refusal.ts";
import { state } from "../server.ts";
import type { Session } from "../session.ts";
import { openCase, type Opened, openPart, reportOf } from "./case.ts";
import { field, type OnActs } from "./page.ts";

export async function prepareReferral(session: Session, onActs: OnActs): Promise<void> {
  const form = document.querySelector<HTMLFormElement>('form[data-act="refer"]');
  if (!form) return;
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name="part"]')];
  const follow = (): void => boxes.forEach((box) => place(form, box));
  form.addEventListener("change", follow);
  follow();
  await openCase(session);
  onActs(form, async () => send(await openCase(session), form, boxes), `/reports/${reportOf()}`);
}

/** A part stands on one side only; a purpose without consent takes it back to the other side. */
function place(form: HTMLFormElement, box: HTMLInputElement): void {
  const consented = (box.dataset["consented"] ?? "").split(" ").includes(field(form, "purpose"));
  box.disabled = !consented;
  if (!consented) box.checked = false;
  for (const line of form.querySelectorAll<HTMLElement>("[data-preview]")) {
    if (line.dataset["preview"] !== box.value) continue;
    line.hidden = (line.parentElement?.id === "seen") !== box.checked;
  }
}

async function send(desk: Opened, form: HTMLFormElement, boxes: HTMLInputElement[]): Promise<void> {
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  if (chosen.length === 0) throw new Refusal("nothing-chosen");
  const parts = new Map<string, OpenedPart>();
  for (const part of chosen) parts.set(part, await openPart(desk, part));
  const hazard = field(form, "hazard");
  const to = form.dataset["to"] ?? "";
  await state(desk.account.report, await refer(desk, { to, purpose: field(form, "purpose"), hazard, parts }));
}
