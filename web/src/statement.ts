// What a reporter or an institution signs.

import { ed25519 } from "@noble/curves/ed25519.js";
import { hex, join, unhex, utf8 } from "./bytes.ts";
import { sha256 } from "./hash.ts";
import { Refusal } from "./refusal.ts";
import { isObject, parse, readCount, readList, readObject, readText } from "./strict.ts";

const DOMAIN = utf8("putokaz/1 statement\n");
const NEEDED = "version act report sequence first from signer directory registry taxonomy parts grants detail".split(" ");
const ALLOWED = ["facets", "receipt", "lookup"];

export interface PartLine {
  part: string;
  sha256: string;
  size: number;
}

export interface GrantLine {
  part: string;
  to: string;
  /** SHA-256 of the recipient string the grant was sealed to. */
  key: string;
  purpose: string;
  when: "now" | "if-silent";
  sha256: string;
}

export interface Statement {
  version: 1;
  act: string;
  report: string;
  sequence: number;
  first: string | null;
  from: string;
  signer: string;
  directory: number;
  registry: string;
  taxonomy: string;
  facets?: string;
  receipt?: string;
  lookup?: string;
  parts: PartLine[];
  grants: GrantLine[];
  /** Words of ours only, never a person's. */
  detail: Record<string, string>;
}

/** A statement as it travelled: the exact text, and the signature over it. */
export interface Signed {
  statement: string;
  signature: string;
}

export const publicKey = (seed: string): string => hex(ed25519.getPublicKey(unhex(seed)));

export function sign(seed: string, statement: Statement): Signed {
  const source = JSON.stringify(statement);
  return { statement: source, signature: hex(ed25519.sign(join(DOMAIN, utf8(source)), unhex(seed))) };
}

/** The signature is checked under the key the statement names; whether that key may speak is the caller's question. */
export function verify(signed: Signed): Statement {
  const statement = readStatement(signed.statement);
  if (!verifyBytes(statement.signer, join(DOMAIN, utf8(signed.statement)), signed.signature)) {
    throw new Refusal("statement-signature");
  }
  return statement;
}

/** Strict RFC 8032: a signature that only some implementations accept is none. */
export function verifyBytes(key: string, message: Uint8Array, signature: string): boolean {
  try {
    return ed25519.verify(unhex(signature), message, unhex(key), { zip215: false });
  } catch {
    return false;
  }
}

/** Proof of possession at sign-in. */
export function signChallenge(seed: string, deployment: string, challenge: string): string {
  const message = join(utf8(`putokaz/1 sign-in\n${deployment}\n`), utf8(challenge));
  return hex(ed25519.sign(message, unhex(seed)));
}

export const hashOf = (signed: Signed): string => sha256(utf8(signed.statement));

function readStatement(source: string): Statement {
  const fields = readObject(source, NEEDED, ALLOWED);
  const detail = fields["detail"];
  const first = fields["first"];
  if (fields["version"] !== 1 || !isObject(detail)) throw new Refusal("json-shape");
  const statement: Statement = {
    version: 1,
    act: readText(fields["act"]),
    report: readText(fields["report"]),
    sequence: readCount(fields["sequence"]),
    first: first === null ? null : readText(first),
    from: readText(fields["from"]),
    signer: readText(fields["signer"]),
    directory: readCount(fields["directory"]),
    registry: readText(fields["registry"]),
    taxonomy: readText(fields["taxonomy"]),
    parts: readList(fields["parts"]).map(readPartLine),
    grants: readList(fields["grants"]).map(readGrantLine),
    detail: Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, readText(value)])),
  };
  for (const key of ["facets", "receipt", "lookup"] as const) {
    const value = fields[key];
    if (value !== undefined && value !== null) statement[key] = readText(value);
  }
  return statement;
}

function readPartLine(value: unknown): PartLine {
  const line = readObject(JSON.stringify(value), ["part", "sha256", "size"]);
  return { part: readText(line["part"]), sha256: readText(line["sha256"]), size: readCount(line["size"]) };
}

function readGrantLine(value: unknown): GrantLine {
  const line = readObject(JSON.stringify(value), ["part", "to", "key", "purpose", "when", "sha256"]);
  const when = readText(line["when"]);
  if (when !== "now" && when !== "if-silent") throw new Refusal("json-shape");
  return {
    part: readText(line["part"]),
    to: readText(line["to"]),
    key: readText(line["key"]),
    purpose: readText(line["purpose"]),
    when,
    sha256: readText(line["sha256"]),
  };
}

/** Facets as they were signed: the few fields an opener needs, the rest for showing. */
export function readFacets(source: string): Record<string, unknown> {
  const facets = parse(source);
  if (!isObject(facets)) throw new Refusal("json-shape");
  return facets;
}
