// Everything that needs the cryptography: loaded when the page is idle, never before the first question can be answered.

import { hex, random } from "../bytes.ts";
import { type Last, type LastReader, lastOf } from "../offline/last.ts";
import { numerals, word } from "../page.ts";
import { utcDay } from "./day.ts";
import { contentsOf, type Entries, reportOf } from "./answers.ts";
import type { Coding } from "./coding.ts";
import { type Ground, groundOf } from "./ground.ts";
import { type Attached, type Parcel, type Receipt, receiptOf, sealReport } from "./parcel.ts";
import { draw, type Lists, listsOf, type Plan } from "./plan.ts";
import { project, writeFacets } from "./projection.ts";
import { newDigits, stretch } from "./receipt.ts";

export { groupsOf, readDigits } from "./receipt.ts";
export { type Attached, send } from "./parcel.ts";

export interface Drawn {
  plan: Plan;
  lists: Lists;
  /** The exact text the server's operator can read. */
  facets: string;
  /** The directory's: where it is not current, that is said with the lists. */
  age: Ground["age"];
}

export interface Sealed {
  digits: string;
  parcel: Parcel;
  /** What lets a file be added to it from this phone. */
  last: Last;
  /** When its first reader reads, in a sentence; empty where nobody does. */
  when: string;
  /** What was told in codes. */
  told: Coding;
}


export class Filing {
  #receipt: { digits: string; receipt: Promise<Receipt> } | undefined;

  private constructor(readonly ground: Ground, readonly base: Coding) {}

  static async begin(base: Coding): Promise<Filing> {
    return new Filing(await groundOf(utcDay(Date.now())), base);
  }

  draw(entries: Entries): Drawn {
    const { directory, tables, book, age } = this.ground;
    const { coding } = reportOf(entries, tables, this.base);
    const facets = project(coding, tables, utcDay(Date.now()));
    const plan = draw(facets, directory, tables, book);
    return { plan, lists: listsOf(plan, book), facets: writeFacets(facets), age };
  }

  /** Begins to stretch new digits, which is slow on purpose, while the person reads on. */
  prepare(): void {
    this.#receipt ??= this.#newReceipt();
  }

  /** Seals everything for everybody who may read it, or throws: there is no other way out. */
  async seal(entries: Entries, said: string[], attached?: Attached): Promise<Sealed> {
    const { digits, receipt } = (this.#receipt ??= this.#newReceipt());
    this.#receipt = undefined;
    const { directory, tables } = this.ground;
    const told = reportOf(entries, tables, this.base, said);
    const contents = contentsOf(told);
    const { plan } = this.draw(entries);
    const keepPurpose = tables.consent.keep.purpose;
    const report = hex(random(16));
    const own = await receipt;
    const parcel = await sealReport(contents, { directory, plan, receipt: own, report, keepPurpose }, attached);
    const last = lastOf(parcel.signed, own.keys.signing, readersOfFiles(plan));
    return { digits, parcel, last, when: await this.#when(plan), told: told.coding };
  }

  /** Whether it files beside a group's report. */
  get isBeside(): boolean {
    return this.base.same_event_as !== undefined;
  }

  /** Files on the same ground, with something else said before a question is asked. */
  saying(base: Coding): Filing {
    return new Filing(this.ground, base);
  }

  /** Without network and without a copy of the code, or by a clock that is wrong, nothing is said. */
  async #when({ readers }: Plan): Promise<string> {
    const today = readers.find(({ when }) => when === "now");
    if (today === undefined || this.ground.age === "early") return "";
    const code = await import("./hours.ts").catch(() => undefined);
    return code?.whenRead(this.ground.book.desks[today.to.code], Date.now(), { word, numerals }) ?? "";
  }

  #newReceipt(): { digits: string; receipt: Promise<Receipt> } {
    const digits = newDigits();
    const receipt = stretch(digits, this.ground.directory.salt).then(receiptOf);
    receipt.catch(() => undefined);
    return { digits, receipt };
  }
}

/** Who would read a file added later: whoever reads the report's evidence. */
function readersOfFiles({ readers }: Plan): LastReader[] {
  return readers.flatMap(({ to: { code, recipient }, when, reads }) => {
    const purpose = reads.get("evidence");
    return purpose === undefined ? [] : [{ code, recipient, purpose, when }];
  });
}
