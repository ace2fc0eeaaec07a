// Sealing and sending one report: kept by the server, or waiting on this phone as something the phone cannot open.

import { Later, Refused } from "../offline/answer.ts";
import { wait } from "../offline/reports.ts";
import { Refusal } from "../refusal.ts";
import type { Entries } from "./answers.ts";
import { utcDay } from "./day.ts";
import { type Filing, send } from "./filing.ts";
import type { Fate } from "./kept.ts";

export async function file(filing: Filing, entries: Entries, said: string[]): Promise<{ digits: string; fate: Fate }> {
  const { digits, parcel } = await filing.seal(entries, said);
  try {
    await send(parcel, filing.ground.directory);
    return { digits, fate: "kept" };
  } catch (cause) {
    if (!(cause instanceof Later)) throw cause;
    await wait({ report: parcel.report, envelope: parcel.envelope, uploads: [] }, utcDay(Date.now()));
    return { digits, fate: "waiting" };
  }
}

/** What to say when nothing was kept. */
export function sentenceOf(cause: unknown): string {
  if (cause instanceof Refused) return "form-not-kept";
  if (cause instanceof Refusal && cause.code === "directory-stale") return "form-directory-old";
  return "form-not-sealed";
}
