import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { base64, join, unhex, utf8 } from "../src/bytes.ts";
import { readDirectory } from "../src/directory.ts";
import { sha256 } from "../src/hash.ts";
import { readBoard, readVerifierKey, verifyNote } from "../src/note.ts";
import { publicKey } from "../src/statement.ts";
import { directoryNote } from "./house.ts";

const SEEDS = ["aa", "bb", "cc"].map((byte) => byte.repeat(32));

function verifier(seed: string): string {
  const typed = join(Uint8Array.of(1), unhex(publicKey(seed)));
  return `board+${sha256(join(utf8("board\n"), typed)).slice(0, 8)}+${base64(typed)}`;
}

function signature(seed: string, body: string): string {
  const { hash } = readVerifierKey(verifier(seed));
  return `— board ${base64(join(hash, ed25519.sign(utf8(body), unhex(seed))))}\n`;
}

const body = directoryNote([], false).split("\n\n")[0] + "\n";
const note = (...seeds: string[]): string => `${body}\n${seeds.map((seed) => signature(seed, body)).join("")}`;
const board = readBoard(`threshold 2\n${SEEDS.map(verifier).join("\n")}\n`);
const [first = "", second = ""] = SEEDS;

test("a directory is good when enough different keys of the board signed it", () => {
  assert.equal(verifyNote(note(first, second), board), body);
  assert.equal(readDirectory(note(first, second), board).version, 7);
});

test("one key twice, a strange key or another text is not enough", () => {
  assert.throws(() => verifyNote(note(first, first), board), /directory-board/);
  assert.throws(() => verifyNote(note(first, "dd".repeat(32)), board), /directory-board/);
  assert.throws(() => verifyNote(note(first, second).replace("made-up", "made-Up"), board), /directory-board/);
});

test("a board that asks for more keys than it has, or a key with another hash, is none", () => {
  assert.throws(() => readBoard(`threshold 4\n${SEEDS.map(verifier).join("\n")}\n`), /directory-board/);
  assert.throws(() => readVerifierKey(verifier(first).replace("board+", "bored+")), /directory-board/);
});
