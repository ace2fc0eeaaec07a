// Reports that are sealed and wait. This phone holds no key to them; it can count, send, take out or delete them.

import { askToPersist, run } from "./storage.ts";

/** A large part, sealed, that travels before its envelope. */
export interface SealedUpload {
  part: string;
  /** Bytes of the sealed file. */
  size: number;
  /** Of the sealed file, hexadecimal. */
  sha256: string;
  blob: Blob;
}

/** What sealing hands over: an envelope whose large parts wait beside it. */
export interface SealedReport {
  report: string;
  envelope: Uint8Array;
  uploads: SealedUpload[];
}

export interface Waiting extends SealedReport {
  /** Where it stands in the order of sealing. */
  place: number;
  /** The UTC day it was sealed by this phone's clock. */
  day: string;
  /** Why the server did not take it, by the server's code; absent while there is hope without a person. */
  refused?: string;
}

type Row = Omit<Waiting, "place">;

/** Keeps a sealed report until the server has acknowledged it. Gives its place. */
export async function wait(sealed: SealedReport, day: string): Promise<number> {
  const { report, envelope, uploads } = sealed;
  const row: Row = { report, envelope, uploads, day };
  const place = (await run(["waiting"], "readwrite", (store) => store("waiting").add(row))) as number;
  // Whether the browser agrees changes nothing about what was kept.
  await askToPersist().catch(() => false);
  return place;
}

/** Everything that waits, first sealed first. */
export async function whatWaits(): Promise<Waiting[]> {
  const places = await run(["waiting"], "readonly", (store) => store("waiting").getAllKeys());
  const found = await Promise.all(((places ?? []) as number[]).map(atPlace));
  return found.filter((one) => one !== undefined);
}

export async function atPlace(place: number): Promise<Waiting | undefined> {
  const row = await run<Row>(["waiting"], "readonly", (store) => store("waiting").get(place) as IDBRequest<Row>);
  return row && { ...row, place };
}

export async function count(): Promise<number> {
  return (await run(["waiting"], "readonly", (store) => store("waiting").count())) ?? 0;
}

/** Kept by the server, or deleted by a person: either way it no longer lies here. */
export async function letGo({ place, uploads }: Waiting): Promise<void> {
  await run(["waiting", "upload"], "readwrite", (store) => {
    store("waiting").delete(place);
    for (const upload of uploads) store("upload").delete(upload.sha256);
  });
}

/** The server said no: a person decides what becomes of it. `undefined` tries again. */
export async function mark(place: number, refused: string | undefined): Promise<void> {
  await run(["waiting"], "readwrite", (store) => {
    const found = store("waiting").get(place) as IDBRequest<Row | undefined>;
    found.onsuccess = () => {
      if (!found.result) return;
      const { refused: _, ...row } = found.result;
      store("waiting").put(refused === undefined ? row : { ...row, refused }, place);
    };
  });
}

/** Bytes it will send. */
export const sizeOf = ({ envelope, uploads }: SealedReport): number =>
  uploads.reduce((sum, upload) => sum + upload.size, envelope.length);
