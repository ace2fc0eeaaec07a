// Coding and consent in, facets out: pure, table-driven, byte for byte what `report` computes (shared vectors).

import { type Coding, type ConsentRow, type Answer, given, headCount, isUnanswered, items, sorted } from "./coding.ts";
import { clockOf, coarsePeriodOf, exactDay, periodOf, type Recency, type Signals, signalsOf } from "./signals.ts";
import { alpha2, knowsArea, type Tables, term } from "./tables.ts";

export interface GroupFacet {
  size: string;
  age_band?: string;
  gender?: string;
  origin?: string;
}

/** The order of the keys is the order on the wire. */
export interface Facets {
  version: 1;
  taxonomy: string;
  projection: "open" | "protected";
  accused: { kinds: string[]; institutions: string[] };
  consent: ConsentRow[];
  recency: Recency;
  clock: string;
  urgency: string[];
  area?: string | undefined;
  period?: string | undefined;
  categories?: string[] | undefined;
  acts?: string[] | undefined;
  place_kind?: string | undefined;
  needs?: string[] | undefined;
  source_kind?: string | undefined;
  language?: string | undefined;
  channel?: string | undefined;
  group?: GroupFacet | undefined;
  to_code?: boolean;
}

/** The exact text to sign, hash and send. */
export const writeFacets = (facets: Facets): string => JSON.stringify(facets);

/** What the server may know of a coding filed today. */
export function project(coding: Coding, tables: Tables, today: string): Facets {
  const signals = signalsOf(coding, tables, today);
  const sensitive = isSensitive(signals, tables);
  const consent = consentOf(coding, tables, sensitive);
  const counted = consent.some((row) => row.purpose === tables.consent.statistics.purpose);
  const event = given(coding.event);
  const base = {
    version: 1,
    taxonomy: tables.taxonomy,
    accused: accusedOf(coding, tables),
    consent,
    recency: signals.recency,
    clock: clockOf(signals, tables),
  } as const;
  const area = areaOf(coding, tables);
  if (sensitive && !counted) {
    const { version, taxonomy, ...rest } = base;
    const kept = tables.triage.urgency.filter((rule) => rule.protected).map((rule) => rule.code);
    const urgency = sorted(signals.urgency).filter((flag) => kept.includes(flag));
    const wide = area === undefined ? undefined : (tables.areas[area]?.tier_2 ?? area);
    const period = event && coarsePeriodOf(event, tables);
    // Without it the server could not tell that no clock runs.
    const channel = signals.protective ? undefined : shownKnown("channel", coding.channel, tables);
    return { version, taxonomy, projection: "protected", ...rest, urgency, area: wide, period, categories: ["protected"], channel };
  }
  return { ...open(coding, signals, tables), ...base, area };
}

/** The open projection; what both projections share is laid over it, the order of keys stays. */
function open(coding: Coding, signals: Signals, tables: Tables): Facets {
  const event = given(coding.event);
  const answered = (answer: unknown, codes: Set<string>): string[] | undefined =>
    answer === undefined || isUnanswered(answer) ? undefined : sorted(codes);
  return {
    version: 1,
    taxonomy: tables.taxonomy,
    projection: "open",
    accused: { kinds: [], institutions: [] },
    consent: [],
    recency: signals.recency,
    clock: "",
    urgency: sorted(signals.urgency),
    area: undefined,
    period: event && periodOf(event, tables),
    categories: answered(coding.acts, signals.categories),
    acts: answered(coding.acts, signals.acts),
    place_kind: shownKnown("place_kind", event?.place_kind, tables),
    needs: answered(coding.needs, signals.needs),
    source_kind: shownKnown("source_kind", coding.source_kind, tables),
    language: shownKnown("language", coding.language, tables),
    channel: shownKnown("channel", coding.channel, tables),
    group: groupOf(coding, tables),
    to_code: items(coding.acts).length === 0 || given(coding.to_code) === true,
  };
}

/** Whether a report carries a code that is shown only with consent to statistics. */
export function isSensitive(signals: Signals, tables: Tables): boolean {
  const { categories, flags, vulnerability, age_band, needs } = signals;
  const told: Record<string, Set<string>> = { categories, flags, vulnerability, age_band, needs };
  return Object.entries(tables.projection.protected).some(([signal, codes]) =>
    codes.some((code) => told[signal]?.has(code)),
  );
}

/** Consent of a coding with the wish to be counted as its row: opt-in for what is sensitive, opt-out for the rest. */
function consentOf(coding: Coding, tables: Tables, sensitive: boolean): ConsentRow[] {
  const { keep, statistics } = tables.consent;
  if (given(coding.consent)?.length === 0) return [];
  const rows = [...items(coding.consent), keep];
  const wish = coding.statistics;
  const agreed = rows.some((row) => row.purpose === statistics.purpose);
  const refused = isUnanswered(wish) && wish.unanswered === "refused";
  const counted = given(wish) ?? (!refused && (agreed || !sensitive));
  const others = rows.filter((row) => row.purpose !== statistics.purpose).map((row) => narrowed(row, tables));
  return joinRows(counted ? [...others, statistics] : others);
}

/** A cell of facets or aggregates hands out no part, whatever a row says. */
function narrowed(row: ConsentRow, tables: Tables): ConsentRow {
  const same = tables.consent.matrix.find(
    (cell) => cell.purpose === row.purpose && cell.recipient_kind === row.recipient_kind,
  );
  return same?.leave === "facets" || same?.leave === "aggregate" ? { ...row, parts: [] } : row;
}

function joinRows(rows: ConsentRow[]): ConsentRow[] {
  const joined = new Map<string, ConsentRow>();
  for (const { purpose, recipient_kind, parts } of rows) {
    const key = `${purpose} ${recipient_kind}`;
    joined.set(key, { purpose, recipient_kind, parts: sorted([...(joined.get(key)?.parts ?? []), ...parts]) });
  }
  const compare = (left: string, right: string): number => (left < right ? -1 : Number(left > right));
  return [...joined.values()].sort(
    (left, right) => compare(left.purpose, right.purpose) || compare(left.recipient_kind, right.recipient_kind),
  );
}

/** Who is accused: kinds and institutions named, and whoever ran the facility it happened in. */
function accusedOf(coding: Coding, tables: Tables): Facets["accused"] {
  const named = items(coding.accused);
  const event = given(coding.event);
  const facility = tables.facilities[given(event?.facility) ?? ""];
  const day = event && exactDay(event, tables);
  const ran = (from: string | null, to: string | null): boolean =>
    day === undefined || ((from ?? day) <= day && day <= (to ?? day));
  const operators = (facility?.operators ?? []).filter(({ from, to }) => ran(from, to));
  return {
    kinds: sorted(named.flatMap((one) => given(one.kind) ?? [])),
    institutions: sorted([
      ...named.flatMap((one) => given(one.institution) ?? []),
      ...operators.map((one) => one.institution),
    ]),
  };
}

/** The area told; else that of the facility or crossing told; else unknown when it was asked. */
function areaOf(coding: Coding, tables: Tables): string | undefined {
  if (coding.event === undefined) return undefined;
  const event = given(coding.event);
  if (event === undefined) return "UNKNOWN";
  const told = given(event.area);
  if (told !== undefined) {
    const area = alpha2(tables, told);
    return knowsArea(tables, area) ? area : "UNKNOWN";
  }
  const place = tables.facilities[given(event.facility) ?? ""]?.municipality ?? tables.crossings[given(event.crossing) ?? ""];
  return place ?? (event.area === undefined ? undefined : "UNKNOWN");
}

/** What an answer about a list shows: its code, or what stands for unknown or refused; nothing when not asked. */
function shown(list: string, answer: Answer<string> | undefined, tables: Tables): string | undefined {
  const { unknown, refused } = tables.projection;
  if (!isUnanswered(answer)) return answer;
  return answer.unanswered === "refused" ? (refused[list] ?? unknown[list]) : unknown[list];
}

function shownKnown(list: string, answer: Answer<string> | undefined, tables: Tables): string | undefined {
  const code = shown(list, answer, tables);
  if (code === undefined) return undefined;
  return term(tables, list, code) === undefined ? tables.projection.other[list] : code;
}

function groupOf(coding: Coding, tables: Tables): GroupFacet | undefined {
  const count = headCount(coding);
  const { sizes, smallest } = tables.projection;
  if (count === undefined || count < smallest) return undefined;
  const size = sizes.filter((band) => band.from <= count).at(-1)?.code;
  if (size === undefined) return undefined;
  const facet: GroupFacet = { size };
  for (const list of ["age_band", "gender", "origin"] as const) {
    const told = items(coding.people).flatMap((group) => {
      const answer = list === "origin" && typeof group.origin === "string" ? alpha2(tables, group.origin) : group[list];
      return shown(list, answer, tables) ?? [];
    });
    const one = common(list, sorted(told), tables);
    if (one !== undefined) facet[list] = one;
  }
  return facet;
}

/** The one code that stands for several groups' codes. What one group did not tell makes the whole unknown. */
function common(list: string, codes: string[], tables: Tables): string | undefined {
  const { unknown, refused, mixed } = tables.projection;
  const wide = sorted(codes.map((code) => term(tables, list, code)?.within ?? code));
  if (codes.length === 1) return codes[0];
  if (wide.length === 1) return wide[0];
  if (wide.some((code) => code === unknown[list] || code === refused[list])) return unknown[list];
  return wide.length === 0 ? undefined : mixed[list];
}
