// Worker mode: eight fields on one screen, sealed with one tap, many in a row. Sealing is loaded from the first tap on.

import { ready, word } from "../page.ts";
import { utcDay } from "../form/day.ts";
import { entriesOf } from "../form/fields.ts";
import { find, say } from "../form/view.ts";
import type { Entries } from "../form/answers.ts";
import type { Filing } from "../form/filing.ts";
import type { Done } from "../form/kept.ts";
import type { Beside } from "../form/sitting.ts";
import { isRefusal } from "../refusal.ts";
import { lineOnDemand } from "./demand.ts";
import { keep, recall } from "./drafts.ts";
import { installSoon, sendInBackground } from "./install.ts";
import type { Line } from "./line.ts";
import { entriesOfQuick } from "./quick-entries.ts";
import { count, wait } from "./reports.ts";
import type { News } from "./sync.ts";

/** What stays from one report to the next: place, who files, the language spoken. */
const SHARED = ["area", "source", "spoken"];
const DRAFT = "quick";

const form = find<HTMLFormElement>("#quick");
const sealed = find("#sealed");
const heading = find("#sealed-heading");
const seal = find<HTMLButtonElement>("#seal");
const line: Line = lineOnDemand(hear);

const sealing = (): Promise<typeof import("./quick-sealing.ts")> => import("./quick-sealing.ts");
let begun: Promise<Filing> | undefined;

/** Begun once; asked again after it failed. */
function filing(): Promise<Filing> {
  begun ??= sealing().then(({ Filing }) => {
    const language = document.documentElement.lang.split("-")[0] ?? "";
    return Filing.begin({ language, channel: "CH-WEB" });
  });
  begun.catch(() => (begun = undefined));
  return begun;
}

const told = (): Entries => (form ? entriesOfQuick(entriesOf(form), Date.now()) : []);

/** Who would read it, as soon as that can be known: before anything is sealed. */
async function tellReaders(): Promise<void> {
  const place = find("#readers");
  const { lists, ground } = await filing().then((filing) => ({ lists: filing.draw(told()).lists, ground: filing.ground }));
  const names = (key: string): string =>
    lists.read.filter(({ reason }) => reason.key === key).map(({ institution }) => ground.book.names[institution]?.[0] ?? institution).join(", ");
  const [now, later] = [names("form-reads-now"), names("form-reads-if-silent")];
  const read = now ? word("offline-quick-reads", { now, later: later || "–" }) : word("offline-quick-reads-nobody");
  if (place) place.textContent = ground.stale ? `${read} ${word("form-directory-stale")}` : read;
}

async function sealIt(): Promise<void> {
  if (!form || !seal || seal.disabled) return;
  seal.disabled = true;
  say("offline-quick-sealing");
  try {
    const own = await filing();
    const { digits, parcel, last, when, told: coding } = await own.seal(told(), []);
    await wait({ report: parcel.report, envelope: parcel.envelope, uploads: [] }, utcDay(Date.now()));
    await (await sealing()).remember(last, utcDay(Date.now()));
    await keepShared();
    await showSealed(digits, when);
    await offerAnother({ filing: own, report: parcel.report, told: coding });
    line.send();
    void sendInBackground();
  } catch (cause) {
    say(sentenceOf(cause));
  } finally {
    seal.disabled = false;
  }
}

function sentenceOf(cause: unknown): string {
  if (!isRefusal(cause)) return "offline-quick-not-ready";
  if (cause.code === "directory-stale") return "form-directory-old";
  return cause.code === "storage-full" ? "offline-quick-full" : "offline-quick-not";
}

async function showSealed(digits: string, when: string): Promise<void> {
  const waiting = await count();
  find("#status")?.replaceChildren();
  const shown = find("#digits");
  if (!form || !sealed || !heading || !shown) return;
  heading.textContent = word(waiting === 1 ? "offline-quick-sealed-one" : "offline-quick-sealed-many", { count: waiting });
  shown.textContent = digits.match(/.{1,4}/g)?.join(" ") ?? digits;
  const read = find("#when");
  if (read) read.textContent = when;
  form.hidden = true;
  sealed.hidden = false;
  heading.focus();
}

/** Nothing of who was here before stays on the screen. */
function clear(): void {
  for (const id of ["#digits", "#when", "#status"]) find(id)?.replaceChildren();
  if (sealed) sealed.hidden = true;
}

/** Another adult of the group has digits of their own; the way to the next one stays open. */
async function showBeside({ digits, fate, when, beside }: Done): Promise<void> {
  await showSealed(digits, when);
  if (fate === "kept" && heading) heading.textContent = word("offline-quick-kept");
  await offerAnother(beside);
}

const offerAnother = async (beside: Beside): Promise<void> =>
  (await sealing()).besides(beside, { clear, show: (done) => void showBeside(done) });

/** The next one begins empty but for what all in a row share. */
function next(): void {
  if (!form || !sealed) return;
  const kept = SHARED.map((id) => find<HTMLSelectElement>(`#${id}`)?.value ?? "");
  form.reset();
  SHARED.forEach((id, at) => choose(id, kept[at] ?? ""));
  clear();
  find("#others")?.replaceChildren();
  form.hidden = false;
  find("#status")?.replaceChildren();
  scrollTo({ top: 0 });
  void prepare();
}

function choose(id: string, value: string): void {
  const select = find<HTMLSelectElement>(`#${id}`);
  if (select && [...select.options].some((option) => option.value === value)) select.value = value;
}

const keepShared = (): Promise<void> => keep(DRAFT, SHARED.map((id) => find<HTMLSelectElement>(`#${id}`)?.value ?? ""));

function hear(news: News): void {
  if (news.kind === "sending" || !sealed || sealed.hidden || !heading) return;
  if (news.kind === "refused") return say("offline-refused", { why: word("offline-refused-other", { code: news.code }) });
  heading.textContent = word("offline-quick-kept");
}

/** The cryptography comes, and new digits are stretched, while the worker taps. */
const prepare = (): Promise<void> => filing().then((filing) => filing.prepare(), () => undefined);

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void sealIt();
});
form?.addEventListener("change", ({ target }) => {
  alone(target);
  void tellReaders().catch(() => undefined);
});
find("#next")?.addEventListener("click", next);

/** Of two ways to answer one question only the last touched counts. */
function alone(target: EventTarget | null): void {
  if (!form || !(target instanceof HTMLInputElement)) return;
  const pairs = [["when", "day"], ["count", "counted"], ["consent", "consent.only"]];
  const other = pairs.map(([a, b]) => (target.name === a ? b : target.name === b ? a : undefined)).find((name) => name !== undefined);
  for (const field of form.querySelectorAll<HTMLInputElement>(`input[name="${other ?? "-"}"]`)) {
    if (field.type === "radio") field.checked = false;
    else field.value = "";
  }
}

for (const touch of ["pointerdown", "focusin"]) {
  form?.addEventListener(touch, () => void prepare().then(tellReaders).catch(() => undefined), { once: true });
}

void recall<string[]>(DRAFT).then(async (kept) => {
  kept?.forEach((value, at) => choose(SHARED[at] ?? "", value));
  if (form) form.hidden = false;
  ready();
  if ((await count()) > 0) line.send();
});
installSoon();
