// The public part of the registry, for showing: names, who tells whom, and why somebody is shut out. What `GET /api/v1/readers`
// says. Nobody is made a reader by it: that is the signed directory's.

import { listed, word } from "../page.ts";

export interface Reason {
  key: string;
  /** The institution the sentence names. */
  about?: string;
}

/** When somebody reads, in the time of their own place. */
export interface Desk {
  /** A name of the IANA list. */
  time_zone: string;
  /** `mon` to `sun`. */
  days: string[];
  /** `HH:MM`. */
  opens: string;
  closes: string;
  /** Closed each year (`MM-DD`) or once (`YYYY-MM-DD`). */
  holidays: string[];
}

export interface Book {
  version: 1;
  /** Code → name in English, and at home where that differs. */
  names: Record<string, [string, string?]>;
  /** Of leads and alternates: purpose → as which recipient kinds. */
  as: Record<string, Record<string, string[]>>;
  /** Of leads and alternates: what others hear through them. */
  voices: Record<string, { tells: string | null; duty: string | null; relays: string[]; influence: string[] }>;
  /** Purpose → recipient kind → keys of reasons why others may hear of it once one of that kind has it. */
  heard: Record<string, Record<string, string[]>>;
  /** Of leads and alternates who have declared their hours. */
  desks: Record<string, Desk>;
  /** Keys of reasons, the nearest to the accused first. */
  reasons: string[];
  /** Accused body → who is shut out with it → number of the reason, and whom it names where that is not the accused. */
  why: Record<string, Record<string, [number, string?]>>;
  /** Kind → cell (`*` for everywhere) → the bodies it points to there. */
  kinds: Record<string, Record<string, string[]>>;
}

/** Languages whose readers know an institution by its name at home. */
const AT_HOME = ["bs", "hr", "sr"];

export function nameOf({ names }: Pick<Book, "names">, code: string): string {
  const [english = code, local] = names[code] ?? [];
  const home = AT_HOME.includes(document.documentElement.lang.split("-")[0] ?? "");
  return home ? (local ?? english) : english;
}

/** Who was not given what was sealed for them, in a sentence. */
export const withheldFrom = (book: Pick<Book, "names">, codes: readonly string[]): string =>
  word("offline-withheld", { names: listed(codes.map((code) => nameOf(book, code))) });
