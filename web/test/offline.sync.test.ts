import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { randomBytes } from "node:crypto";
import { random, utf8 } from "../src/bytes.ts";
import { writeEnvelope } from "../src/envelope.ts";
import { sha256 } from "../src/hash.ts";
import { type Ask, Later } from "../src/offline/answer.ts";
import { letGo, type SealedReport, wait, whatWaits } from "../src/offline/reports.ts";
import { forgetAll } from "../src/offline/storage.ts";
import { type News, type Round, sendAll } from "../src/offline/sync.ts";
import { readTakeout } from "../src/offline/takeout.ts";
import { writeTakeout } from "../src/offline/taking-out.ts";
import { sign } from "../src/statement.ts";
import { FACETS, REPORT, REPORTER_SEED } from "./house.ts";
import { CuttingProxy } from "./parts/cutting.ts";
import { Keeper } from "./parts/keeper.ts";

const KIB = 1024;
let keeper = new Keeper();
let proxy = new CuttingProxy(0);
let base = "";

const ask: Ask = async (address, init) => {
  try {
    return await fetch(new URL(address, base), init);
  } catch {
    throw new Later();
  }
};

beforeEach(async () => {
  for (const one of await whatWaits()) await letGo(one);
  await forgetAll();
  keeper.close();
  proxy.close();
  keeper = new Keeper();
  proxy = new CuttingProxy(await keeper.open());
  base = await proxy.open();
});
after(() => {
  keeper.close();
  proxy.close();
});

function sealed(large: number, report = REPORT): SealedReport & { files: Uint8Array[] } {
  const [small, file] = [random(17 * KIB), new Uint8Array(randomBytes(large))];
  const uploads = large === 0 ? [] : [{ part: "evidence/1", size: large, sha256: sha256(file), blob: new Blob([file]) }];
  const lines = [{ part: "coding", sha256: sha256(small), size: small.length }, ...uploads.map(({ part, sha256, size }) => ({ part, sha256, size }))];
  const signed = sign(REPORTER_SEED, {
    version: 1, act: "file", report, sequence: 0, first: null, from: "reporter", signer: "", directory: 7,
    registry: "2026-11", taxonomy: "2026-11", facets: sha256(utf8(FACETS)), parts: lines, grants: [], detail: {},
  });
  return { report, envelope: writeEnvelope(signed, FACETS, [small]), uploads, files: large === 0 ? [small] : [small, file] };
}

/** Sends until nothing is to be done by itself, as a page does whenever there is network. */
async function untilSettled(news: News[] = []): Promise<News[]> {
  for (let round = 0; round < 12; round += 1) {
    const end: Round = await sendAll(ask, (one) => news.push(one));
    if (end.kind !== "later") return news;
  }
  throw new Error("it never settles");
}

const keptOf = (news: News[]): News[] => news.filter(({ kind }) => kind === "kept");

async function survives(large: number, way: "up" | "down", bytes: number): Promise<number> {
  const report = sealed(large, sha256(random(8)).slice(0, 32));
  await wait(report, "2026-11-22");
  const before = proxy.cuts;
  proxy[way] = bytes;
  const news = await untilSettled();
  proxy[way] = Number.POSITIVE_INFINITY;
  assert.equal(keptOf(news).length, 1, `${way} ${bytes}`);
  assert.deepEqual(keeper.kept.get(report.report)?.files, report.files, `${way} ${bytes}: other bytes arrived`);
  assert.deepEqual(await whatWaits(), []);
  return proxy.cuts - before;
}

test("a report cut at every KiB on its way arrives once, byte for byte", async () => {
  const large = 40 * KIB;
  let cuts = 0;
  for (let at = 0; at <= 62; at += 1) cuts += await survives(large, "up", at * KIB);
  assert.ok(cuts >= 58, `only ${cuts} cuts happened`);
  assert.equal(keeper.kept.size, 63);
});

test("a report whose answers are cut anywhere arrives once, byte for byte", async () => {
  let cuts = 0;
  for (let at = 0; at < 1200; at += 40) cuts += await survives(9 * KIB, "down", at);
  assert.ok(cuts >= 25, `only ${cuts} cuts happened`);
});

test("what arrived of a large part before a cut is not sent again", async () => {
  const report = sealed(600 * KIB);
  await wait(report, "2026-11-22");
  proxy.up = 500 * KIB;
  await sendAll(ask, () => undefined);
  await keeper.quiet();
  const had = [...keeper.uploads.values()][0]?.bytes.length ?? 0;
  assert.ok(had > 400 * KIB, `${had}`);
  const offsets: number[] = [];
  await sendAll(ask, (news) => news.kind === "sending" && offsets.push(news.sent));
  assert.equal(offsets[0], had);
});

test("words are sent before a film that was sealed earlier, and what was added stays behind its report", async () => {
  const [film, words] = ["a1".repeat(16), "b2".repeat(16)];
  for (const one of [sealed(200 * KIB, film), sealed(0, film), sealed(0, words)]) await wait(one, "2026-11-22");
  const places = (await whatWaits()).map(({ place }) => place);
  const news = (await untilSettled()).filter(({ kind }) => kind !== "sending");
  assert.deepEqual(news.map((one) => places.indexOf(one.place)), [2, 0, 1]);
});

test("nothing is let go before the proof holds", async () => {
  await wait(sealed(0), "2026-11-22");
  keeper.seed = "78".repeat(32);
  const news = await untilSettled();
  assert.deepEqual(news.map((one) => [one.kind, one.kind === "refused" && one.code]), [["refused", "acknowledgement"]]);
  assert.equal((await whatWaits())[0]?.refused, "acknowledgement");
});

test("a busy server says when to ask again, and the report waits", async () => {
  await wait(sealed(0), "2026-11-22");
  keeper.instead = (method) => (method === "POST" ? { status: 503, headers: { "retry-after": "40" } } : undefined);
  assert.deepEqual(await sendAll(ask, () => undefined), { kind: "later", seconds: 40 });
  assert.equal((await whatWaits())[0]?.refused, undefined);
});

for (const [status, code] of [[409, "taken"], [410, "gone"], [400, "facets-refused"]] as const) {
  test(`an answer ${status} leaves the report with a person, and the next one is sent all the same`, async () => {
    await wait(sealed(0), "2026-11-22");
    let first = true;
    keeper.instead = (method) => {
      const now = method === "POST" && first ? { status, body: { code } } : undefined;
      first = false;
      return now;
    };
    await wait(sealed(0, "ff".repeat(16)), "2026-11-22");
    const news = await untilSettled();
    assert.deepEqual(news.map(({ kind }) => kind), ["refused", "kept"]);
    assert.deepEqual((await whatWaits()).map(({ refused }) => refused), [code]);
  });
}

test("whom the server withheld it from meanwhile is told with the proof", async () => {
  await wait(sealed(0), "2026-11-22");
  keeper.withheld = ["NGO-VP"];
  const [kept] = keptOf(await untilSettled());
  assert.deepEqual(kept?.kind === "kept" && kept.withheld, ["NGO-VP"]);
});

test("uploads the server threw away meanwhile are sent again", async () => {
  const report = sealed(9 * KIB);
  await wait(report, "2026-11-22");
  proxy.up = 14 * KIB;
  await sendAll(ask, () => undefined);
  await keeper.quiet();
  keeper.uploads.clear();
  assert.equal(keptOf(await untilSettled()).length, 1);
  assert.deepEqual(keeper.kept.get(REPORT)?.files, report.files);
});

test("of two tabs only one sends, and the report arrives once", async () => {
  let held = false;
  const request = async (_: string, __: object, work: (lock: object | null) => Promise<Round>): Promise<Round> => {
    if (held) return work(null);
    held = true;
    return work({}).finally(() => (held = false));
  };
  Object.defineProperty(globalThis, "navigator", { value: { locks: { request } }, configurable: true });
  try {
    await wait(sealed(9 * KIB), "2026-11-22");
    const news: News[] = [];
    const ends = await Promise.all([1, 2].map(() => sendAll(ask, (one) => news.push(one))));
    assert.deepEqual(ends.map(({ kind }) => kind).sort(), ["done", "elsewhere"]);
    assert.deepEqual([keptOf(news).length, keeper.kept.size], [1, 1]);
  } finally {
    Reflect.deleteProperty(globalThis, "navigator");
  }
});

test("a phone whose clock is wrong sends all the same", async () => {
  await wait(sealed(0), "1970-01-01");
  assert.equal(keptOf(await untilSettled()).length, 1);
});

test("taken out as a file and brought by somebody else, it is the same report", async () => {
  const report = sealed(9 * KIB);
  const file = writeTakeout(report);
  const brought = await readTakeout(file);
  assert.deepEqual(brought.envelope, report.envelope);
  await wait(brought, "2026-11-30");
  assert.equal(keptOf(await untilSettled()).length, 1);
  assert.deepEqual(keeper.kept.get(REPORT)?.files, report.files);
});

test("a file that was cut short or is something else is not taken in", async () => {
  const whole = writeTakeout(sealed(9 * KIB));
  for (const wrong of [whole.slice(0, whole.size - 1), whole.slice(0, 7), whole.slice(0, 60), new Blob(["a picture"]), whole.slice(1)]) {
    await assert.rejects(readTakeout(wrong), /envelope-shape|json-shape/);
  }
});
