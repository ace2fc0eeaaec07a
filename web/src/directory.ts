// The signed directory: who can be sealed to, and whom an accusation shuts out.

import { type Board, splitNote, verifyNote } from "./note.ts";
import { Refusal } from "./refusal.ts";
import { isObject, readCount, readList, readObject, readText } from "./strict.ts";

const FIELDS =
  "deployment training version issued expires salt registry taxonomy server institutions leads closures".split(" ");

export interface Listed {
  code: string;
  name: string;
  recipient: string;
  signing: string;
  /** What it signed with before, each until its last day, `YYYY-MM-DD`. */
  former?: { signing: string; until: string }[];
}

export interface Accused {
  kinds: string[];
  institutions: string[];
}

/** Closure sets by number: equal sets stand once; an institution that is not listed shuts out only itself. */
export interface ClosureSets {
  sets: string[][];
  institutions: Map<string, number>;
  /** Kind → cell (a tier-2 area or another state; `*` for every place) → numbers of the sets to unite. */
  kinds: Map<string, Map<string, number[]>>;
}

/** Who answers for an area, and who takes over, each in the order they are asked. */
export interface Posts {
  lead: string[];
  alternate: string[];
}

export interface Directory {
  deployment: string;
  training: boolean;
  version: number;
  /** First day, `YYYY-MM-DD`. */
  issued: string;
  /** Day after which nothing new may be sealed by it, `YYYY-MM-DD`. */
  expires: string;
  /** What receipts are stretched with: 32 bytes, hexadecimal. */
  salt: string;
  registry: string;
  taxonomy: string;
  /** Verifier key of acknowledgements and checkpoints. */
  server: string;
  institutions: Map<string, Listed>;
  /** By area. */
  leads: Map<string, Posts>;
  closures: ClosureSets;
}

/** An institution that may receive this report. Only `eligible` makes one, so sealing cannot be asked for anybody else. */
export class Eligible {
  readonly #made: true;
  private constructor(readonly code: string, readonly recipient: string) {
    this.#made = true;
  }

  static of(directory: Directory, shutOut: Set<string>, code: string): Eligible {
    const listed = directory.institutions.get(code);
    if (!listed) throw new Refusal("directory-unknown");
    if (shutOut.has(code)) throw new Refusal("closure");
    return new Eligible(listed.code, listed.recipient);
  }

  /** Who was eligible when this report was sealed, for adding to it under the same directory: the server checks again. */
  static before(code: string, recipient: string): Eligible {
    return new Eligible(code, recipient);
  }

  get proven(): true {
    return this.#made;
  }
}

/** Without a pinned board only a training directory is accepted. */
export function readDirectory(note: string, board: Board | null): Directory {
  const body = board ? verifyNote(note, board) : splitNote(note).body;
  const [title, line, ...rest] = body.split("\n");
  if (title !== "putokaz/1 directory" || line === undefined || rest.join("") !== "") {
    throw new Refusal("directory-board");
  }
  const directory = readBody(line);
  if (!board && !directory.training) throw new Refusal("directory-unpinned");
  return directory;
}

function readBody(line: string): Directory {
  const fields = readObject(line, FIELDS);
  return {
    deployment: readText(fields["deployment"]),
    training: fields["training"] === true,
    version: readCount(fields["version"]),
    issued: readText(fields["issued"]),
    expires: readText(fields["expires"]),
    salt: readText(fields["salt"]),
    registry: readText(fields["registry"]),
    taxonomy: readText(fields["taxonomy"]),
    server: readText(fields["server"]),
    leads: mapped(fields["leads"], readPosts),
    institutions: new Map(readInstitutions(fields["institutions"]).map((one) => [one.code, one])),
    closures: readClosures(fields["closures"]),
  };
}

const DAYS = 86_400_000;
const LONGEST = 30;

export type Age = "current" | "stale" | "early" | "wrong";

/**
 * Whether today is one of its days: `stale` past the last, when a report is still sealed, to its lead and alternate and to nobody
 * else; `early` before the first, when the clock must be wrong, and the same holds; `wrong` where it says to be good for too long.
 * One day of grace: clocks and zones differ.
 */
export function ageOf({ issued, expires }: Directory, today: string): Age {
  const [first, last, now] = [issued, expires, today].map((day) => Date.parse(day) / DAYS) as [number, number, number];
  if (!(last <= first + LONGEST)) return "wrong";
  if (now + 1 < first) return "early";
  return now <= last ? "current" : "stale";
}

/** Whether anything new may be sealed by it today. */
export const isFresh = (directory: Directory, today: string): boolean => ageOf(directory, today) === "current";

/** The posts that answer for a place: those of the smallest area around it, abroad those of `outside`, else those of an unknown place. */
export function postsOf({ leads }: Directory, area: string): Posts | undefined {
  const here = around(area).find((code) => leads.has(code)) ?? (area === UNKNOWN ? UNKNOWN : "outside");
  return leads.get(here) ?? leads.get(UNKNOWN);
}

function readInstitutions(value: unknown): Listed[] {
  return readList(value).map((one) => {
    if (!isObject(one)) throw new Refusal("json-shape");
    return {
      code: readText(one["code"]),
      name: readText(one["name"]),
      recipient: readText(one["recipient"]),
      signing: readText(one["signing"]),
      former: readList(one["former"] ?? []) as NonNullable<Listed["former"]>,
    };
  });
}

/** Whether a key spoke for an institution on a day: the present one, or a former one no later than its last day. */
export function spokeFor({ institutions }: Directory, code: string, key: string, day: string): boolean {
  const listed = institutions.get(code);
  return listed?.signing === key || !!listed?.former?.some(({ signing, until }) => signing === key && day <= until);
}

function readPosts(value: unknown): Posts {
  if (!isObject(value)) throw new Refusal("json-shape");
  return { lead: readList(value["lead"]).map(readText), alternate: readList(value["alternate"]).map(readText) };
}

function readClosures(value: unknown): ClosureSets {
  if (!isObject(value)) throw new Refusal("json-shape");
  const numbers = (list: unknown): number[] => readList(list).map(readCount);
  return {
    sets: readList(value["sets"]).map((set) => readList(set).map(readText)),
    institutions: mapped(value["institutions"], readCount),
    kinds: mapped(value["kinds"], (cells) => mapped(cells, numbers)),
  };
}

function mapped<T>(value: unknown, read: (one: unknown) => T): Map<string, T> {
  if (!isObject(value)) throw new Refusal("json-shape");
  return new Map(Object.entries(value).map(([key, one]) => [key, read(one)]));
}

/** Whom this accusation shuts out: closure(A ∪ B) = closure(A) ∪ closure(B), so sets are only united. */
export function closureOf({ closures }: Directory, accused: Accused, area: string): Set<string> {
  const named = accused.institutions.flatMap((code) => closures.institutions.get(code) ?? []);
  const kinds = accused.kinds.flatMap((kind) => at(closures.kinds.get(kind) ?? new Map<string, number[]>(), area));
  return new Set([...accused.institutions, ...[...named, ...kinds].flatMap((number) => closures.sets[number] ?? [])]);
}

const EVERYWHERE = "*";
const UNKNOWN = "UNKNOWN";

/** The numbers of the sets for a place. A place the sets do not know may be any place it could be. */
function at(cells: Map<string, number[]>, area: string): number[] {
  const here = around(area).find((code) => cells.has(code));
  const known = [...cells.keys()].some((cell) => liesIn(cell, area));
  const asked = (cell: string): boolean => {
    if (here !== undefined) return cell === here || cell === EVERYWHERE;
    if (known) return liesIn(cell, area) || cell === EVERYWHERE;
    return area === UNKNOWN || !cell.includes("-");
  };
  return [...cells].filter(([cell]) => asked(cell)).flatMap(([, numbers]) => numbers);
}

/** The code and the shorter codes that begin it, from the inside out. */
function around(area: string): string[] {
  const pieces = area.split("-");
  return pieces.map((_, at) => pieces.slice(0, pieces.length - at).join("-"));
}

const liesIn = (cell: string, area: string): boolean => cell === area || cell.startsWith(`${area}-`);
