// Writes a sealed report as one file, and hands it over. The format stands in docs/formats.md; `takeout.ts` reads it. Nothing is
// brought from elsewhere: the form fetches this by itself, for a phone that can keep nothing.

import type { SealedReport } from "./reports.ts";

export const MAGIC = "putokazw";
export const TAKEOUT_TYPE = "application/vnd.putokaz.waiting";

/** Large parts stay where they are: pieces of files, never copied into memory. */
export function writeTakeout({ report, envelope, uploads }: SealedReport): Blob {
  const parts = uploads.map(({ part, size, sha256 }) => ({ part, size, sha256 }));
  const head = new TextEncoder().encode(JSON.stringify({ version: 1, report, envelope: envelope.length, uploads: parts }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, head.length, false);
  return new Blob([MAGIC, length, head, envelope as Uint8Array<ArrayBuffer>, ...uploads.map(({ blob }) => blob)], { type: TAKEOUT_TYPE });
}

/** Through the browser's own way of saving. */
export function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
