// The public part of the registry, for showing: who tells whom, and why somebody is shut out. What `GET /api/v1/readers`
// says. Nobody is made a reader by it: that is the signed directory's.

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
