// Opening what was granted: nothing is shown before signature, hash, place and closure agree.

import { unbase64, utf8 } from "./bytes.ts";
import { type Accused, closureOf, type Directory, spokeFor } from "./directory.ts";
import { type Frame, readFrame } from "./frame.ts";
import { openGrant } from "./grant.ts";
import { sha256 } from "./hash.ts";
import { Refusal } from "./refusal.ts";
import { open, recipientOf } from "./sealed.ts";
import { type GrantLine, hashOf, type PartLine, readFacets, type Signed, type Statement, verify } from "./statement.ts";
import { isObject, readList, readText } from "./strict.ts";

export interface Filed extends Signed {
  facets: string | null;
  /** The day it was kept, `YYYY-MM-DD`: a former key speaks no later than its last one. */
  day: string;
}

export interface Keys {
  institution: string;
  member: string;
  identity: string;
  signing: string;
  /** Identities of earlier epochs, for what was granted then. */
  former?: string[];
}

export interface OpenedPart extends Frame {
  /** The part's own identity: what a referral seals on. */
  identity: string;
  from: string;
}

/** What only the reporter states. */
const REPORTERS = ["file", "add", "consent", "withdraw", "undo"];

interface Proven {
  statement: Statement;
  facets: string | null;
}

/** A report whose statements hold together. The only way to open a part is through one. */
export class Account {
  private given = 0;

  private constructor(
    readonly report: string,
    readonly first: string,
    readonly receipt: string,
    /** The key the reporter states with. */
    readonly reporter: string,
    readonly facets: Record<string, unknown>,
    readonly facetsText: string,
    readonly shutOut: Set<string>,
    private readonly proven: Proven[],
    private readonly least: boolean,
  ) {}

  /**
   * Refuses a broken chain, a foreign signer, edited facets; what is in the closure is computed here, never believed.
   * `least`: facets are kept back from who was asked with a note alone; then nothing opens but notes and messages.
   */
  static prove(report: string, filed: Filed[], directory: Directory, least = false): Account {
    const proven = filed.map((one) => ({ statement: verify(one), facets: provenFacets(one, least), day: one.day }));
    const [opening, source] = [proven[0], filed[0]];
    if (!opening || !source || opening.statement.act !== "file") throw new Refusal("statement-chain");
    const first = hashOf(source);
    for (const { statement, day } of proven) {
      checkChain(statement, opening.statement, report, first);
      const isTheirs =
        statement.from === "reporter"
          ? statement.signer === opening.statement.signer
          : spokeFor(directory, statement.from, statement.signer, day);
      if (!isTheirs) throw new Refusal("statement-signature");
    }
    checkOrder(proven.map(({ statement }) => statement));
    const versions = proven.flatMap(({ facets }) => (facets === null ? [] : [facets]));
    const latest = versions.at(-1);
    if (opening.statement.receipt === undefined) throw new Refusal("statement-facets");
    if (latest === undefined && !least) throw new Refusal("statement-facets");
    const shutOut = new Set(versions.flatMap((facets) => [...shutOutBy(facets, directory)]));
    const { receipt, signer } = opening.statement;
    const text = latest ?? "{}";
    return new Account(report, first, receipt, signer, readFacets(text), text, shutOut, proven, least);
  }

  /** The next number of this signer's statements about this report; each one is given once. */
  nextSequence(signer: string): number {
    const kept = this.proven.filter(({ statement }) => statement.signer === signer).length;
    return kept + this.given++;
  }

  partLine(part: string): { line: PartLine; statement: Statement } {
    for (const { statement } of this.proven) {
      const line = statement.parts.find((one) => one.part === part);
      if (line) return { line, statement };
    }
    throw new Refusal("statement-part");
  }

  /** The facets that were signed together with a part; none where its statement set none. */
  facetsWith(part: string): string | null {
    return this.proven.find(({ statement }) => statement.parts.some((one) => one.part === part))?.facets ?? null;
  }

  private grantLine(part: string, grant: Uint8Array, keys: Keys): GrantLine {
    const hash = sha256(grant);
    const lines = this.proven.flatMap(({ statement }) => statement.grants);
    const line = lines.find((one) => one.part === part && one.to === keys.institution && one.sha256 === hash);
    if (!line) throw new Refusal("statement-grant");
    return line;
  }

  /** Opens the key of a part: the grant must be one that was signed, for this part, this reader and this key. */
  async openGrant(part: string, grant: string, keys: Keys): Promise<string> {
    if (this.shutOut.has(keys.institution)) throw new Refusal("closure");
    const sealedGrant = unbase64(grant);
    const granted = this.grantLine(part, sealedGrant, keys);
    const place = { report: this.report, part, recipient: keys.institution, purpose: granted.purpose };
    for (const identity of [keys.identity, ...(keys.former ?? [])]) {
      if (granted.key === sha256(utf8(await recipientOf(identity)))) return openGrant(identity, sealedGrant, place);
    }
    throw new Refusal("statement-grant");
  }

  /** Opens one part: grant, then file, then frame, each compared with what was signed. */
  async open(part: string, file: Uint8Array, grant: string, keys: Keys): Promise<OpenedPart> {
    if (this.shutOut.has(keys.institution)) throw new Refusal("closure");
    if (this.least && !/^(note|message)\//.test(part)) throw new Refusal("statement-facets");
    const { line, statement } = this.partLine(part);
    if (sha256(file) !== line.sha256 || file.length !== line.size) throw new Refusal("statement-part");
    const identity = await this.openGrant(part, grant, keys);
    const frame = readFrame(await open(identity, file));
    if (frame.head.report !== this.report || frame.head.part !== part) throw new Refusal("frame-place");
    if (frame.head.signer !== statement.signer || frame.head.receipt !== this.receipt) throw new Refusal("frame-signer");
    return { ...frame, identity, from: statement.from };
  }
}

function provenFacets(filed: Filed, least: boolean): string | null {
  const { facets } = verify(filed);
  if (facets === undefined || (least && filed.facets === null)) return null;
  if (filed.facets === null || sha256(utf8(filed.facets)) !== facets) throw new Refusal("statement-facets");
  return filed.facets;
}

function checkChain(statement: Statement, opening: Statement, report: string, first: string): void {
  const isOpening = statement === opening;
  if (statement.report !== report || statement.first !== (isOpening ? null : first)) {
    throw new Refusal("statement-chain");
  }
  const isReporters = REPORTERS.includes(statement.act);
  if (isReporters !== (statement.from === "reporter") || (statement.act === "file") !== isOpening) {
    throw new Refusal("statement-chain");
  }
}

/** A signer's statements come in their order, and none twice (some may be kept from this reader). */
function checkOrder(statements: Statement[]): void {
  const last = new Map<string, number>();
  for (const { signer, sequence } of statements) {
    if (sequence <= (last.get(signer) ?? -1)) throw new Refusal("statement-chain");
    last.set(signer, sequence);
  }
}

/** The closure as the signed facets themselves give it. */
export function shutOutBy(facetsText: string, directory: Directory): Set<string> {
  const facets = readFacets(facetsText);
  const area = typeof facets["area"] === "string" ? facets["area"] : "UNKNOWN";
  return closureOf(directory, readAccused(facets["accused"]), area);
}

function readAccused(value: unknown): Accused {
  if (value === undefined) return { kinds: [], institutions: [] };
  if (!isObject(value)) throw new Refusal("json-shape");
  const list = (key: string): string[] => (value[key] === undefined ? [] : readList(value[key]).map(readText));
  return { kinds: list("kinds"), institutions: list("institutions") };
}
