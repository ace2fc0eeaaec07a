// When the reader of today reads next, from the hours they declared. The twin of the server's own reckoning for the start page.
// A piece of code of its own, fetched once something was sealed: nothing of the page comes with it.

import { dayInWords } from "../date.ts";
import type { numerals, word } from "../page.ts";
import type { Desk } from "./book.ts";

/** What the page says with. */
interface Says {
  word: typeof word;
  numerals: typeof numerals;
}

export interface Next {
  /** Until when somebody reads today, where the desk is open now. */
  until?: string;
  /** The next opening that has not begun: a day there, and a time. */
  day: string;
  time: string;
}

/** Days looked ahead: longer than any run of holidays. */
const AHEAD = 60;
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const DAY_MILLISECONDS = 86_400_000;

/** @param now milliseconds since 1970 */
export function next(desk: Desk, now: number): Next | undefined {
  const [day, time] = there(desk, now);
  const days = Array.from({ length: AHEAD }, (_, more) => later(day, more)).filter((one) => isWorking(desk, one));
  const opening = days.find((one) => one > day || desk.opens > time);
  if (opening === undefined) return undefined;
  const isOpen = days[0] === day && desk.opens <= time && time < desk.closes;
  return { ...(isOpen ? { until: desk.closes } : {}), day: opening, time: desk.opens };
}

const begins = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const later = (day: string, more: number): string => new Date(begins(day) + more * DAY_MILLISECONDS).toISOString().slice(0, 10);

/** The day and the time at a desk: what a time zone means on a day is the browser's to know. */
function there({ time_zone: timeZone }: Desk, now: number): [day: string, time: string] {
  const style = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const parts = new Intl.DateTimeFormat("en-GB", { ...style, timeZone }).formatToParts(now);
  const part = (name: string): string => parts.find(({ type }) => type === name)?.value ?? "";
  return [`${part("year")}-${part("month")}-${part("day")}`, `${part("hour")}:${part("minute")}`];
}

const weekdayOf = (day: string): string => DAYS[new Date(begins(day)).getUTCDay()] ?? "";

function isWorking({ days, holidays }: Desk, day: string): boolean {
  return days.includes(weekdayOf(day)) && !holidays.includes(day) && !holidays.includes(day.slice(5));
}

/** When it is read, in a sentence; where nobody declared any hours or they do not read, that nobody promised. */
export function whenRead(desk: Desk | undefined, now: number, { word, numerals }: Says): string {
  const found = desk && nextOrNone(desk, now);
  if (!found) return word("hours-unknown");
  const [weekday, day] = [word(`date-weekday-${weekdayOf(found.day)}`), dayInWords(found.day, word, "date-yearly")];
  const when = { weekday, day, time: numerals(found.time) };
  return found.until === undefined ? word("hours-closed", when) : word("hours-open", { ...when, until: numerals(found.until) });
}

function nextOrNone(desk: Desk, now: number): Next | undefined {
  try {
    return next(desk, now);
  } catch {
    // A time zone this browser does not know.
    return undefined;
  }
}
