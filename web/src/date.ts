// Days in the page's own words: browsers do not know every language, and what they know of one differs.
// Pieces of code of their own say with what their page hands them.

import type { word } from "./page.ts";

/**
 * A day as its readers write it; without its year by the key `date-yearly`. Without marks of its own: in a sentence that keeps it apart
 * they would hide from the browser which way it is read.
 */
export function dayInWords(day: string, say: typeof word, key = "date-full"): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return say(key, { year, month: say(`date-month-${month}`), day: date }).replace(/[\u2068\u2069]/g, "");
}
