import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { forget, keep, recall } from "../src/offline/drafts.ts";
import { forgetAll, read, run } from "../src/offline/storage.ts";
import { atPlace, count, letGo, mark, sizeOf, wait, whatWaits } from "../src/offline/reports.ts";

const SEALED = {
  report: "0123456789abcdef0123456789abcdef",
  envelope: new Uint8Array([1, 2, 3]),
  uploads: [{ part: "evidence/1", size: 4, sha256: "ab".repeat(32), blob: new Blob(["four"]) }],
};
const WORDS = "it was at the river";

const databases = async (): Promise<string[]> => (await indexedDB.databases()).map(({ name }) => name ?? "");

test("a draft comes back, and what lies on the phone does not hold its words", async () => {
  await keep("report", { account: { narrative: WORDS } });
  assert.deepEqual(await recall("report"), { account: { narrative: WORDS } });
  const raw = (await read<{ sealed: ArrayBuffer }>("draft", "report"))?.sealed;
  assert.ok(raw && !Buffer.from(raw).includes("river"));
  const key = await read<CryptoKey>("key", "draft");
  assert.equal(key?.extractable, false);
});

test("two tabs that begin at once share one key", async () => {
  await forgetAll();
  await Promise.all([keep("one", 1), keep("two", 2)]);
  assert.deepEqual([await recall("one"), await recall("two")], [1, 2]);
});

test("a forgotten draft does not come back", async () => {
  await keep("report", WORDS);
  await forget("report");
  assert.equal(await recall("report"), undefined);
});

test("a draft whose key was forgotten is gone, and so is its ciphertext", async () => {
  await keep("report", WORDS);
  await run(["key"], "readwrite", (store) => store("key").clear());
  await keep("other", 1);
  assert.equal(await recall("report"), undefined);
  assert.equal(await read("draft", "report"), undefined);
});

test("a draft moved to another name does not open there", async () => {
  await keep("report", WORDS);
  const closed = await read("draft", "report");
  await run(["draft"], "readwrite", (store) => store("draft").put(closed, "child"));
  assert.equal(await recall("child"), undefined);
});

test("quick exit leaves no database when nothing waits", async () => {
  await keep("report", WORDS);
  await forgetAll();
  assert.equal(await recall("report"), undefined);
  assert.equal(await count(), 0);
  await forgetAll();
  assert.deepEqual(await databases(), []);
});

test("quick exit forgets key, draft and last, and keeps what is sealed and waits", async () => {
  await keep("report", WORDS);
  await wait(SEALED, "2026-11-22");
  await forgetAll();
  assert.equal(await read("key", "draft"), undefined);
  assert.equal(await read("draft", "report"), undefined);
  assert.deepEqual((await whatWaits()).map(({ report }) => report), [SEALED.report]);
  for (const one of await whatWaits()) await letGo(one);
});

test("what waits comes first sealed first, says its size, and can be let go", async () => {
  const first = await wait(SEALED, "2026-11-22");
  await wait({ ...SEALED, uploads: [] }, "2026-11-23");
  assert.equal(await count(), 2);
  assert.deepEqual((await whatWaits()).map((one) => [one.day, sizeOf(one)]), [["2026-11-22", 7], ["2026-11-23", 3]]);
  await mark(first, "taken");
  assert.equal((await atPlace(first))?.refused, "taken");
  await mark(first, undefined);
  assert.equal((await atPlace(first))?.refused, undefined);
  assert.equal(await (await atPlace(first))?.uploads[0]?.blob.text(), "four");
  for (const one of await whatWaits()) await letGo(one);
  assert.equal(await count(), 0);
});
