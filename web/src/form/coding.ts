// The coded half of a report, as REPORT.json writes it. Unknown ≠ refused ≠ not asked ≠ "no", which is an answer.

export interface Unanswered {
  unanswered: "unknown" | "refused";
}

/** An absent key was not asked. */
export type Answer<T> = T | Unanswered;

export interface ConsentRow {
  purpose: string;
  recipient_kind: string;
  parts: string[];
}

export interface Leg {
  from?: Answer<string>;
  to?: Answer<string>;
  segment?: Answer<string>;
  day?: Answer<string>;
}

export interface Event {
  from?: Answer<string>;
  to?: Answer<string>;
  precision?: Answer<string>;
  area?: Answer<string>;
  segment?: Answer<string>;
  crossing?: Answer<string>;
  facility?: Answer<string>;
  place_kind?: Answer<string>;
  legs?: Answer<Leg[]>;
}

export interface Act {
  code: string;
  means?: Answer<string[]>;
  purpose?: Answer<string[]>;
  against?: Answer<number[]>;
}

/** A kind, an institution or both. Never a person. */
export interface AccusedOne {
  kind?: Answer<string>;
  institution?: Answer<string>;
  involvement?: Answer<string>;
  count?: Answer<number>;
  count_basis?: Answer<string>;
}

export interface Group {
  count?: Answer<number>;
  count_basis?: Answer<string>;
  age_band?: Answer<string>;
  gender?: Answer<string>;
  origin?: Answer<string>;
  vulnerability?: Answer<string[]>;
  legal_status?: Answer<string>;
}

export interface Harm {
  kind: string;
  count?: Answer<number>;
  count_basis?: Answer<string>;
}

export interface Coding {
  language?: Answer<string>;
  interpreter_used?: Answer<boolean>;
  source_kind?: Answer<string>;
  on_behalf?: Answer<boolean>;
  channel?: Answer<string>;
  still_in_danger?: Answer<string>;
  event?: Answer<Event>;
  acts?: Answer<Act[]>;
  accused?: Answer<AccusedOne[]>;
  people?: Answer<Group[]>;
  needs?: Answer<string[]>;
  harm?: Answer<Harm[]>;
  identity_ground?: Answer<string[]>;
  bias_indicator?: Answer<string[]>;
  repeat?: Answer<boolean>;
  reprisal?: Answer<boolean>;
  evidence?: Answer<string[]>;
  /** Not asked or unanswered: keep and answer. Empty: held for the receipt alone. */
  consent?: Answer<ConsentRow[]>;
  to_code?: Answer<boolean>;
  /** The report that tells of the same event for the group this person is of. */
  same_event_as?: Answer<string>;
  statistics?: Answer<boolean>;
}

export const isUnanswered = (answer: unknown): answer is Unanswered =>
  typeof answer === "object" && answer !== null && "unanswered" in answer;

/** The value, where one was given. */
export const given = <T>(answer: Answer<T> | undefined): T | undefined =>
  answer === undefined || isUnanswered(answer) ? undefined : (answer as T);

export const items = <T>(answer: Answer<T[]> | undefined): T[] => given(answer) ?? [];

/** Sorted by code point, without doubles: as the wire wants every list. */
export const sorted = (codes: Iterable<string>): string[] => [...new Set(codes)].sort();

/** How many people, as far as groups carry counts. */
export function headCount(coding: Coding): number | undefined {
  const counts = items(coding.people).flatMap((group) => given(group.count) ?? []);
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}
