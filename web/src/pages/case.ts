// The case: parts open one by one, on this device, when a person asks.

import { type Desk, message, note, plain } from "../acts.ts";
import { readDirectory } from "../directory.ts";
import { type Board, readBoard } from "../note.ts";
import { Account, type OpenedPart } from "../opening.ts";
import { kindOf } from "../part.ts";
import { Refusal } from "../refusal.ts";
import { type CaseAnswer, directoryNote, readCase, sealedPart, state } from "../server.ts";
import type { Session } from "../session.ts";
import { showContent } from "./content.ts";
import { askWord, element, field, type OnActs, tell, word } from "./page.ts";

declare const PUTOKAZ_BOARD: string;

export interface Opened extends Desk {
  answer: CaseAnswer;
}

export const reportOf = (): string => /^\/reports\/([0-9a-f]{32})/.exec(location.pathname)?.[1] ?? "";

export async function openCase(session: Session): Promise<Opened> {
  const report = reportOf();
  const board: Board | null = PUTOKAZ_BOARD === "" ? null : readBoard(PUTOKAZ_BOARD);
  const [keys, source, answer] = await Promise.all([session.keys(), directoryNote(), readCase(report)]);
  const directory = readDirectory(source, board);
  return { keys, directory, answer, account: Account.prove(report, answer.statements, directory) };
}

export async function openPart(desk: Opened, part: string): Promise<OpenedPart> {
  const grant = desk.answer.parts.find((one) => one.part === part)?.grant;
  if (!grant) throw new Refusal("statement-grant");
  return desk.account.open(part, await sealedPart(desk.account.report, part), grant.file, desk.keys);
}

export async function showCase(session: Session, onActs: OnActs): Promise<void> {
  const desk = await openCase(session);
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details[data-part]")) {
    details.addEventListener("toggle", () => void unfold(desk, details));
  }
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-act]")) {
    onActs(form, () => act(desk, form), location.pathname);
  }
  tell("");
}

async function unfold(desk: Opened, details: HTMLDetailsElement): Promise<void> {
  const place = details.querySelector<HTMLElement>("[data-content]");
  const part = details.dataset["part"] ?? "";
  if (!details.open || !place || details.dataset["opened"] !== undefined) return;
  details.dataset["opened"] = "";
  place.replaceChildren(element("p", word("opening")));
  try {
    const { content } = await openPart(desk, part);
    const done = element("p", word("opened"));
    done.className = "checked";
    place.replaceChildren(showContent(kindOf(part), content), done);
    details.dataset["opened"] = "yes";
  } catch (cause) {
    delete details.dataset["opened"];
    const refused = element("p", askWord(cause));
    refused.className = "refused";
    place.replaceChildren(refused);
  }
}

async function act(desk: Opened, form: HTMLFormElement): Promise<void> {
  await state(desk.account.report, await envelopeOf(desk, form));
}

async function envelopeOf(desk: Opened, form: HTMLFormElement): Promise<Uint8Array> {
  const number = Number(form.dataset["number"]);
  switch (form.dataset["act"]) {
    case "reply":
      return message(desk, "reply", number, field(form, "text"), {});
    case "answer":
      return message(desk, "answer", number, field(form, "text"), { outcome: field(form, "outcome") });
    case "note":
      return note(desk, number, field(form, "text"));
    case "verify":
      return plain(desk, "verify", verification(form));
    case "close":
      return plain(desk, "close", { outcome: field(form, "outcome") });
    default:
      throw new Refusal("server");
  }
}

function verification(form: HTMLFormElement): object {
  const chosen = [...form.querySelectorAll<HTMLSelectElement>("select[data-verify]")];
  const acts = chosen.filter(({ value }) => value !== "").map(({ name, value }) => ({ code: name, status: value }));
  const link = field(form, "link");
  return link === "" ? { acts } : { acts, incident: { link, report: field(form, "incident") } };
}
