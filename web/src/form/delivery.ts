// Sealing and sending one report: kept by the server, or waiting on this phone as something the phone cannot open.

import { withheldFrom } from "../institution.ts";
import { Later, Refused } from "../offline/answer.ts";
import { remember } from "../offline/last.ts";
import { openLine } from "../offline/line.ts";
import { wait } from "../offline/reports.ts";
import { word } from "../page.ts";
import { codeOf, Refusal } from "../refusal.ts";
import type { Entries } from "./answers.ts";
import { utcDay } from "./day.ts";
import { type Attached, type Filing, send } from "./filing.ts";
import { type Done, follow } from "./kept.ts";
import type { Parcel } from "./parcel.ts";
import { say } from "./view.ts";

type Sealed = Omit<Done, "fate">;

export interface Answers {
  entries: Entries;
  said: string[];
  attached: Attached;
}

/** Sealed, not sent, and on a phone that cannot keep it. */
export class Stranded extends Refusal {
  constructor(cause: unknown, readonly parcel: Parcel, readonly done: Sealed) {
    super(codeOf(cause));
  }
}

/** Brought while there is network: a phone that can keep nothing has no copy of it. */
export const carrying = (): Promise<typeof import("./carry.ts")> => import("./carry.ts");

/** Files travel from where reports wait, piece by piece; a report without any is sent at once where there is a way. */
export async function file(filing: Filing, { entries, said, attached }: Answers): Promise<Done> {
  const { digits, parcel, last, when, told } = await filing.seal(entries, said, attached);
  const sealed = { digits, when, beside: { filing, report: parcel.report, told } };
  const done = parcel.uploads.length === 0 ? await sendNow(parcel, sealed) : undefined;
  if (!done) {
    await keep(parcel, sealed);
    openLine(follow);
  }
  // What is shared from another app goes to the group's report. A full phone only costs that.
  if (!filing.isBeside) await remember(last, utcDay(Date.now())).catch(() => undefined);
  return done ?? { ...sealed, fate: "waiting" };
}

/** Kept here first: nobody stands and looks at a slow network. What this phone cannot keep goes at once, where there is a way. */
export async function keepOrSend(parcel: Parcel, sealed: Sealed): Promise<Done> {
  try {
    await keep(parcel, sealed);
    return { ...sealed, fate: "waiting" };
  } catch (cause) {
    const done = await sendNow(parcel, sealed);
    if (done) return done;
    throw cause;
  }
}

async function keep(parcel: Parcel, sealed: Sealed): Promise<void> {
  await wait(parcel, utcDay(Date.now())).catch((cause: unknown) => Promise.reject(new Stranded(cause, parcel, sealed)));
}

/** Nothing where there is no way now. Whose grant was withheld is said where otherwise stands who reads it, and when. */
async function sendNow(parcel: Parcel, sealed: Sealed): Promise<Done | undefined> {
  const { directory } = sealed.beside.filing.ground;
  try {
    const withheld = await send(parcel, directory);
    return { ...sealed, when: withheld.length > 0 ? withheldFrom(withheld) : sealed.when, fate: "kept" };
  } catch (cause) {
    if (cause instanceof Later) return undefined;
    throw cause;
  }
}

/** Says why nothing was kept. What only this phone could not keep is offered as a file, and shown once it was taken. */
export async function tellWhy(cause: unknown, show: (done: Done) => void): Promise<void> {
  say(sentenceOf(cause));
  if (cause instanceof Stranded) (await carrying()).offerFile(cause, word, show);
}

function sentenceOf(cause: unknown): string {
  if (cause instanceof Refused) return "form-not-kept";
  if (!(cause instanceof Refusal)) return "form-not-sealed";
  if (cause.code === "directory-stale") return "form-directory-old";
  if (cause.code === "storage-full") return "form-full";
  return cause instanceof Stranded ? "form-unkept" : "form-not-sealed";
}
