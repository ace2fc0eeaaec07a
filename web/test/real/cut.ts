// The pages' own sending against a real server, over a way that breaks:
//   node web/test/run.mjs web/test/real/cut.ts BASE_URL
// A report with a large part is sent and cut after so many KiB, for every KiB of it; then one report is cut after each KiB that
// arrived. Prints one JSON line: what was kept, each report with the hash of its sealed part; exits 1 when one was not, or twice.

import "fake-indexeddb/auto";
import { randomBytes } from "node:crypto";
import { CuttingProxy } from "../parts/cutting.ts";
import { hex, random } from "../../src/bytes.ts";
import { reportOf, contentsOf, type Entries } from "../../src/form/answers.ts";
import { type Ground, groundOf } from "../../src/form/ground.ts";
import { type Parcel, receiptOf, sealReport } from "../../src/form/parcel.ts";
import { draw } from "../../src/form/plan.ts";
import { project } from "../../src/form/projection.ts";
import { ofKey } from "../../src/form/receipt.ts";
import { type Ask, Later } from "../../src/offline/answer.ts";
import { wait, whatWaits } from "../../src/offline/reports.ts";
import type { Order, Word } from "../../src/offline/sealer.ts";
import { sealBlob } from "../../src/offline/stream.ts";
import { type News, sendAll } from "../../src/offline/sync.ts";

const KIB = 1024;
/** Sealed, it is a little more: the frame's bucket and the file's own head. */
const FILE = 99_000;
const ANSWERS: Entries = [["event.area", "BA-BIH-01-BIHAC"], ["acts", "PUSH-01"], ["account.narrative", "A made-up account."]];
const ROUNDS = 400;

const [base = ""] = process.argv.slice(2);
const { hostname, port } = new URL(base);
const proxy = new CuttingProxy(Number(port), hostname);
const way = await proxy.open();
const today = new Date().toISOString().slice(0, 10);
const fetched = globalThis.fetch;
globalThis.fetch = (address, init) => fetched(new URL(String(address), base), init);

/** Seals where the browser would have a worker. */
class Sealer {
  onmessage: (event: { data: Word }) => void = () => undefined;
  onerror: () => void = () => undefined;
  postMessage({ place, content }: Order): void {
    sealBlob(place, content, () => undefined).then((sealed) => this.onmessage({ data: { sealed } }), () => this.onerror());
  }
  terminate(): void {}
}
Object.assign(globalThis, { Worker: Sealer, location: new URL(base) });

const ask: Ask = async (address, init) => {
  try {
    return await fetched(new URL(address, way), init);
  } catch {
    throw new Later();
  }
};

async function seal({ directory, tables, book }: Ground): Promise<Parcel> {
  const told = reportOf(ANSWERS, tables, { language: "en", channel: "CH-WEB" });
  const plan = draw(project(told.coding, tables, today), directory, tables, book);
  const receipt = await receiptOf(ofKey(random(32)));
  const ground = { directory, plan, receipt, report: hex(random(16)), keepPurpose: tables.consent.keep.purpose };
  return sealReport(contentsOf(told), ground, { files: [new Blob([randomBytes(FILE)])], told: () => undefined });
}

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Sends until it is kept, as a page does whenever there is network; `before` breaks the way for a round. */
async function sendThrough(parcel: Parcel, before: (round: number) => void): Promise<string> {
  await wait(parcel, today);
  const news: News[] = [];
  for (let round = 0; round < ROUNDS && (await whatWaits()).length > 0; round += 1) {
    before(round);
    const end = await sendAll(ask, (one) => news.push(one));
    // The server still writes down what the cut let through; a person's page would wait longer.
    if (end.kind === "later") await pause(10);
    const [refused] = news.filter(({ kind }) => kind === "refused");
    if (refused) throw new Error(`refused: ${JSON.stringify(refused)}`);
  }
  const kept = news.filter(({ kind }) => kind === "kept").length;
  if (kept !== 1) throw new Error(`kept ${kept} times`);
  return parcel.uploads[0]?.sha256 ?? "";
}

const seen = { ok: false, tried: 0, cuts: 0, steps: 0, kept: [] as { report: string; sha256: string }[], failure: "" };
try {
  const ground = await groundOf(today);
  const keep = async (before: (round: number) => void, at: string): Promise<void> => {
    const parcel = await seal(ground);
    const sha256 = await sendThrough(parcel, before).catch((cause: Error) => {
      throw new Error(`${at}: ${cause.message}`);
    });
    seen.kept.push({ report: parcel.report, sha256 });
  };
  const first = await seal(ground);
  const whole = first.envelope.length + (first.uploads[0]?.size ?? 0);
  for (let at = 0; at * KIB <= whole; at += 1, seen.tried += 1) {
    await keep((round) => (proxy.up = round === 0 ? at * KIB : Number.POSITIVE_INFINITY), `${at} KiB`);
  }
  seen.cuts = proxy.cuts;
  // A little more than a KiB, because the heads of two requests travel too; once the part is whole, its envelope goes uncut.
  await keep((round) => (proxy.up = round < whole / KIB ? 2 * KIB : Number.POSITIVE_INFINITY), "every KiB of one");
  seen.steps = proxy.cuts - seen.cuts;
  seen.ok = true;
} catch (cause) {
  seen.failure = cause instanceof Error ? cause.message : "unknown";
} finally {
  proxy.close();
}
console.log(JSON.stringify(seen));
process.exitCode = seen.ok ? 0 : 1;
