// JSON as docs/formats.md reads it: duplicate and unknown keys are refused.

import { Refusal } from "./refusal.ts";

type Fields = Record<string, unknown>;

/** An object with exactly these keys: `needed` all there, `allowed` perhaps, nothing else. */
export function readObject(source: string, needed: readonly string[], allowed: readonly string[] = []): Fields {
  const value: unknown = parse(source);
  if (!isObject(value)) throw new Refusal("json-shape");
  const known = new Set([...needed, ...allowed]);
  if (Object.keys(value).some((key) => !known.has(key))) throw new Refusal("json-unknown-key");
  if (needed.some((key) => !(key in value))) throw new Refusal("json-missing-key");
  return value;
}

/** Any JSON value without duplicate keys. */
export function parse(source: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw new Refusal("json-shape");
  }
  refuseDuplicates(source);
  return value;
}

export const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function readText(value: unknown): string {
  if (typeof value !== "string") throw new Refusal("json-shape");
  return value;
}

export function readCount(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw new Refusal("json-shape");
  return value;
}

export function readList(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Refusal("json-shape");
  return value;
}

/** The text is valid JSON already, so tokens are enough: a string before a colon is a key of the innermost object. */
function refuseDuplicates(source: string): void {
  const open: Set<string>[] = [];
  for (const [token, key] of source.matchAll(/("(?:[^"\\]|\\.)*")(?=\s*:)|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (key !== undefined) addOnce(open.at(-1), JSON.parse(key) as string);
  }
}

function addOnce(keys: Set<string> | undefined, key: string): void {
  if (keys?.has(key)) throw new Refusal("json-duplicate-key");
  keys?.add(key);
}
