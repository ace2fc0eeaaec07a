// What makes an import repeatable: a secret that ids and receipts are drawn from, and the rows that are kept. The same lines
// as the command's journal (crates/cli/src/import/journal.rs): either may go on where the other stopped.
// Whoever holds the journal holds the receipts of its rows.

import { hex, join, random, unhex, utf8 } from "../bytes.ts";
import { sha256 } from "../hash.ts";
import { isObject } from "../strict.ts";

export class NotAJournal extends Error {}

export class Journal {
  private constructor(
    private readonly secret: string,
    private readonly kept: Map<string, string>,
  ) {}

  static begin(): Journal {
    return new Journal(hex(random(32)), new Map());
  }

  /** Reads what an earlier run wrote. A last line cut in the middle is a row that was not known to be kept. */
  static read(source: string): Journal {
    const [first = "", ...lines] = source.split("\n");
    const opened = lineOf(first);
    const secret = opened?.["secret"];
    if (opened?.["journal"] !== 1 || typeof secret !== "string" || !/^[0-9a-f]{64}$/.test(secret)) throw new NotAJournal();
    const journal = new Journal(secret, new Map());
    for (const { row, report } of lines.map(lineOf).filter((line) => line !== null)) {
      if (typeof row === "string" && typeof report === "string") journal.keep(row, report);
    }
    return journal;
  }

  holds(row: string): boolean {
    return this.kept.has(row);
  }

  keep(row: string, report: string): void {
    this.kept.set(row, report);
  }

  get size(): number {
    return this.kept.size;
  }

  /** The 32 bytes that everything about a row is drawn from: the same on every run, unguessable without the journal. */
  seed(row: string): Uint8Array {
    return unhex(sha256(join(utf8("putokaz import row\n"), unhex(this.secret), utf8(row))));
  }

  write(): string {
    const rows = [...this.kept].map(([row, report]) => ({ row, report }));
    return [{ journal: 1, secret: this.secret }, ...rows].map((line) => `${JSON.stringify(line)}\n`).join("");
  }
}

function lineOf(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** What the journal knows a row by: the instance it goes to, the map and the cells of its key. */
export function rowName(instance: string, map: string, key: string[]): string {
  const pieces = [instance, map, ...key].flatMap((part) => {
    const bytes = utf8(part);
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, BigInt(bytes.length), false);
    return [length, bytes];
  });
  return sha256(join(...pieces));
}

/** The report's id, drawn from the row's seed. */
export const reportOf = (seed: Uint8Array): string => sha256(join(utf8("report\n"), seed)).slice(0, 32);
