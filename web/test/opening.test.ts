import assert from "node:assert/strict";
import { test } from "node:test";
import { base64, text, utf8 } from "../src/bytes.ts";
import { closureOf, Eligible, readDirectory } from "../src/directory.ts";
import { sha256 } from "../src/hash.ts";
import { Account } from "../src/opening.ts";
import { newIdentity, recipientOf } from "../src/sealed.ts";
import { makeGrant, makePart } from "../src/sealing.ts";
import { publicKey, sign } from "../src/statement.ts";
import { directoryNote, FACETS, fileReport, REPORT, REPORTER_SEED, world } from "./house.ts";

const house = await world();
const keys = house.keys["NGO-VP"]!;

test("what was granted opens, with its text as it was told", async () => {
  const { filed, part, grant } = await fileReport(house);
  const account = Account.prove(REPORT, [filed], house.directory);
  const opened = await account.open("account", part.file, base64(grant.file), keys);
  assert.equal(text(opened.content), "It was at the river.");
  assert.equal(opened.identity, part.identity);
  assert.equal(opened.from, "reporter");
});

test("a grant of another report, another part or another recipient is refused", async () => {
  const { filed, part, grant } = await fileReport(house);
  const account = Account.prove(REPORT, [filed], house.directory);
  const to = { to: Eligible.of(house.directory, new Set(), "NGO-VP"), purpose: "C-KEEP", when: "now" } as const;
  const foreign = await makeGrant("f".repeat(32), "account", part.identity, to);
  await assert.rejects(account.open("account", part.file, base64(foreign.file), keys), /statement-grant/);
  await assert.rejects(account.open("account", part.file, base64(grant.file), house.keys["BA-OMB"]!), /statement-grant/);
  await assert.rejects(account.open("identity", part.file, base64(grant.file), keys), /statement-part/);
});

test("a signed grant whose inside names another report is refused", async () => {
  const to = { to: Eligible.of(house.directory, new Set(), "NGO-VP"), purpose: "C-KEEP", when: "now" } as const;
  const part = await makePart({ report: REPORT, part: "account", signer: publicKey(REPORTER_SEED), receipt: house.receipt }, utf8("x"));
  const swapped = await makeGrant("f".repeat(32), "account", part.identity, to);
  const { filed } = await fileReport(house, "NGO-VP", "x", (statement) => ({ ...statement, parts: [part.line], grants: [swapped.line] }));
  const account = Account.prove(REPORT, [filed], house.directory);
  await assert.rejects(account.open("account", part.file, base64(swapped.file), keys), /grant-place/);
});

test("evidence sealed again under the same key is found out", async () => {
  const { filed, part, grant } = await fileReport(house);
  const forged = await makePart({ report: REPORT, part: "account", signer: publicKey(REPORTER_SEED), receipt: house.receipt }, utf8("It was elsewhere."));
  const account = Account.prove(REPORT, [filed], house.directory);
  await assert.rejects(account.open("account", forged.file, base64(grant.file), keys), /statement-part/);
  assert.notEqual(sha256(forged.file), part.line.sha256);
});

test("a frame stated by somebody else than the statement's signer is refused", async () => {
  const to = { to: Eligible.of(house.directory, new Set(), "NGO-VP"), purpose: "C-KEEP", when: "now" } as const;
  const part = await makePart({ report: REPORT, part: "account", signer: "ab".repeat(32), receipt: house.receipt }, utf8("x"));
  const grant = await makeGrant(REPORT, "account", part.identity, to);
  const { filed } = await fileReport(house, "NGO-VP", "x", (statement) => ({ ...statement, parts: [part.line], grants: [grant.line] }));
  const account = Account.prove(REPORT, [filed], house.directory);
  await assert.rejects(account.open("account", part.file, base64(grant.file), keys), /frame-signer/);
});

test("a server that edits the accusation is found out", async () => {
  const { filed } = await fileReport(house);
  const edited = { ...filed, facets: FACETS.replace('"BA-BP"', '"BA-OMB"') };
  assert.throws(() => Account.prove(REPORT, [edited], house.directory), /statement-facets/);
  assert.throws(() => Account.prove(REPORT, [{ ...filed, facets: null }], house.directory), /statement-facets/);
});

test("an institution in the closure opens nothing, even with a signed grant", async () => {
  const { filed, part, grant } = await fileReport(house, "BA-MOS");
  const account = Account.prove(REPORT, [filed], house.directory);
  assert.ok(account.shutOut.has("BA-MOS"));
  await assert.rejects(account.open("account", part.file, base64(grant.file), house.keys["BA-MOS"]!), /closure/);
  assert.throws(() => Eligible.of(house.directory, account.shutOut, "BA-MOS"), /closure/);
});

test("a later statement is believed only in the report's chain and from a listed signer", async () => {
  const { filed } = await fileReport(house);
  const account = Account.prove(REPORT, [filed], house.directory);
  const note = { version: 1, act: "note", report: REPORT, sequence: 0, first: account.first, from: "NGO-VP", signer: publicKey(keys.signing), directory: 7, registry: "2026-11", taxonomy: "2026-11", parts: [], grants: [], detail: {} } as const;
  const withNote = (change: object, seed = keys.signing) =>
    Account.prove(REPORT, [filed, { ...sign(seed, { ...note, parts: [], grants: [], ...change }), facets: null, day: "2026-11-02" }], house.directory);
  assert.equal(withNote({}).nextSequence(publicKey(keys.signing)), 1);
  assert.throws(() => withNote({ first: "0".repeat(64) }), /statement-chain/);
  assert.throws(() => withNote({ report: "f".repeat(32) }), /statement-chain/);
  assert.throws(() => withNote({ from: "NGO-UNKNOWN" }), /statement-signature/);
  assert.throws(() => withNote({ signer: publicKey(REPORTER_SEED) }, REPORTER_SEED), /statement-signature/);
  assert.throws(() => Account.prove(REPORT, [], house.directory), /statement-chain/);
});

test("a former key speaks no later than its last day, and opens what was granted to it", async () => {
  const { filed, part, grant } = await fileReport(house);
  const { account: first, next } = { account: Account.prove(REPORT, [filed], house.directory).first, next: await newIdentity() };
  const [seed, before] = ["88".repeat(32), house.keys["NGO-VP"]!];
  const former = [{ signing: publicKey(before.signing), until: "2026-11-10" }];
  const listed = { code: "NGO-VP", name: "NGO-VP", recipient: await recipientOf(next), signing: publicKey(seed), former };
  const directory = readDirectory(directoryNote([listed]), null);
  const note = { version: 1, act: "note", report: REPORT, sequence: 0, first, from: "NGO-VP", directory: 7, registry: "2026-11", taxonomy: "2026-11", parts: [], grants: [], detail: {} } as const;
  const noted = (by: string, day: string) =>
    Account.prove(REPORT, [filed, { ...sign(by, { ...note, signer: publicKey(by), parts: [], grants: [] }), facets: null, day }], directory);
  assert.throws(() => noted(before.signing, "2026-11-11"), /statement-signature/);
  noted(seed, "2026-11-11");
  const account = noted(before.signing, "2026-11-10");
  const now = { ...before, identity: next, signing: seed };
  await assert.rejects(account.open("account", part.file, base64(grant.file), now), /statement-grant/);
  const opened = await account.open("account", part.file, base64(grant.file), { ...now, former: [before.identity] });
  assert.equal(opened.identity, part.identity);
});

test("closure sets unite, and a place that is nowhere in particular may be anywhere", () => {
  const of = (kinds: string[], area: string) => [...closureOf(house.directory, { kinds, institutions: [] }, area)].sort();
  assert.deepEqual(of(["P-POL"], "BA-BIH-01-BIHAC"), ["C01-POL"]);
  assert.deepEqual(of(["P-POL"], "BA-BIH"), ["C01-POL", "C02-POL"]);
  assert.deepEqual(of(["P-POL"], "UNKNOWN"), ["C01-POL", "C02-POL", "HR-BP"]);
  assert.deepEqual(of(["P-POL"], "outside"), ["HR-BP"]);
  assert.deepEqual(of(["P-HRPOL"], "BA-SRP-BL"), ["HR-BP"]);
});

test("without a pinned board only a training directory is read", () => {
  assert.throws(() => readDirectory(directoryNote([], false), null), /directory-unpinned/);
  assert.throws(() => readDirectory(house.note, { threshold: 1, keys: [] }), /directory-board/);
});
