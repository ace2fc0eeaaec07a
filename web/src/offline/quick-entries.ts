// What the eight fields say, as the fields of a report.

import { utcDay } from "../form/day.ts";
import type { Entries } from "../form/answers.ts";

const DAY_MILLISECONDS = 86_400_000;
const OWN = ["when", "day", "count", "counted", "children"];

type Entry = readonly [name: string, value: string];

/** "No children" is an answer, and so is "not known"; what was not touched is not there. */
const CHILDREN: Record<string, readonly Entry[]> = {
  none: [["people.0.age_band", "AG-ADULT"]],
  family: [["people.0.age_band", "AG-MIX"], ["people.0.vulnerability", "V-CHILD"]],
  alone: [["people.0.age_band", "AG-CHILD"], ["people.0.vulnerability", "V-UASC"]],
  "unanswered:unknown": [["people.0.vulnerability", "unanswered:unknown"]],
  "unanswered:refused": [["people.0.vulnerability", "unanswered:refused"]],
};

/** @param now milliseconds since 1970, by this phone's clock; absent where that is wrong: no day is counted from it */
export function entriesOfQuick(entries: Entries, now?: number): Entries {
  const said = (name: string): string | undefined => entries.find(([one]) => one === name)?.[1];
  const kept = entries.filter(([name]) => !OWN.includes(name));
  return [...kept, ...dayOf(said("when"), said("day"), now), ...countOf(said("counted") ?? said("count")), ...(CHILDREN[said("children") ?? ""] ?? [])];
}

function dayOf(when: string | undefined, day: string | undefined, now: number | undefined): Entry[] {
  if (day === undefined && when === undefined) return [];
  if (day === undefined && when?.startsWith("unanswered:")) return [["event.from", when]];
  const exact = day ?? (now === undefined ? undefined : utcDay(now - Number(when) * DAY_MILLISECONDS));
  if (exact === undefined) return [["event.from", "unanswered:unknown"]];
  return [["event.from", exact], ["event.to", exact], ["event.precision", "D-DAY"]];
}

/** The worker saw the group: the count's basis says so. */
function countOf(count: string | undefined): Entry[] {
  if (count === undefined) return [];
  if (count.startsWith("unanswered:")) return [["people.0.count", count]];
  return [["people.0.count", count], ["people.0.count_basis", "CB-OBS"]];
}
