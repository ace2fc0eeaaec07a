// Days, weeks and months in UTC; nothing finer is kept.

const MILLISECONDS = 86_400_000;

/** Days since 1970-01-01. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / MILLISECONDS;
export const dayOf = (number: number): string => new Date(number * MILLISECONDS).toISOString().slice(0, 10);
export const utcDay = (now: number): string => new Date(now).toISOString().slice(0, 10);
export const monthOf = (day: string): string => day.slice(0, 7);
export const yearOf = (day: string): string => day.slice(0, 4);

/** ISO 8601: a week belongs to the year of its Thursday. */
export function weekOf(day: string): string {
  const thursday = weekStart(day) + 3;
  const year = yearOf(dayOf(thursday));
  const week = Math.floor((thursday - dayNumber(`${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** The last day that lies in the same week, month or year. */
export function lastDay(span: string, day: string): string {
  if (span === "week") return dayOf(weekStart(day) + 6);
  const [year = 0, month = 0] = day.split("-").map(Number);
  const next = span === "month" ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1);
  return dayOf(next / MILLISECONDS - 1);
}

/** The Monday of a day's week, as a number. 1970-01-01 was a Thursday. */
function weekStart(day: string): number {
  const number = dayNumber(day);
  return number - ((((number + 3) % 7) + 7) % 7);
}
