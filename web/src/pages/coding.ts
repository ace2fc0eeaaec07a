// The coding: compared with what the server shows of it, and corrected by a member.

import { code as stateCoding } from "../acts.ts";
import { text } from "../bytes.ts";
import { type Act, type Coding, type ConsentRow, type Event, given, items } from "../form/coding.ts";
import { dayNumber, dayOf } from "../form/day.ts";
import { project, writeFacets } from "../form/projection.ts";
import { kindOf, numberOf } from "../part.ts";
import { Refusal } from "../refusal.ts";
import { tables } from "../server.ts";
import { isObject, parse } from "../strict.ts";
import { type Opened, openPart } from "./case.ts";
import { field } from "./page.ts";

/** A phone may have sealed it so many days before it could send it. */
const WAITED_DAYS = 30;

/** Whether the facets signed with a coding are not its projection, on any day the report can have been sealed on. */
export async function isEdited({ account, answer }: Opened, part: string, content: Uint8Array): Promise<boolean> {
  const signed = account.facetsWith(part);
  if (signed === null) return false;
  const [coding, lists] = [readCoding(content), await tables()];
  const filed = dayNumber(answer.filed);
  for (let waited = -1; waited <= WAITED_DAYS; waited += 1) {
    if (writeFacets(project(coding, lists, dayOf(filed - waited))) === signed) return false;
  }
  return true;
}

/** Whom it stands beside: linking both is proposed in the form of verification, so that nobody is counted twice. */
export function proposeLink(content: Uint8Array): void {
  const same_event_as = given(readCoding(content).same_event_as);
  const link = document.querySelector<HTMLSelectElement>("#incident-link");
  const report = document.querySelector<HTMLInputElement>("#incident-report");
  if (same_event_as === undefined || !link || !report || report.value !== "") return;
  link.value = "same-as";
  report.value = same_event_as;
}

function readCoding(content: Uint8Array): Coding {
  const value = parse(text(content));
  if (!isObject(value)) throw new Refusal("json-shape");
  return value as Coding;
}

/** The coding in force: the last correction, else the reporter's. */
async function latest(desk: Opened): Promise<Coding> {
  const codings = desk.answer.parts.filter(({ part, grant }) => grant && kindOf(part) === "coding").map(({ part }) => part);
  const part = codings.sort((one, other) => numberOf(one) - numberOf(other)).at(-1);
  return part === undefined ? {} : readCoding((await openPart(desk, part)).content);
}

/** When the form is unfolded, it says what the coding says. */
export function prepareCoding(open: () => Promise<Opened>): void {
  const details = document.querySelector<HTMLDetailsElement>("details[data-coding]");
  const form = details?.querySelector("form");
  if (!details || !form) return;
  details.addEventListener("toggle", () => {
    if (!details.open || details.dataset["filled"] !== undefined) return;
    details.dataset["filled"] = "";
    void open()
      .then(latest)
      .then((coding) => fill(form, coding))
      .catch(() => delete details.dataset["filled"])
      .finally(() => details.setAttribute("data-shown", ""));
  });
}

function fill(form: HTMLFormElement, coding: Coding): void {
  const acts = new Set(items(coding.acts).map(({ code }) => code));
  for (const box of form.querySelectorAll<HTMLInputElement>('input[name="acts"]')) box.checked = acts.has(box.value);
  const area = form.querySelector<HTMLSelectElement>('select[name="area"]');
  if (area) area.value = String(given(given(coding.event)?.area) ?? "");
}

/** The coding with what the member changed; everything else stays as it was told, and how long ago it was is as of filing. */
export async function correct(desk: Opened, form: HTMLFormElement, number: number): Promise<Uint8Array> {
  const [before, lists] = [await latest(desk), await tables()];
  const told = new Map<string, Act>(items(before.acts).map((act) => [act.code, act]));
  const chosen = [...form.querySelectorAll<HTMLInputElement>('input[name="acts"]:checked')].map(({ value }) => value);
  const area = field(form, "area");
  const event: Event = { ...given(before.event), ...(area === "" ? {} : { area }) };
  // Consent is the person's, whatever the coding before said of it.
  const consent = desk.account.facets["consent"] as ConsentRow[];
  const statistics = consent.some(({ purpose }) => purpose === lists.consent.statistics.purpose);
  const after: Coding = { ...before, event, consent, statistics, acts: chosen.map((code) => told.get(code) ?? { code }) };
  delete after.to_code;
  const facets = writeFacets(project(after, lists, desk.answer.filed));
  return stateCoding(desk, { number, words: JSON.stringify(after) }, facets);
}
