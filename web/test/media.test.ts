// What opened files are shown as, by their first bytes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { shownAs } from "../src/media.ts";

const bytes = (...pieces: (number[] | string)[]): Uint8Array =>
  Uint8Array.from(pieces.flatMap((piece) => (typeof piece === "string" ? [...piece].map((letter) => letter.charCodeAt(0)) : piece)));
const WEBM = [0x1a, 0x45, 0xdf, 0xa3];

test("a recorded voice is heard, and is no film without a picture", () => {
  assert.deepEqual(shownAs(bytes(WEBM, "....webm....A_OPUS....")), ["audio/webm", "audio"]);
  assert.deepEqual(shownAs(bytes([0, 0, 0, 28], "ftypM4A ....")), ["audio/mp4", "audio"]);
});

test("a film is seen", () => {
  assert.deepEqual(shownAs(bytes(WEBM, "....webm....A_OPUS....V_VP9....")), ["video/webm", "video"]);
  assert.deepEqual(shownAs(bytes([0, 0, 0, 28], "ftypisom....")), ["video/mp4", "video"]);
});

test("what is not known is not shown", () => {
  for (const unknown of ["", "<svg onload=alert(1)>", "<!doctype html>", "%PDF-1.7"]) assert.equal(shownAs(bytes(unknown)), undefined);
});
