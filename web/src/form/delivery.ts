// Sealing and sending one report: kept by the server, or waiting on this phone as something the phone cannot open.

import { Later, Refused } from "../offline/answer.ts";
import { remember } from "../offline/last.ts";
import { wait } from "../offline/reports.ts";
import { Refusal } from "../refusal.ts";
import type { Entries } from "./answers.ts";
import { utcDay } from "./day.ts";
import { type Filing, send } from "./filing.ts";
import type { Fate } from "./kept.ts";

export async function file(filing: Filing, entries: Entries, said: string[]): Promise<{ digits: string; fate: Fate }> {
  const { digits, parcel, last } = await filing.seal(entries, said);
  const today = utcDay(Date.now());
  // A full phone only costs adding files from another app.
  const remembered = (): Promise<void> => remember(last, today).catch(() => undefined);
  try {
    await send(parcel, filing.ground.directory);
    await remembered();
    return { digits, fate: "kept" };
  } catch (cause) {
    if (!(cause instanceof Later)) throw cause;
    await wait({ report: parcel.report, envelope: parcel.envelope, uploads: [] }, today);
    await remembered();
    return { digits, fate: "waiting" };
  }
}

/** What to say when nothing was kept. */
export function sentenceOf(cause: unknown): string {
  if (cause instanceof Refused) return "form-not-kept";
  if (cause instanceof Refusal && cause.code === "directory-stale") return "form-directory-old";
  return "form-not-sealed";
}
