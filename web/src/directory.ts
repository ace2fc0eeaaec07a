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
}

export interface Accused {
  kinds: string[];
  institutions: string[];
}

export interface Directory {
  deployment: string;
  training: boolean;
  version: number;
  /** Day after which nothing new may be sealed by it, `YYYY-MM-DD`. */
  expires: string;
  registry: string;
  taxonomy: string;
  institutions: Map<string, Listed>;
  closures: { institutions: Map<string, string[]>; kinds: Map<string, Map<string, string[]>> };
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
  const closures = fields["closures"];
  if (!isObject(closures)) throw new Refusal("json-shape");
  return {
    deployment: readText(fields["deployment"]),
    training: fields["training"] === true,
    version: readCount(fields["version"]),
    expires: readText(fields["expires"]),
    registry: readText(fields["registry"]),
    taxonomy: readText(fields["taxonomy"]),
    institutions: new Map(readInstitutions(fields["institutions"]).map((one) => [one.code, one])),
    closures: {
      institutions: readCodes(closures["institutions"]),
      kinds: new Map(entries(closures["kinds"]).map(([kind, areas]) => [kind, readCodes(areas)])),
    },
  };
}

function readInstitutions(value: unknown): Listed[] {
  return readList(value).map((one) => {
    if (!isObject(one)) throw new Refusal("json-shape");
    return {
      code: readText(one["code"]),
      name: readText(one["name"]),
      recipient: readText(one["recipient"]),
      signing: readText(one["signing"]),
    };
  });
}

function entries(value: unknown): [string, unknown][] {
  if (!isObject(value)) throw new Refusal("json-shape");
  return Object.entries(value);
}

const readCodes = (value: unknown): Map<string, string[]> =>
  new Map(entries(value).map(([key, codes]) => [key, readList(codes).map(readText)]));

/** Whom this accusation shuts out: closure(A ∪ B) = closure(A) ∪ closure(B), so sets are only united. */
export function closureOf(directory: Directory, accused: Accused, area: string): Set<string> {
  const named = accused.institutions.flatMap((code) => [code, ...(directory.closures.institutions.get(code) ?? [])]);
  const kinds = accused.kinds.flatMap((kind) => ofKind(directory.closures.kinds.get(kind), area));
  return new Set([...named, ...kinds]);
}

/** A finer area falls into its tier-2 area; one that falls into none may be anywhere, so every area counts. */
function ofKind(areas: Map<string, string[]> | undefined, area: string): string[] {
  if (!areas) return [];
  const tier2 = [...areas.keys()].find((code) => area === code || area.startsWith(`${code}-`));
  return tier2 === undefined ? [...areas.values()].flat() : (areas.get(tier2) ?? []);
}
