// Reading one published cell: what it says for certain. The twin of crates/cli/src/import/cell.rs; shared vectors hold both.

/** A number of people as somebody wrote it: `exact`, or the lowest number said and never more. */
export interface Count {
  certain: number;
  exact: boolean;
}

const WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const MOST = 2 ** 32 - 1;

/** Reads `5`, `Five`, `4 person(s)`, `6-7`, `6 or 7`, `19 - estimated 27`; a negative number is no count. */
export function number(cell: string): Count | null {
  const said = cell.trim();
  if (/^[-\u2212\u2013]/.test(said)) return null;
  const word = WORDS.indexOf(said.toLowerCase());
  if (word >= 0) return { certain: word, exact: true };
  const bare = said.replace(/person\(s\)$/, "").trim();
  if (/^\+?[0-9]+$/.test(bare) && Number(bare) <= MOST) return { certain: Number(bare), exact: true };
  const found = digits(said);
  return found.length === 0 ? null : { certain: Math.min(...found), exact: false };
}

const digits = (said: string): number[] =>
  (said.match(/[0-9]+/g) ?? []).map(Number).filter((value) => value <= MOST);

/** The youngest and the oldest age of a group: `16 - 35`, `5-50`, `11`. */
export function ages(said: string): [number, number] | null {
  const found = /^[0-9\s\-\u2013]*$/.test(said) ? digits(said) : [];
  const [young, old = young] = found;
  if (young === undefined || old === undefined || found.length > 2) return null;
  return young <= old && old < 120 ? [young, old] : null;
}

/** A calendar day as its three numbers, not yet known to exist. */
export interface Written {
  year: number;
  month: number;
  day: number;
  /** The month was written as a word, so that it cannot be mistaken for the day. */
  worded: boolean;
}

const MONTHS = "january february march april may june july august september october november december".split(" ");

function month(word: string): number | null {
  const place = MONTHS.indexOf(word.toLowerCase());
  return place < 0 ? null : place + 1;
}

const year = (word: string): number | null => (/^[0-9]{4}$/.test(word) ? Number(word) : null);
const small = (word: string): number | null => (/^[0-9]+$/.test(word) && Number(word) <= 255 ? Number(word) : null);

function made(parts: [number | null, number | null, number | null], worded: boolean): Written | null {
  const [year, month, day] = parts;
  return year === null || month === null || day === null ? null : { year, month, day, worded };
}

/** A day with the time that forms and workbooks write behind it. */
const TIMED = /^\s*([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9].*$/s;

/** Reads `2017-03-10`, with or without a time behind it, `DD.MM.YYYY` and `Month D, YYYY`. */
export function written(said: string): Written | null {
  const parts = said.replace(TIMED, "$1").split(/[^\p{L}\p{N}]+/u).filter((part) => part !== "");
  const [first, second, third] = parts;
  if (first === undefined || second === undefined || third === undefined || parts.length > 3) return null;
  const word = month(first);
  if (word !== null) return made([year(third), word, small(second)], true);
  if (year(first) !== null) return made([year(first), small(second), small(third)], false);
  return made([year(third), small(second), small(first)], false);
}

/** The day an address tells of: `…/october-3-2017-0000-…`. */
export function witness(address: string): Written | null {
  const words = address.split(/[^\p{L}\p{N}]/u);
  for (let at = 0; at + 2 < words.length; at += 1) {
    const [name = "", day = "", told = ""] = words.slice(at, at + 3);
    const found = made([year(told), month(name), small(day)], true);
    if (found) return found;
  }
  return null;
}
