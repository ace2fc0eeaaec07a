// The thread as a person sees it: how it stands, messages that open here, files that wait to be asked for, who can read.

import { dayInWords } from "../date.ts";
import { institutionName } from "../institution.ts";
import { listed, word } from "../page.ts";
import { kindOf } from "../part.ts";
import { codeOf } from "../refusal.ts";
import { at, element, refusalWord } from "./dom.ts";
import type { Asked, Reading, ThreadPart } from "./door.ts";
import type { Labels } from "./labels.ts";
import { showContent } from "./said.ts";
import { daysToUndo, standingOf } from "./status.ts";
import type { Visit } from "./visit.ts";

const OWN = "reporter";
const dayOf = (day: string): string => dayInWords(day, word);

export class ThreadPage {
  constructor(
    private readonly visit: Visit,
    private readonly labels: Labels,
  ) {}

  async show(today: string): Promise<void> {
    this.showStanding(today);
    this.showReaders();
    this.showReferrals();
    this.showOwn();
    await this.showMessages();
  }

  private showStanding(today: string): void {
    const { thread } = this.visit;
    at("standing").textContent = word(`thread-standing-${standingOf(thread)}`);
    const outcome = thread.outcome === null ? "" : ` ${word("thread-outcome", { outcome: this.labels.outcome(thread.outcome) })}`;
    const { pause } = thread;
    const paused = pause?.until ? ` ${word("thread-paused", { why: this.labels.pause(pause.reason), until: dayOf(pause.until) })}` : "";
    at("since").textContent = word("thread-filed", { day: dayOf(thread.filed) }) + outcome + paused;
    for (const part of document.querySelectorAll<HTMLElement>("[data-live]")) part.hidden = thread.withdrawal !== null;
    at("account").hidden = thread.withdrawal !== null || thread.parts.some(({ part }) => part === "account");
    at("undo").hidden = thread.withdrawal === null;
    if (thread.withdrawal === null) return;
    const days = daysToUndo(thread.withdrawal, today);
    at("undo-days").textContent = days > 0 ? word("thread-undo-days", { days }) : word("thread-undo-over");
  }

  private async showMessages(): Promise<void> {
    const order = this.visit.thread.statements.map(({ statement }) => statement);
    const place = ({ part }: ThreadPart): number =>
      order.findIndex((statement) => statement.includes(`"part":"${part}"`));
    const told = this.visit.thread.parts.filter(({ part }) => ["message", "translation", "evidence"].includes(kindOf(part)));
    const list = at("messages");
    list.replaceChildren();
    for (const part of told.sort((left, right) => place(left) - place(right))) {
      const line = this.messageLine(part);
      list.append(line);
      if (kindOf(part.part) !== "evidence") await this.open(part, line);
    }
    if (told.length === 0) list.append(element("li", word("thread-no-messages")));
  }

  private messageLine(part: ThreadPart): HTMLLIElement {
    const who = element("p", [element("bdi", this.nameOf(part.from)), " · ", element("time", dayOf(part.day), { datetime: part.day })]);
    who.className = "who";
    const line = element("li", [who], { "data-from": part.from === OWN ? "me" : "them", "data-part": part.part });
    if (kindOf(part.part) === "evidence") line.append(this.opener(part, line));
    return line;
  }

  /** A file or an own part: nothing of it is fetched before somebody asks. */
  private opener(part: ThreadPart, place: HTMLElement): HTMLElement {
    const title = this.titleOf(part.part);
    const button = element("button", [`${word("thread-show")}: `, element("bdi", title)], { type: "button" });
    button.addEventListener("click", () => {
      button.remove();
      void this.open(part, place);
    });
    return button;
  }

  private async open(part: ThreadPart, place: HTMLElement): Promise<void> {
    const waiting = element("p", word("thread-working"), { role: "status" });
    place.append(waiting);
    try {
      const { content, from } = await this.visit.open(part.part);
      const own = from === OWN;
      const checked = own ? word("thread-checked-own") : word("thread-checked", { name: this.nameOf(from) });
      waiting.replaceWith(await showContent(part.part, content), element("p", checked, { class: "checked" }));
    } catch (cause) {
      const code = codeOf(cause);
      const sentence = ["server", "unreachable", "too-large"].includes(code) ? refusalWord(code) : word("thread-refused");
      waiting.replaceWith(element("p", sentence, { class: "refused" }));
    }
  }

  private showOwn(): void {
    const own = this.visit.thread.parts.filter(({ part }) => /^(account|identity|coding|authority)$/.test(part));
    at("yours").replaceChildren(
      ...own.map((part) => {
        const place = element("div", [], { "data-part": part.part });
        place.append(this.opener(part, place));
        return place;
      }),
    );
  }

  private showReaders(): void {
    const lines = this.visit.thread.readers.map((one) => this.readerLine(one));
    at("readers").replaceChildren(...(lines.length > 0 ? lines : [element("li", word("thread-nobody"))]));
  }

  private readerLine({ institution, purpose, state, parts, since, until }: Reading): HTMLLIElement {
    const values = {
      name: this.nameOf(institution),
      parts: this.kindsOf(parts),
      since: since === null ? "" : dayOf(since),
      until: until === null ? "" : dayOf(until),
    };
    const why = element("span", word("thread-for", { purpose: this.labels.purpose(purpose) }), { class: "quiet" });
    return element("li", [word(`thread-reader-${state}`, values), " ", why], { "data-state": state });
  }

  private showReferrals(): void {
    const { referrals } = this.visit.thread;
    at("asked").hidden = referrals.length === 0;
    at("referrals").replaceChildren(...referrals.map((one) => this.askedLine(one)));
  }

  private askedLine({ institution, purpose, basis, day, due, answered, outcome }: Asked): HTMLLIElement {
    const said = [word("thread-asked-line", { name: this.nameOf(institution), day: dayOf(day) })];
    said.push(word("thread-for", { purpose: this.labels.purpose(purpose) }));
    if (basis === "vital-interest") said.push(word("thread-asked-vital"));
    if (answered !== null) {
      said.push(word("thread-asked-answered", { day: dayOf(answered), outcome: this.labels.outcome(outcome ?? "") }));
    } else if (due !== null) {
      said.push(word("thread-asked-due", { day: dayOf(due) }));
    }
    return element("li", said.join(" "));
  }

  private kindsOf(parts: string[]): string {
    return listed([...new Set(parts.map(kindOf))].map((kind) => word(`thread-kind-${kind}`)));
  }

  private titleOf(part: string): string {
    const [kind = "", number = ""] = part.split("/");
    return word(`thread-part-${kind}`, { number: Number(number) });
  }

  private nameOf(from: string): string {
    return from === OWN ? word("thread-you") : institutionName(from, this.visit.directory.institutions.get(from)?.name);
  }
}
