// The reporter's 24 digits as people read, write and type them. No cryptography here: a page can check digits before any has arrived.

export const DIGITS = 24;
export const GROUP = 4;

/** Zero in the scripts digits are typed in: Latin, Arabic-Indic, Persian. */
const ZEROS = [0x30, 0x660, 0x6f0];
/** What may stand between digits: spaces, hyphens, marks of direction. */
const BETWEEN = /[\s\-\u2010-\u2015\u200b-\u200f\u2066-\u2069\ufeff]/u;

export type Typed =
  | { state: "empty" | "unfinished" | "letter" | "too-long" | "mistyped"; digits: string }
  | { state: "good"; digits: string };

/** Reads digits as typed, in any of the three scripts. */
export function readDigits(typed: string): Typed {
  let digits = "";
  let strange = false;
  for (const letter of typed) {
    if (BETWEEN.test(letter)) continue;
    const digit = digitOf(letter);
    if (digit === null) strange = true;
    else digits += String(digit);
  }
  return { state: strange ? "letter" : stateOf(digits), digits };
}

function stateOf(digits: string): Typed["state"] {
  if (digits.length === 0) return "empty";
  if (digits.length < DIGITS) return "unfinished";
  if (digits.length > DIGITS) return "too-long";
  return isChecked(digits) ? "good" : "mistyped";
}

function digitOf(letter: string): number | null {
  const code = letter.codePointAt(0) ?? 0;
  const zero = ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? null : code - zero;
}

/** ISO/IEC 7064 MOD 11,10. */
function product(digits: string): number {
  return [...digits].reduce((running, digit) => {
    const sum = (running + Number(digit)) % 10;
    return (2 * (sum === 0 ? 10 : sum)) % 11;
  }, 10);
}

const isChecked = (digits: string): boolean =>
  (product(digits.slice(0, -1)) + Number(digits.slice(-1))) % 10 === 1;

/** 23 random digits and the check digit. */
export function newDigits(): string {
  let digits = "";
  while (digits.length < DIGITS - 1) {
    // 250 is the largest multiple of ten in a byte: what is above would make small digits likelier.
    for (const byte of crypto.getRandomValues(new Uint8Array(DIGITS))) if (byte < 250) digits += String(byte % 10);
  }
  digits = digits.slice(0, DIGITS - 1);
  return digits + String((11 - product(digits)) % 10);
}

/** Six groups of four. */
export const groupsOf = (digits: string): string[] => digits.match(/.{1,4}/g) ?? [];
