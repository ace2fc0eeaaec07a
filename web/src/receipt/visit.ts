// A reporter with the digits in hand: what they open, and nothing of it kept when the visit ends.

import { type Directory, readDirectory } from "../directory.ts";
import type { Coding } from "../form/coding.ts";
import { type Receipt, receiptOf } from "../form/parcel.ts";
import { stretch } from "../form/receipt.ts";
import { readBoard } from "../note.ts";
import { Account, type Keys, type OpenedPart } from "../opening.ts";
import { kindOf } from "../part.ts";
import { text } from "../bytes.ts";
import { Refusal } from "../refusal.ts";
import { directoryNote, Door, type Thread, type ThreadDoor } from "./door.ts";

declare const PUTOKAZ_BOARD: string;

/** Larger files are not opened in a page; the command does that. */
export const LARGEST_OPENED = 64 * 1024 * 1024;

export class Visit {
  private constructor(
    readonly directory: Directory,
    readonly receipt: Receipt,
    readonly door: ThreadDoor,
    readonly thread: Thread,
    readonly account: Account,
  ) {}

  /** Stretches the digits, asks for the report, and believes only what its statements prove. */
  static async begin(digits: string): Promise<Visit> {
    const board = PUTOKAZ_BOARD === "" ? null : readBoard(PUTOKAZ_BOARD);
    const directory = readDirectory(await directoryNote(), board);
    const receipt = await receiptOf(await stretch(digits, directory.salt));
    return Visit.at(new Door(receipt.keys.lookup), directory, receipt);
  }

  /** The visit behind a door. */
  static async at(door: ThreadDoor, directory: Directory, receipt: Receipt): Promise<Visit> {
    const thread = await door.thread();
    return new Visit(directory, receipt, door, thread, prove(thread, receipt, directory));
  }

  /** The same visit, on what is kept by now: what is signed next must follow it. */
  again(): Promise<Visit> {
    return Visit.at(this.door, this.directory, this.receipt);
  }

  /** Opens a part with the receipt, as a member's page opens one with a grant. */
  async open(part: string): Promise<OpenedPart> {
    const found = this.thread.parts.find((one) => one.part === part);
    if (!found) throw new Refusal("statement-part");
    if (found.size > LARGEST_OPENED) throw new Refusal("too-large");
    return this.account.open(part, await this.door.sealedPart(part), found.grant, this.opener);
  }

  /** The key of a part, to grant it on, without fetching the part. */
  identityOf(part: string): Promise<string> {
    const found = this.thread.parts.find((one) => one.part === part);
    if (!found) throw new Refusal("statement-part");
    return this.account.openGrant(part, found.grant, this.opener);
  }

  /** The newest coding: a member's correction, else the reporter's own. */
  async coding(): Promise<Coding> {
    const numbers = this.thread.parts.map(({ part }) => part).filter((part) => kindOf(part) === "coding");
    const newest = numbers.sort((left, right) => numberOf(right) - numberOf(left))[0];
    if (newest === undefined) return {};
    return JSON.parse(text((await this.open(newest)).content)) as Coding;
  }

  /** The next free number of a kind of part. */
  next(kind: string): number {
    const numbers = this.thread.parts.filter(({ part }) => kindOf(part) === kind).map(({ part }) => numberOf(part));
    return Math.max(0, ...numbers) + 1;
  }

  private get opener(): Keys {
    return { institution: "receipt", member: "", ...this.receipt.keys };
  }
}

/** The report must be this receipt's own: another's, rightly signed, would still be a lie. */
export function prove(thread: Thread, { recipient, signer }: Receipt, directory: Directory): Account {
  const account = Account.prove(thread.report, thread.statements, directory);
  if (account.receipt !== recipient || account.reporter !== signer) throw new Refusal("statement-chain");
  return account;
}

const numberOf = (part: string): number => Number(part.split("/")[1] ?? 0);
