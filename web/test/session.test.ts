import assert from "node:assert/strict";
import { test } from "node:test";
import { IDLE_MILLISECONDS, Session, type Slot } from "../src/session.ts";

type Kept = Parameters<Slot["write"]>[0];

class MemorySlot implements Slot {
  kept: Kept | undefined;
  read = async () => this.kept;
  write = async (kept: Kept) => void (this.kept = kept);
  change = async (how: (kept: Kept) => Kept) => void (this.kept &&= how(this.kept));
  clear = async () => void (this.kept = undefined);
}

const keys = { institution: "NGO-VP", member: "first", identity: "AGE-SECRET-KEY-PQ-1SECRET", signing: "88".repeat(32) };

test("keys come back until fifteen minutes pass without a person", async () => {
  const slot = new MemorySlot();
  let now = 0;
  const session = new Session(slot, () => now);
  await session.keep(keys);
  now = IDLE_MILLISECONDS;
  assert.deepEqual(await session.keys(), keys);
  await session.touch();
  now += IDLE_MILLISECONDS;
  assert.equal(await session.idle(), false);
  now += 1;
  assert.equal(await session.idle(), true);
  await session.touch();
  await assert.rejects(session.keys(), /signed-out/);
  assert.equal(slot.kept, undefined);
});

test("what is kept holds no key in the clear, and its own key cannot be taken out", async () => {
  const slot = new MemorySlot();
  const session = new Session(slot, () => 0);
  await session.keep(keys);
  assert.ok(!Buffer.from(slot.kept!.sealed).includes("SECRET"));
  await assert.rejects(crypto.subtle.exportKey("raw", slot.kept!.key));
  await session.end();
  await assert.rejects(session.keys(), /signed-out/);
});
