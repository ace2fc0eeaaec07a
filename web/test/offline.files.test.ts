import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { join, utf8 } from "../src/bytes.ts";
import { readFrame } from "../src/frame.ts";
import { sha256 } from "../src/hash.ts";
import { sealBlob } from "../src/offline/stream.ts";
import { strip, stripJpeg, stripPng } from "../src/offline/strip.ts";
import { newIdentity, open, recipientOf } from "../src/sealed.ts";
import { REPORT } from "./house.ts";

const PLACE = { report: REPORT, part: "evidence/1", signer: "ab".repeat(32), receipt: "age1pq1made-up" };

for (const size of [0, 1, 65_000, 65_536, 3_000_001]) {
  test(`a file of ${size} bytes sealed as a stream opens to the same bytes, with the hash of the original`, async () => {
    const content = new Uint8Array(randomBytes(size));
    const heard: number[] = [];
    const { line, identity, blob } = await sealBlob(PLACE, new Blob([content]), (done) => heard.push(done));
    const file = new Uint8Array(await blob.arrayBuffer());
    assert.deepEqual([line.sha256, line.size], [sha256(file), file.length]);
    const frame = readFrame(await open(identity, file));
    assert.equal(frame.head.sha256, sha256(content));
    assert.deepEqual(frame.content, content);
    assert.ok(heard.every((done, at) => done >= (heard[at - 1] ?? 0)) && Math.abs((heard.at(-1) ?? 0) - 1) < 1e-9);
  });
}

test("nobody else's key opens a sealed file", async () => {
  const { blob } = await sealBlob(PLACE, new Blob(["a voice note"]), () => undefined);
  const stranger = await newIdentity();
  assert.ok(await recipientOf(stranger));
  await assert.rejects(open(stranger, new Uint8Array(await blob.arrayBuffer())), /sealed-key/);
});

const segment = (marker: number, body: Uint8Array): Uint8Array =>
  join(Uint8Array.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255), body);

/** Exif with one entry (which way is up), then words a camera would leave. */
function exif(way: number, little: boolean): Uint8Array {
  const entry = little ? [0x12, 1, 3, 0, 1, 0, 0, 0, way, 0, 0, 0] : [1, 0x12, 0, 3, 0, 0, 0, 1, 0, way, 0, 0];
  const head = little ? [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0] : [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1];
  return join(utf8("Exif\0\0"), Uint8Array.from([...head, ...entry, 0, 0, 0, 0]), utf8("GPS 44.8 15.9 CAMERA-7"));
}

function jpeg(way: number, little = true): Uint8Array {
  return join(
    Uint8Array.of(0xff, 0xd8),
    segment(0xe0, utf8("JFIF\0 CAMERA-7")),
    segment(0xe1, exif(way, little)),
    segment(0xe1, utf8("http://ns.adobe.com/xap/1.0/\0 CAMERA-7")),
    segment(0xfe, utf8("taken with CAMERA-7")),
    segment(0xee, join(utf8("Adobe"), new Uint8Array(7))),
    segment(0xdb, utf8("quantisation")),
    segment(0xc2, utf8("frame")),
    segment(0xda, utf8("scan")),
    Uint8Array.of(1, 2, 0xff, 0x00, 3, 0xff, 0xd3, 4),
    segment(0xc4, utf8("huffman")),
    segment(0xda, utf8("scan two")),
    Uint8Array.of(5, 6, 0xff, 0x00, 7, 0xff, 0xd9),
    utf8("a film of the moment, CAMERA-7"),
  );
}

const holds = (bytes: Uint8Array, word: string): boolean => Buffer.from(bytes).includes(word);

test("the copy of a photo keeps the picture and leaves every trace behind", () => {
  const copy = stripJpeg(jpeg(1))?.bytes ?? new Uint8Array();
  for (const trace of ["CAMERA-7", "GPS", "Exif", "JFIF", "film", "ns.adobe"]) assert.ok(!holds(copy, trace), trace);
  for (const kept of ["quantisation", "frame", "scan", "huffman", "scan two", "Adobe"]) assert.ok(holds(copy, kept), kept);
  assert.deepEqual([...copy.subarray(-2)], [0xff, 0xd9]);
});

for (const little of [true, false]) {
  test(`which way is up stays known, and nothing else of it (${little ? "little" : "big"} endian)`, () => {
    const copy = stripJpeg(jpeg(6, little))?.bytes ?? new Uint8Array();
    assert.ok(holds(copy, "Exif") && !holds(copy, "GPS") && !holds(copy, "CAMERA-7"));
    assert.deepEqual(stripJpeg(copy)?.bytes, copy, "a copy of the copy is the same");
  });
}

test("of a PNG only the picture is copied", () => {
  const chunk = (name: string, body: string): Uint8Array =>
    join(Uint8Array.of(0, 0, 0, body.length), utf8(name), utf8(body), new Uint8Array(4));
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const names = ["IHDR", "eXIf", "tEXt", "iTXt", "tIME", "IDAT", "IEND"];
  const picture = join(signature, ...names.map((name) => chunk(name, "body")), utf8("behind the end"));
  const copy = stripPng(picture)?.bytes ?? new Uint8Array();
  const left = names.filter((name) => holds(copy, name));
  assert.deepEqual(left, ["IHDR", "IDAT", "IEND"]);
  assert.ok(!holds(copy, "behind"));
});

test("a photo that breaks off, or what is no photo, has no copy", async () => {
  const whole = jpeg(6);
  for (let at = 0; at < whole.length - 33; at += 1) assert.equal(stripJpeg(whole.subarray(0, at)), undefined, `cut at ${at}`);
  assert.equal(await strip(new Blob(["%PDF-1.7"])), undefined);
});
