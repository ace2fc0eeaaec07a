// Answers by the names of their fields, as the page's inputs carry them, and the report they make.
//
// A name is a path of REPORT.json (`event.area`, `people.0.count`). A value is a code, `unanswered:unknown` or
// `unanswered:refused`; `yes` and `no` where a truth is asked; words in `account` and `identity`.

import { type Coding, type ConsentRow, isUnanswered } from "./coding.ts";
import type { Tables } from "./tables.ts";

/** What stands in the page: name and value of every field that is filled in, in the page's order. */
export type Entries = readonly (readonly [name: string, value: string])[];

export interface Report {
  coding: Coding;
  account: Record<string, unknown>;
  identity: Record<string, unknown>;
}

/** Lists of objects that are ticked as codes: the key the code stands under. */
const TICKED: Record<string, string> = { acts: "code", accused: "kind", harm: "kind" };
const LISTS = new Set(
  "acts accused harm needs identity_ground bias_indicator evidence vulnerability means purpose against".split(" "),
);
const TRUTHS = new Set("interpreter_used on_behalf repeat reprisal to_code statistics".split(" "));
const COUNTS = new Set(["count", "against"]);
const UNANSWERED = /^unanswered:(unknown|refused)$/;
/** Every key a field's name may be made of: what is no field of a report is nothing. */
const KEYS = new Set(
  (
    "language interpreter_used source_kind on_behalf channel still_in_danger event acts accused people needs harm " +
    "identity_ground bias_indicator repeat reprisal evidence to_code statistics from to precision area segment crossing " +
    "facility place_kind legs day code means purpose against kind institution involvement count count_basis age_band " +
    "gender origin vulnerability legal_status account narrative place when identity name contact each same_event_as"
  ).split(" "),
);
const isKey = (piece: string): boolean => KEYS.has(piece) || /^[0-9]{1,2}$/.test(piece);

/** Marks an entry of a list that was ticked, until the list is made. */
const TICK = "=";

type Node = Record<string, unknown>;

/** The report these answers make. What was not answered is not there; `said` are lines of answers that have no code. */
export function reportOf(entries: Entries, tables: Tables, base: Coding = {}, said: readonly string[] = []): Report {
  const root: Node = {};
  const details = new Details();
  for (const [name, value] of entries) {
    const path = name.split(".");
    if (value.trim() === "") continue;
    if (path[0] === "each") details.add(path.slice(1), value);
    else if (path.every(isKey)) place(root, path, value);
  }
  const { account = {}, identity = {}, ...coding } = numbered(root) as Node;
  details.into(coding);
  const told = { ...base, ...(coding as Coding), ...consentOf(entries, tables) };
  // Where being reached is dangerous, what would reach is not even sealed.
  const unsafe = entries.some(([name, value]) => name === "said.contact_safe" && value === "no");
  const { contact: _, ...nameless } = identity as Node;
  return { coding: told, account: withSaid(account as Node, said), identity: unsafe ? nameless : (identity as Node) };
}

/** Details of what was ticked: `each.means` of every act, `each.PUSH-01.means` and `each.P-HRPOL.involvement` of one entry. */
class Details {
  readonly #all: Node = {};
  readonly #own = new Map<unknown, Node>();

  add(path: string[], value: string): void {
    const field = path.slice(-1);
    if (!field.every(isKey)) return;
    const own = path.length > 1 ? (this.#own.get(path[0]) ?? {}) : this.#all;
    if (path.length > 1) this.#own.set(path[0], own);
    place(own, field, value);
  }

  into(coding: Node): void {
    const { acts, accused } = coding;
    const own = (code: unknown): Node => numbered(this.#own.get(code) ?? {}) as Node;
    if (Array.isArray(acts)) coding["acts"] = acts.map((act: Node) => ({ ...act, ...(numbered(this.#all) as Node), ...own(act["code"]) }));
    if (Array.isArray(accused)) coding["accused"] = accused.map((one: Node) => ({ ...one, ...own(one["kind"] ?? `institution:${one["institution"]}`) }));
  }
}

/** Answers without a code stand below the account, each with its question. */
function withSaid(account: Node, said: readonly string[]): Node {
  if (said.length === 0) return account;
  const narrative = account["narrative"];
  const words = typeof narrative === "string" ? [narrative, ""] : [];
  return { ...account, narrative: [...words, ...said].join("\n") };
}

function place(root: Node, path: string[], value: string): void {
  const key = path.at(-1) ?? "";
  let node = root;
  for (const piece of path.slice(0, -1)) {
    const next = node[piece];
    // Who says "I do not know" to the whole has said nothing of its pieces.
    if (isUnanswered(next)) return;
    node = (node[piece] = next ?? {}) as Node;
  }
  const unanswered = UNANSWERED.exec(value)?.[1];
  if (unanswered) node[key] = { unanswered };
  else if (!LISTS.has(key)) node[key] = single(key, value);
  else if (!isUnanswered(node[key])) node[key] = { ...(node[key] as Node | undefined), [`${TICK}${value}`]: listed(key, value) };
}

function single(key: string, value: string): unknown {
  if (TRUTHS.has(key)) return value === "yes";
  return COUNTS.has(key) ? Number(value) : value;
}

/** A ticked code; an institution is named as such. */
function listed(key: string, value: string): unknown {
  const ticked = TICKED[key];
  const institution = /^institution:(.+)$/.exec(value)?.[1];
  if (ticked && institution) return { institution };
  return ticked ? { [ticked]: value } : single(key, value);
}

/** Objects whose keys are ticks or numbers are lists: ticks first, and gaps close. */
function numbered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(numbered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, numbered(inner)] as const);
  const isTick = (key: string): boolean => key.startsWith(TICK);
  const isList = entries.length > 0 && entries.every(([key]) => isTick(key) || /^[0-9]+$/.test(key));
  if (!isList) return Object.fromEntries(entries);
  const place = (key: string): number => (isTick(key) ? -1 : Number(key));
  return entries.sort(([left], [right]) => place(left) - place(right)).map(([, inner]) => inner);
}

/** Choices, the rows of more detail, or nobody but my digits. No choice is the first: keep it for me. */
function consentOf(entries: Entries, tables: Tables): { consent?: ConsentRow[] } {
  const valuesOf = (name: string): string[] => entries.filter(([one]) => one === name).map(([, value]) => value);
  if (valuesOf("consent.only").includes("yes")) return { consent: [] };
  const { choices, matrix, keep } = tables.consent;
  const chosen = choices.filter(({ code }) => valuesOf("consent").includes(code)).flatMap(({ rows }) => rows);
  const wanted = valuesOf("consent.row");
  const detailed = matrix
    .filter((cell) => wanted.includes(`${cell.purpose}/${cell.recipient_kind}`))
    .map(({ purpose, recipient_kind, parts }) => ({ purpose, recipient_kind, parts: parts.filter((part) => part !== "identity") }));
  const rows = [...chosen, ...detailed].filter((row) => row.purpose !== keep.purpose || row.parts.includes("identity"));
  return rows.length === 0 ? {} : { consent: rows };
}

/** What filing seals: `coding` always, `account` and `identity` where somebody said something. */
export function contentsOf({ coding, account, identity }: Report): Map<string, Uint8Array> {
  const bytes = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const contents = new Map([["coding", bytes(coding)]]);
  if (Object.keys(account).length > 0) contents.set("account", bytes(account));
  if (Object.keys(identity).length > 0) contents.set("identity", bytes(identity));
  return contents;
}
