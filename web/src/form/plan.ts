// Who could read a report, who would hear of it and who never gets it: decided before anything is sealed.

import { closureOf, type Directory, Eligible, postsOf } from "../directory.ts";
import type { Book, Reason } from "./book.ts";
import type { ConsentRow } from "./coding.ts";
import type { Facets } from "./projection.ts";
import type { Tables } from "./tables.ts";

export interface PlannedReader {
  to: Eligible;
  when: "now" | "if-silent";
  /** Kind of part → purpose it may be read for. */
  reads: Map<string, string>;
}

export interface Plan {
  facets: Facets;
  readers: PlannedReader[];
  shutOut: Set<string>;
}

/** One line of a list: an institution and one plain reason. */
export interface Line {
  institution: string;
  reason: Reason;
}

/** A kind of recipient the reader may pass it on to, because the person agreed. */
export interface May {
  purpose: string;
  kind: string;
  named: boolean;
  /** Keys of reasons why others may hear of it there. */
  heard: string[];
}

export interface Lists {
  read: Line[];
  may: May[];
  hear: Line[];
  never: Line[];
}

/** The lead now, the alternate if the lead is silent; nobody when the report is held for the receipt alone. */
export function draw(facets: Facets, directory: Directory, tables: Tables, book: Book): Plan {
  const area = facets.area ?? "UNKNOWN";
  const shutOut = closureOf(directory, facets.accused, area);
  const keep = facets.consent.find((row) => row.purpose === tables.consent.keep.purpose);
  if (!keep) return { facets, readers: [], shutOut };
  const posts = postsOf(directory, area);
  const able = (code: string): boolean => directory.institutions.has(code) && !shutOut.has(code);
  const lead = posts?.lead.find(able);
  const alternate = posts?.alternate.find((code) => able(code) && code !== lead);
  const reader = (code: string, when: PlannedReader["when"]): PlannedReader => ({
    to: Eligible.of(directory, shutOut, code),
    when,
    reads: reads(code, when, facets, tables, book),
  });
  const readers = lead === undefined ? [] : [reader(lead, "now")];
  if (alternate !== undefined) readers.push(reader(alternate, lead === undefined ? "now" : "if-silent"));
  return { facets, readers, shutOut };
}

/** What filing lets a post read, and who a name goes to: only the reader of today, and only by a row of its own. */
function reads(code: string, when: string, facets: Facets, tables: Tables, book: Book): Map<string, string> {
  const keep = tables.consent.keep.purpose;
  const as = (row: ConsentRow): boolean => book.as[code]?.[row.purpose]?.includes(row.recipient_kind) === true;
  const rows = facets.consent.filter((row) => row.purpose !== keep && as(row));
  const named = when === "now" ? rows.filter((row) => row.parts.includes("identity")) : [];
  const kept = facets.consent.filter((row) => row.purpose === keep);
  const pairs = [...kept, ...named].flatMap((row) => row.parts.map((part) => [part, row.purpose] as const));
  const found = new Map<string, string>();
  for (const [part, purpose] of pairs) if (!found.has(part)) found.set(part, purpose);
  return found;
}

/** The three lists, each name with one reason. */
export function listsOf(plan: Plan, book: Book): Lists {
  const read = plan.readers.map(({ to, when, reads }) => {
    const now = reads.has("identity") ? "form-reads-now-named" : "form-reads-now";
    return { institution: to.code, reason: { key: when === "now" ? now : "form-reads-if-silent" } };
  });
  const isAnybody = basesOf(plan.facets, book).length > 0;
  const may = plan.readers.length > 0 ? mayRead(plan.facets, isAnybody, book) : [];
  const hear = plan.readers.flatMap(({ to }) => hearOf(to.code, plan, isAnybody, book));
  const never = [...plan.shutOut].sort().map((institution) => ({ institution, reason: neverReason(institution, plan, book) }));
  return { read, may, hear, never };
}

/** The kinds that the person's own rows open the report to; who keeps it and who only counts it are none of them. */
function mayRead({ consent }: Facets, accused: boolean, book: Book): May[] {
  return consent.flatMap(({ purpose, recipient_kind: kind, parts }) => {
    const reasons = book.heard[purpose]?.[kind];
    if (reasons === undefined || parts.length === 0) return [];
    // Nobody is told of an accusation that points to no institution.
    const heard = reasons.filter((key) => accused || !key.includes("-tells-"));
    return [{ purpose, kind, named: parts.includes("identity"), heard }];
  });
}

/** Why others would hear of it through this reader. Nobody is told of an accusation that points to no institution. */
function hearOf(institution: string, { shutOut }: Plan, accused: boolean, book: Book): Line[] {
  const voice = book.voices[institution];
  if (!voice) return [];
  const relayed = voice.relays.find((code) => shutOut.has(code));
  const swayed = voice.influence.find((code) => shutOut.has(code));
  const reasons: (Reason | undefined)[] = [
    accused && voice.tells !== null ? { key: voice.tells } : undefined,
    relayed === undefined ? undefined : { key: "reason-relays", about: relayed },
    voice.duty === null ? undefined : { key: voice.duty },
    swayed === undefined ? undefined : { key: "reason-influence", about: swayed },
  ];
  return reasons.flatMap((reason) => (reason ? [{ institution, reason }] : []));
}

/** The reason nearest to the accusation: said to be responsible, then whatever the registry says of the line of command. */
function neverReason(code: string, { facets }: Plan, book: Book): Reason {
  const bases = basesOf(facets, book);
  if (bases.includes(code)) return { key: "reason-accused" };
  const found = bases.flatMap((base) => {
    const [rank, about] = book.why[base]?.[code] ?? [];
    return rank === undefined ? [] : [{ rank, reason: { key: book.reasons[rank] ?? "reason-accused", about: about ?? base } }];
  });
  return found.sort((left, right) => left.rank - right.rank)[0]?.reason ?? { key: "reason-accused" };
}

/** The bodies that are accused: those named, and those the kinds point to at the place. */
function basesOf({ accused, area }: Facets, book: Book): string[] {
  const pieces = (area ?? "UNKNOWN").split("-");
  const around = pieces.map((_, at) => pieces.slice(0, pieces.length - at).join("-"));
  const byKind = accused.kinds.flatMap((kind) => {
    const cells = book.kinds[kind] ?? {};
    const here = around.find((cell) => cells[cell]);
    const asked = here === undefined ? Object.keys(cells) : [here, "*"];
    return asked.flatMap((cell) => cells[cell] ?? []);
  });
  return [...accused.institutions, ...byKind];
}
