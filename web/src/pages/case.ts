// The case: parts open one by one, on this device, when a person asks.

import { type Desk, type Detail, handOver, KEEP, message, note, plain } from "../acts.ts";
import { isFresh, readDirectory } from "../directory.ts";
import { utcDay } from "../form/day.ts";
import { type Board, readBoard } from "../note.ts";
import { Account, type OpenedPart } from "../opening.ts";
import { kindOf } from "../part.ts";
import { Refusal } from "../refusal.ts";
import { type CaseAnswer, country, directoryNote, readCase, sealedPart, state } from "../server.ts";
import type { Session } from "../session.ts";
import { isObject, readList } from "../strict.ts";
import { correct, isEdited, prepareCoding, proposeLink } from "./coding.ts";
import { showContent } from "./content.ts";
import { Labels } from "./labels.ts";
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
  if (!isFresh(directory, utcDay(Date.now()))) throw new Refusal("directory-stale");
  const account = Account.prove(report, answer.statements, directory, answer.least === true);
  return { keys, directory, answer, account };
}

export async function openPart(desk: Opened, part: string): Promise<OpenedPart> {
  const grant = desk.answer.parts.find((one) => one.part === part)?.grant;
  if (!grant) throw new Refusal("statement-grant");
  return desk.account.open(part, await sealedPart(desk.account.report, part), grant.file, desk.keys);
}

export async function showCase(session: Session, onActs: OnActs): Promise<void> {
  const [desk, lists] = await Promise.all([openCase(session), country(document.documentElement.lang)]);
  const labels = new Labels(lists);
  if (desk.answer.least !== true && desk.answer.facets !== desk.account.facetsText) warn();
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details[data-part]")) {
    details.addEventListener("toggle", () => void unfold(desk, details, labels));
  }
  prepareCoding(() => openCase(session));
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-act]")) {
    // Read again for each act: what is signed next must follow what is kept by now.
    onActs(form, async () => act(await openCase(session), form), location.pathname);
  }
  tell("");
}

async function unfold(desk: Opened, details: HTMLDetailsElement, labels: Labels): Promise<void> {
  const place = details.querySelector<HTMLElement>("[data-content]");
  const part = details.dataset["part"] ?? "";
  if (!details.open || !place || details.dataset["opened"] !== undefined) return;
  details.dataset["opened"] = "";
  place.replaceChildren(element("p", word("opening")));
  try {
    const { content } = await openPart(desk, part);
    const done = element("p", word("opened"));
    done.className = "checked";
    place.replaceChildren(showContent(kindOf(part), content, labels), done);
    details.dataset["opened"] = "yes";
    if (kindOf(part) !== "coding") return;
    proposeLink(content);
    if (await isEdited(desk, part, content)) warn();
  } catch (cause) {
    delete details.dataset["opened"];
    const refused = element("p", askWord(cause));
    refused.className = "refused";
    place.replaceChildren(refused);
  }
}

/** What the server shows without opening is not what was sealed: said at once, and to every reader of the page. */
function warn(): void {
  const warning = document.getElementById("altered");
  if (!warning) return;
  warning.setAttribute("role", "alert");
  warning.hidden = false;
}

async function act(desk: Opened, form: HTMLFormElement): Promise<void> {
  for (const envelope of await envelopesOf(desk, form)) await state(desk.account.report, envelope);
}

async function envelopesOf(desk: Opened, form: HTMLFormElement): Promise<Uint8Array[]> {
  const number = Number(form.dataset["number"]);
  const words = field(form, "text");
  const outcome = field(form, "outcome");
  switch (form.dataset["act"]) {
    case "reply":
      return [await message(desk, "reply", number, words, {})];
    case "ask-signature":
      return [await message(desk, "reply", number, form.dataset["text"] ?? "", { asks: "signature" })];
    case "answer":
      return [await message(desk, "answer", number, words, { outcome })];
    case "note":
      return [await note(desk, number, words)];
    case "verify":
      return verifications(form).map((detail) => plain(desk, "verify", detail));
    case "close":
      return [plain(desk, "close", { outcome })];
    case "reopen":
    case "resume":
      return [plain(desk, form.dataset["act"] ?? "", {})];
    case "pause":
      return [plain(desk, "pause", { reason: field(form, "reason") })];
    case "confirm":
      return [plain(desk, "confirm", { referral: form.dataset["referral"] ?? "" })];
    case "code":
      return [await correct(desk, form, number)];
    case "hand-over":
      return [await handedOver(desk, form, number)];
    default:
      throw new Refusal("server");
  }
}

/** One statement an act. The incident and what is counted are said with each, so that none depends on another. */
function verifications(form: HTMLFormElement): Detail[] {
  const link = field(form, "link");
  const incident = field(form, "incident");
  const linked: Detail = link === "" ? {} : { link, incident };
  const chosen = [...form.querySelectorAll<HTMLSelectElement>("select[data-verify]")].filter(({ value }) => value !== "");
  if (chosen.length === 0) throw new Refusal("nothing-verified");
  return chosen.map(({ name, value }) => ({ act: name, status: value, ...linked, ...counted(form) }));
}

/** What else is counted: the fields that say something, under the names they are signed by. */
function counted(form: HTMLFormElement): Detail {
  const told = [...new FormData(form)].filter(([name]) => form.querySelector(`[data-counted][name="${CSS.escape(name)}"]`));
  return Object.fromEntries(told.flatMap(([name, value]) => (typeof value === "string" && value !== "" ? [[name, value]] : [])));
}

/** Everything we can open of what the reporter agreed to have kept, and a note in three parts: done, next, with care. */
async function handedOver(desk: Opened, form: HTMLFormElement, number: number): Promise<Uint8Array> {
  const kept = new Set(keptKinds(desk.account.facets["consent"]));
  const parts = new Map<string, OpenedPart>();
  for (const { part, grant } of desk.answer.parts) {
    if (grant && kept.has(kindOf(part))) parts.set(part, await openPart(desk, part));
  }
  const told = ["done", "next", "care"].map((name) => [name, field(form, name)] as const);
  const words = JSON.stringify(Object.fromEntries(told.filter(([, text]) => text.trim() !== "")));
  return handOver(desk, field(form, "to"), parts, { number, words });
}

/** The kinds of parts that the signed facets let a lead keep. */
function keptKinds(consent: unknown): string[] {
  const rows = Array.isArray(consent) ? consent.filter(isObject) : [];
  return rows.filter((row) => row["purpose"] === KEEP).flatMap((row) => readList(row["parts"]).map(String));
}
