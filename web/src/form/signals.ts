// What the rules of urgency look at, and the clock they give: the device sees the whole coding.

import { type Coding, type Event, given, items } from "./coding.ts";
import { dayNumber, dayOf, lastDay, monthOf, weekOf, yearOf } from "./day.ts";
import { type Clause, type Tables, term } from "./tables.ts";

const RECENCY = ["now", "48h", "120h", "7d", "older", "unknown"] as const;
export type Recency = (typeof RECENCY)[number];

const SETS = ["acts", "categories", "flags", "vulnerability", "age_band", "harm", "needs", "accused", "urgency"] as const;

export type Signals = Record<(typeof SETS)[number], Set<string>> & {
  danger: boolean;
  reprisal: boolean;
  recency: Recency;
  /** Whether the channel raises protective clocks; imports do not. */
  protective: boolean;
};

export function signalsOf(coding: Coding, tables: Tables, today: string): Signals {
  const people = items(coding.people);
  const acts = new Set(items(coding.acts).map((act) => act.code));
  const known = [...acts].flatMap((code) => tables.acts[code] ?? []);
  const danger = given(coding.still_in_danger);
  const channel = given(coding.channel);
  const event = given(coding.event);
  const signals: Signals = {
    acts,
    categories: new Set(known.map((act) => act.category)),
    flags: new Set(known.flatMap((act) => act.flags)),
    vulnerability: new Set(people.flatMap((group) => items(group.vulnerability))),
    age_band: new Set(people.flatMap((group) => given(group.age_band) ?? [])),
    harm: new Set(items(coding.harm).map((harm) => harm.kind)),
    needs: new Set(items(coding.needs)),
    accused: new Set(items(coding.accused).flatMap((one) => given(one.kind) ?? [])),
    urgency: new Set(),
    danger: danger !== undefined && term(tables, "danger", danger)?.danger === true,
    reprisal: given(coding.reprisal) === true,
    recency: event === undefined ? "unknown" : recencyOf(event, tables, today),
    protective: channel === undefined || term(tables, "channel", channel)?.import !== true,
  };
  const raised = tables.triage.urgency.filter((rule) => rule.any.some((clause) => holds(clause, signals)));
  if (signals.protective) signals.urgency = new Set(raised.map((rule) => rule.code));
  return signals;
}

/** The protective clock. Rules only shorten it. */
export function clockOf(signals: Signals, tables: Tables): string {
  const { late, rules } = tables.triage;
  const clocks = [...signals.acts].flatMap((code) => tables.acts[code]?.clock ?? []).sort();
  const byAct = clocks[0] ?? late;
  const recent = signals.protective && holds({ within: "7d" }, signals);
  const standard = recent || byAct > late ? byAct : late;
  const applying = rules.filter((rule) => signals.protective && rule.any.some((clause) => holds(clause, signals)));
  return [standard, ...applying.map((rule) => rule.clock)].sort()[0] ?? late;
}

/** Everything a clause names must hold; of a list, one entry is enough. */
function holds(clause: Clause, signals: Signals): boolean {
  const { danger, reprisal, within } = clause;
  const recent = (longest: string): boolean =>
    signals.recency === "unknown" || signals.danger || order(signals.recency) <= order(longest);
  return (
    (danger === undefined || danger === signals.danger) &&
    (reprisal === undefined || reprisal === signals.reprisal) &&
    (within === undefined || recent(within)) &&
    SETS.every((set) => clause[set] === undefined || clause[set].some((code) => signals[set].has(code)))
  );
}

const order = (recency: string): number => RECENCY.findIndex((one) => one === recency);

/** How long ago the event ended; a vague date counts as the last day it could mean, but never as one after today. */
function recencyOf(event: Event, tables: Tables, today: string): Recency {
  const day = given(event.to) ?? given(event.from);
  const span = spanOf(event, tables);
  if (day === undefined || span === undefined || periodOf(event, tables) === undefined) return "unknown";
  // A vague date's last day is reckoned from its beginning, as its period is.
  const begin = given(event.from) ?? day;
  const latest = isVague(event, tables) ? later(lastDay(span, begin), day) : day;
  const days = dayNumber(today) - Math.min(dayNumber(latest), dayNumber(today));
  if (days <= 0) return "now";
  if (days <= 2) return "48h";
  if (days <= 5) return "120h";
  return days <= 7 ? "7d" : "older";
}

const later = (one: string, other: string): string => dayOf(Math.max(dayNumber(one), dayNumber(other)));

/** The finest period facets may name for the event's beginning. */
export function periodOf(event: Event, tables: Tables): string | undefined {
  const day = given(event.from) ?? given(event.to);
  const span = spanOf(event, tables);
  if (day === undefined) return undefined;
  if (span === "week") return weekOf(day);
  if (span === "month") return monthOf(day);
  return span === "year" ? yearOf(day) : undefined;
}

/** The month of the event's beginning, or its year when no more is known: a week can lie in two months. */
export function coarsePeriodOf(event: Event, tables: Tables): string | undefined {
  const day = given(event.from) ?? given(event.to);
  const period = periodOf(event, tables);
  return period?.includes("W") && day !== undefined ? monthOf(day) : period;
}

/** The day of the event, when it is known to the day. */
export function exactDay(event: Event, tables: Tables): string | undefined {
  const exact = periodOf(event, tables) !== undefined && !isVague(event, tables);
  return exact ? given(event.from) : undefined;
}

/** A date without a precision is known to the day. */
function spanOf(event: Event, tables: Tables): string | undefined {
  const precision = given(event.precision);
  return precision === undefined ? "week" : term(tables, "date_precision", precision)?.span;
}

function isVague(event: Event, tables: Tables): boolean {
  const precision = given(event.precision);
  return precision !== undefined && term(tables, "date_precision", precision)?.vague === true;
}
