// A shift of worker mode: what seals, shows the digits, and goes on to the next report. It travels with the first touch.

import { utcDay } from "../form/day.ts";
import { entriesOf } from "../form/fields.ts";
import { carrying, keepOrSend, tellWhy } from "../form/delivery.ts";
import { Filing } from "../form/filing.ts";
import { type Done, type Fate, showCarried } from "../form/kept.ts";
import { bringWords } from "../form/later.ts";
import { besides } from "../form/sitting.ts";
import { fill } from "../form/rooms.ts";
import { find, say } from "../form/view.ts";
import type { Entries } from "../form/answers.ts";
import { institutionName, withheldFrom } from "../institution.ts";
import { listed, word } from "../page.ts";
import { groupsOf } from "../receipt/groups.ts";
import { borrow } from "./borrow.ts";
import { keepLasting } from "./carried.ts";
import { keep, recall } from "./drafts.ts";
import { sendInBackground } from "./install.ts";
import { remember } from "./last.ts";
import type { Line } from "./line.ts";
import { Numbers } from "./numbers.ts";
import { entriesOfQuick } from "./quick-entries.ts";
import { count } from "./reports.ts";
import type { News } from "./sync.ts";

/** What a row of reports shares; of one group also what was done to it, and by whom. */
const SHARED = ["when", "day", "event.area", "source_kind", "language"];
const OF_GROUP = [...SHARED, "acts", "accused"];

/** The long form's own draft: it offers to go on with it. */
const LONG = "report";

/** Everything a shift needs, or a refusal. Without the rarer choices it begins all the same. */
export async function begin(form: HTMLFormElement, line: Line): Promise<Shift> {
  const language = document.documentElement.lang.split("-")[0] ?? "";
  const [filing] = await Promise.all([
    Filing.begin({ language, channel: "CH-WEB" }),
    bringWords(),
    bringChoices(form).catch(() => undefined),
    carrying().catch(() => undefined),
  ]);
  return new Shift(form, filing, line);
}

/** The rarer choices stand on a page of their own. */
async function bringChoices(form: HTMLFormElement): Promise<void> {
  const borrowed = await borrow("choices", "#choices");
  for (const more of form.querySelectorAll<HTMLElement>("[data-more]")) {
    more.append(...(borrowed.querySelector(`[data-of="${more.dataset["more"]}"]`)?.childNodes ?? []));
  }
}

export class Shift {
  readonly #numbers: Numbers | undefined;
  /** The report whose digits stand on the page. */
  #report = "";
  /** The first report of the group that is told of one by one. */
  #group: string | undefined;
  /** What the report on the page said. */
  #said: Entries = [];
  #replaces = false;

  constructor(readonly form: HTMLFormElement, readonly filing: Filing, readonly line: Line) {
    const fold = find<HTMLDetailsElement>("#numbers");
    this.#numbers = fold ? new Numbers(fold) : undefined;
    const on = (id: string, act: () => void): void => find(id)?.addEventListener("click", act);
    on("#next", () => this.#next(SHARED, undefined));
    on("#next-group", () => this.#next(OF_GROUP, this.#group ?? this.#report));
    on("#long", () => void this.#goOn().catch(() => say("offline-quick-full")));
    this.#prepare();
  }

  /** The digits are stretched, which is slow on purpose, while the worker taps. */
  #prepare(): void {
    this.filing.prepare();
    this.changed();
  }

  #told(): Entries {
    const told = entriesOfQuick(entriesOf(this.form), this.filing.ground.age === "early" ? undefined : Date.now());
    return this.#group === undefined ? told : [...told, ["same_event_as", this.#group]];
  }

  /** Who would read it, before anything is sealed. */
  changed(): void {
    const place = find("#readers");
    const { ground } = this.filing;
    const { read } = this.filing.draw(this.#told()).lists;
    const names = (key: string): string =>
      listed(read.filter(({ reason }) => reason.key === key).map(({ institution }) => institutionName(institution)));
    const [now, later] = [names("form-reads-now"), names("form-reads-if-silent")];
    const said = now ? word("offline-quick-reads", { now, later: later || "–" }) : word("offline-quick-reads-nobody");
    if (place) place.textContent = ground.age === "current" ? said : `${said} ${word(`form-directory-${ground.age}`)}`;
  }

  async seal(): Promise<void> {
    say("offline-quick-sealing");
    const { filing } = this;
    const said = this.#told();
    const { digits, parcel, last, when, told } = await filing.seal(said, []);
    const sealed = { digits, when, beside: { filing, report: parcel.report, told } };
    const show = async (done: Done): Promise<void> => {
      this.#said = said;
      await this.#show(done);
    };
    try {
      const done = await keepOrSend(parcel, sealed);
      // A phone too full for these has kept the report all the same.
      await Promise.all([remember(last, utcDay(Date.now())), keepLasting()]).catch(() => undefined);
      await show(done);
    } catch (cause) {
      return tellWhy(cause, (done) => void show(done));
    }
    this.line.send();
    void sendInBackground();
  }

  hear(news: News): void {
    const heading = find("#sealed-heading");
    if (news.kind === "sending" || !heading || news.report !== this.#report) return;
    if (news.kind === "refused") return say("offline-refused", { why: word("offline-refused-other", { code: news.code }) });
    heading.textContent = word("offline-quick-kept");
    if (news.withheld.length > 0) write("#when", withheldFrom(news.withheld));
  }

  async #show({ digits, fate, when, beside, carried }: Done): Promise<void> {
    const [sealed, heading] = [find("#sealed"), find("#sealed-heading")];
    if (!sealed || !heading) return;
    heading.textContent = fate === "carried" ? "" : await sentenceOf(fate);
    heading.hidden = fate === "carried";
    this.#report = beside.report;
    find("#status")?.replaceChildren();
    showCarried(sealed, carried);
    this.#showDigits(digits);
    write("#when", when);
    this.form.hidden = true;
    sealed.hidden = false;
    (carried?.querySelector("h2") ?? heading).focus();
    besides(beside, { clear: () => this.#clear(), show: (done) => void this.#showBeside(done) });
  }

  #showDigits(digits: string): void {
    find("#digits")?.replaceChildren(...groupsOf(digits));
    const held = this.#numbers?.add(digits);
    const handed = find<HTMLInputElement>("#handed");
    if (!held || !handed) return;
    write("#which", word("offline-quick-number", { number: held.which }));
    handed.checked = false;
    handed.onchange = () => (held.handed = handed.checked);
    this.#numbers?.show(held);
  }

  /** Nothing of who was here before stays on the screen. */
  #clear(): void {
    for (const id of ["#digits", "#which", "#when", "#status"]) find(id)?.replaceChildren();
    const sealed = find("#sealed");
    if (sealed) sealed.hidden = true;
    this.#numbers?.hide();
  }

  /** Another adult of the group holds the phone: theirs are the only digits, until the worker goes on. */
  async #showBeside(done: Done): Promise<void> {
    await this.#show(done);
    this.#numbers?.hide();
  }

  /** The next one begins empty but for what it shares. */
  #next(shared: string[], group: string | undefined): void {
    const { form } = this;
    const carried = entriesOf(form).filter(([name]) => shared.includes(name));
    form.reset();
    fill(form, carried);
    for (const fold of form.querySelectorAll("details")) fold.open = fold.querySelector("input:checked") !== null;
    this.#group = group;
    this.#replaces = false;
    this.#clear();
    this.#numbers?.show();
    find("#others")?.replaceChildren();
    form.hidden = false;
    scrollTo({ top: 0 });
    this.#prepare();
  }

  /** The interview: the long form opens beside this page, and what was said stands in it. Its report tells of the same event. */
  async #goOn(): Promise<void> {
    const begun = this.#replaces ? undefined : await recall<Entries>(LONG);
    if (begun !== undefined && begun.length > 0) {
      this.#replaces = true;
      return say("offline-quick-long-replaces");
    }
    const same = this.#said.some(([name]) => name === "same_event_as") ? [] : [["same_event_as", this.#report] as const];
    await keep(LONG, [...this.#said, ...same]);
    const address = `/${location.pathname.split("/")[1] ?? ""}/${LONG}`;
    // A browser that opens nothing beside this page asks before it leaves it.
    const beside = window.open(address, "_blank");
    if (beside) beside.opener = null;
    else location.assign(address);
  }
}

async function sentenceOf(fate: Fate): Promise<string> {
  if (fate === "kept") return word("offline-quick-kept");
  const waiting = await count();
  return word(waiting === 1 ? "offline-quick-sealed-one" : "offline-quick-sealed-many", { count: waiting });
}

function write(selector: string, text: string): void {
  const place = find(selector);
  if (place) place.textContent = text;
}
