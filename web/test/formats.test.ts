import assert from "node:assert/strict";
import { test } from "node:test";
import { text, utf8 } from "../src/bytes.ts";
import { readEnvelope, writeEnvelope } from "../src/envelope.ts";
import { readFrame, writeFrame } from "../src/frame.ts";
import { padLine } from "../src/grant.ts";
import { sha256 } from "../src/hash.ts";
import { makeWrap, openWrap, readMemberKey } from "../src/key.ts";
import { bucket, isPartName } from "../src/part.ts";
import { newIdentity, open, recipientOf, seal, sealedSize } from "../src/sealed.ts";
import { publicKey, sign, verify } from "../src/statement.ts";
import { parse, readObject } from "../src/strict.ts";
import { fileReport, REPORT, REPORTER_SEED, world } from "./house.ts";

const place = { report: REPORT, part: "account", signer: "aa".repeat(32), receipt: "age1pq1x" };

test("a frame comes back as it went in, padded to its bucket", () => {
  const plain = writeFrame(place, utf8("Ωmega\nsecond line"));
  assert.equal(plain.length, 16 * 1024);
  assert.equal(text(readFrame(plain).content), "Ωmega\nsecond line");
});

test("a frame with another content, another padding or a key too many is refused", () => {
  const plain = writeFrame(place, utf8("abc"));
  const start = plain.indexOf(0x0a) + 1;
  for (const at of [start, plain.length - 1]) {
    const bent = plain.slice();
    bent[at] = (bent[at] ?? 0) ^ 1;
    assert.throws(() => readFrame(bent), /frame-/);
  }
  assert.throws(() => readFrame(plain.slice(0, 8192)), /frame-shape/);
  assert.throws(() => readFrame(utf8('{"version":1,"more":1}\n')), /json-unknown-key/);
});

test("evidence pads by Padmé with a floor, text to three buckets and no further", () => {
  assert.deepEqual([1, 16384, 16385, 65536, 65537].map((size) => bucket("account", size)), [16384, 16384, 65536, 65536, 262144]);
  assert.throws(() => bucket("note/1", 262145), /frame-shape/);
  assert.deepEqual([1, 65536, 65537, 1_000_000].map((size) => bucket("evidence/1", size)), [65536, 65536, 67584, 1_015_808]);
});

test("only names of parts are names of parts", () => {
  for (const name of ["account", "evidence/1", "message/9999", "coding", "coding/2"]) assert.ok(isPartName(name), name);
  for (const name of ["evidence", "message/0", "message/01", "note/10000", "account/1", "../x", ""]) assert.ok(!isPartName(name), name);
});

test("a sealed file has one hybrid stanza and the size everybody can compute", async () => {
  const identity = await newIdentity();
  const file = await seal(await recipientOf(identity), new Uint8Array(70_000));
  assert.equal(file.length, sealedSize(70_000));
  assert.equal((await open(identity, file)).length, 70_000);
  await assert.rejects(open(await newIdentity(), file), /sealed-key/);
  await assert.rejects(seal("age1classical", new Uint8Array(1)), /sealed-shape/);
});

test("a statement is verified over the bytes that travelled", async () => {
  const { filed } = await fileReport(await world());
  assert.equal(verify(filed).act, "file");
  assert.throws(() => verify({ ...filed, statement: filed.statement.replace("account", "identity") }), /statement-signature/);
  assert.throws(() => verify({ ...filed, signature: "00".repeat(64) }), /statement-signature/);
  const respelled = { ...filed, statement: filed.statement.replace('{"version"', '{ "version"') };
  assert.throws(() => verify(respelled), /statement-signature/);
});

test("keys twice, keys unknown and keys missing are refused, in strings they are text", () => {
  assert.throws(() => parse('{"a":1,"a":2}'), /json-duplicate-key/);
  assert.throws(() => parse('{"a":{"b":1,"\\u0062":2}}'), /json-duplicate-key/);
  assert.deepEqual(parse('{"a":"{\\"a\\":1,","b":[{"a":1},{"a":2}]}'), { a: '{"a":1,', b: [{ a: 1 }, { a: 2 }] });
  assert.throws(() => readObject('{"a":1}', []), /json-unknown-key/);
  assert.throws(() => readObject("{}", ["a"]), /json-missing-key/);
});

test("an envelope carries the exact statement and then the files", async () => {
  const { filed, part, grant } = await fileReport(await world());
  const envelope = readEnvelope(writeEnvelope(filed, filed.facets, [part.file, grant.file]));
  assert.equal(envelope.statement, filed.statement);
  assert.equal(sha256(envelope.files.subarray(0, part.file.length)), part.line.sha256);
  assert.equal(sha256(envelope.files.subarray(part.file.length)), grant.line.sha256);
  assert.throws(() => readEnvelope(utf8("putokaz2....")), /envelope-shape/);
});

test("a wrap opens for the member it was made for and for nobody else", async () => {
  const file = { version: 1, institution: "NGO-VP", member: "first", role: "officer", identity: await newIdentity(), signing: "66".repeat(32) };
  const key = readMemberKey(JSON.stringify(file));
  const keys = { institution: "NGO-VP", member: "first", epoch: 1, identity: await newIdentity(), signing: "77".repeat(32) };
  const wrap = await makeWrap(key, keys);
  assert.deepEqual(await openWrap(key, wrap), { ...keys, former: [] });
  await assert.rejects(openWrap({ ...key, member: "second" }, wrap), /wrap-place/);
  assert.throws(() => readMemberKey('{"version":1}'), /key-file/);
});

test("what an institution had before opens with the keys it has now, in its order alone", async () => {
  const file = { institution: "NGO-VP", member: "first", role: "officer", identity: await newIdentity(), signing: "66".repeat(32) };
  const [first, second, third] = [await newIdentity(), await newIdentity(), await newIdentity()];
  const keys = { institution: "NGO-VP", member: "first", epoch: 3, identity: third, signing: "77".repeat(32) };
  const wrap = await makeWrap(file, keys);
  const former = async (epoch: number, identity: string, to: string, institution = "NGO-VP") =>
    seal(await recipientOf(to), padLine({ version: 1, institution, epoch, identity }));
  const [two, one] = [await former(2, second, third), await former(1, first, second)];
  assert.deepEqual((await openWrap(file, wrap, [two, one])).former, [second, first]);
  await assert.rejects(openWrap(file, wrap, [one]), /sealed/);
  await assert.rejects(openWrap(file, wrap, [await former(1, second, third)]), /wrap-place/);
  await assert.rejects(openWrap(file, wrap, [await former(2, second, third, "BA-OMB")]), /wrap-place/);
});

test("signing is Ed25519 as everybody else does it", async () => {
  const { statement, signature } = (await fileReport(await world())).filed;
  const key = await crypto.subtle.importKey("raw", Buffer.from(publicKey(REPORTER_SEED), "hex"), "Ed25519", false, ["verify"]);
  const message = Buffer.from(`putokaz/1 statement\n${statement}`);
  assert.ok(await crypto.subtle.verify("Ed25519", key, Buffer.from(signature, "hex"), message));
  assert.equal(sign(REPORTER_SEED, JSON.parse(statement)).signature, signature);
});
