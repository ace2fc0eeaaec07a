import assert from "node:assert/strict";
import { test } from "node:test";

import { utf8 } from "../src/bytes.ts";
import { sha256 } from "../src/hash.ts";
import { prove, readPuzzle } from "../src/puzzle.ts";

const statement = sha256(utf8("statement"));

test("the browser finds the number that the server's own program finds", async () => {
  // The same line stands in crates/vault/src/puzzle.rs.
  assert.equal(await prove({ challenge: "putokaz", bits: 10, wait: 60 }, statement), "putokaz 64");
});

test("a device that is too slow says that it waited", async () => {
  assert.equal(await prove({ challenge: "putokaz", bits: 200, wait: 1 }, statement), "putokaz waited");
});

test("a header that cannot be read asks for nothing", () => {
  assert.deepEqual(readPuzzle("ab 17 60"), { challenge: "ab", bits: 17, wait: 60 });
  assert.equal(readPuzzle("ab 17"), null);
  assert.equal(readPuzzle("ab x 60"), null);
});
