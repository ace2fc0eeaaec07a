import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { base64, text, utf8 } from "../src/bytes.ts";
import { Eligible } from "../src/directory.ts";
import { readEnvelope } from "../src/envelope.ts";
import { sha256 } from "../src/hash.ts";
import type { Book } from "../src/form/book.ts";
import { type Receipt, receiptOf } from "../src/form/parcel.ts";
import { type Facets, project, writeFacets } from "../src/form/projection.ts";
import { ofKey } from "../src/form/receipt.ts";
import type { Tables } from "../src/form/tables.ts";
import { openGrant } from "../src/grant.ts";
import { sealBlob } from "../src/offline/stream.ts";
import { add, consent, type Way, withdraw } from "../src/receipt/acts.ts";
import type { Made, Thread } from "../src/receipt/door.ts";
import { daysToUndo, standingOf } from "../src/receipt/status.ts";
import { Visit } from "../src/receipt/visit.ts";
import { choiceOf, choicesOf, rowsOf } from "../src/receipt/choice.ts";
import { makeGrant, makePart, type Reader, type SealedGrant, type SealedPart } from "../src/sealing.ts";
import { publicKey, sign, type Statement, verify } from "../src/statement.ts";
import { REPORT, world, type World } from "./house.ts";

declare const PUTOKAZ_WEB: string;
const tables = JSON.parse(readFileSync(join(PUTOKAZ_WEB, "../crates/report/vectors/tables.json"), "utf8")) as Tables;
const book: Book = { version: 1, as: {}, voices: {}, heard: {}, desks: {}, reasons: [], why: {}, kinds: {} };
const country = { tables, book };
const house = await world();
house.directory.leads.set("UNKNOWN", { lead: ["NGO-VP"], alternate: ["BA-OMB"] });
const receipt = await receiptOf(ofKey(new Uint8Array(32).fill(7)));
const KEEP = tables.consent.keep;

interface Kept {
  thread: Thread;
  files: Map<string, Uint8Array>;
}

/** A report as the server would hand it out: one account and one coding, granted to the receipt and, unless held, to the lead. */
async function kept(rows: Facets["consent"] | null, change = (statement: Statement): Statement => statement): Promise<Kept> {
  const coding = rows === null ? {} : { consent: rows };
  const facets = writeFacets(project(coding, tables, "2026-11-02"));
  const place = { report: REPORT, signer: receipt.signer, receipt: receipt.recipient };
  const own: Reader = { to: { code: "receipt", recipient: receipt.recipient }, purpose: KEEP.purpose, when: "now" };
  const lead: Reader = { to: Eligible.of(house.directory, new Set(), "NGO-VP"), purpose: KEEP.purpose, when: "now" };
  const parts: SealedPart[] = [];
  const grants: SealedGrant[] = [];
  for (const [part, content] of [["account", "It was at the river."], ["coding", JSON.stringify(coding)]] as const) {
    const made = await makePart({ ...place, part }, utf8(content));
    parts.push(made);
    for (const reader of rows?.length === 0 ? [own] : [own, lead]) grants.push(await makeGrant(REPORT, part, made.identity, reader));
  }
  const statement = change({
    version: 1, act: "file", report: REPORT, sequence: 0, first: null, from: "reporter", signer: receipt.signer,
    directory: 7, registry: "2026-11", taxonomy: "2026-11", facets: sha256(utf8(facets)), receipt: receipt.recipient,
    lookup: "55".repeat(32), parts: parts.map(({ line }) => line), grants: grants.map(({ line }) => line), detail: {},
  });
  const made: Made = { ...sign(receipt.keys.signing, statement), facets, act: "file", from: "reporter", day: "2026-11-02" };
  const grantOf = (part: string): string => base64(grants.find(({ line }) => line.part === part && line.to === "receipt")!.file);
  const thread: Thread = {
    report: REPORT, status: "kept", alone: false, stage: "filed", outcome: null, filed: "2026-11-02", facets,
    consent: (JSON.parse(facets) as Facets).consent,
    readers: rows?.length === 0 ? [] : [{ institution: "NGO-VP", purpose: KEEP.purpose, state: "live", parts: ["account", "coding"], since: "2026-11-02", until: null }],
    referrals: [], pause: null, statements: [made], withdrawal: null,
    parts: parts.map(({ line }) => ({ part: line.part, from: "reporter", size: line.size, grant: grantOf(line.part), day: "2026-11-02" })),
  };
  return { thread, files: new Map(parts.map(({ line, file }) => [line.part, file])) };
}

function visit({ thread, files }: Kept, who: Receipt = receipt, where: World = house): Promise<Visit> {
  const door = {
    thread: () => Promise.resolve(thread),
    sealedPart: (part: string) => Promise.resolve(files.get(part) ?? new Uint8Array()),
    state: () => Promise.resolve(),
  };
  return Visit.at(door, where.directory, who);
}

const way: Way = { seal: (place, file) => sealBlob(place, file, () => undefined), upload: () => Promise.resolve("ab".repeat(16)) };
const grantsOf = (statement: Statement): string[] => statement.grants.map(({ part, to, when }) => `${part} ${to} ${when}`);

test("the digits open what was sent, and nothing that was swapped", async () => {
  const report = await kept(null);
  const mine = await visit(report);
  assert.equal(text((await mine.open("account")).content), "It was at the river.");
  const [account, coding] = [report.files.get("account")!, report.files.get("coding")!];
  report.files.set("account", coding);
  await assert.rejects(mine.open("account"), /statement-part/);
  report.files.set("account", account);
  const [first, second] = report.thread.parts;
  first!.grant = second!.grant;
  await assert.rejects(mine.open("account"), /statement-grant/);
});

test("a report that is rightly signed but another's is not believed", async () => {
  const stranger = await receiptOf(ofKey(new Uint8Array(32).fill(8)));
  await assert.rejects(visit(await kept(null), stranger), /statement-chain/);
  const forged = await kept(null, (statement) => ({ ...statement, receipt: stranger.recipient }));
  await assert.rejects(visit(forged), /statement-chain/);
});

test("an answer is believed from whom the directory lists, and from nobody else", async () => {
  const report = await kept(null);
  const first = sha256(utf8(report.thread.statements[0]!.statement));
  const reply = (seed: string): Made => {
    const statement: Statement = { version: 1, act: "reply", report: REPORT, sequence: 0, first, from: "NGO-VP", signer: publicKey(seed), directory: 7, registry: "2026-11", taxonomy: "2026-11", parts: [], grants: [], detail: {} };
    return { ...sign(seed, statement), facets: null, act: "reply", from: "NGO-VP", day: "2026-11-03" };
  };
  report.thread.statements.push(reply("99".repeat(32)));
  await assert.rejects(visit(report), /statement-signature/);
  report.thread.statements.splice(1, 1, reply(house.keys["NGO-VP"]!.signing));
  assert.equal(standingOf((await visit(report)).thread), "asks");
});

test("what is added is granted to the receipt, the lead and, if it is silent, the alternate", async () => {
  const envelope = readEnvelope(await add(await visit(await kept(null)), country, { message: "One more thing.", files: [new Blob(["abc"])] }, way));
  const statement = verify(envelope);
  assert.deepEqual([statement.act, statement.sequence, statement.parts.map(({ part }) => part)], ["add", 1, ["message/1", "evidence/1"]]);
  assert.deepEqual(Object.keys(envelope.uploads), ["evidence/1"]);
  assert.deepEqual(grantsOf(statement), ["message/1", "evidence/1"].flatMap((part) => [`${part} receipt now`, `${part} NGO-VP now`, `${part} BA-OMB if-silent`]));
});

test("an account can follow a report that was filed without one", async () => {
  const report = await kept(null);
  report.thread.parts.shift();
  const statement = verify(readEnvelope(await add(await visit(report), country, { account: "It was at night." }, way)));
  assert.deepEqual(grantsOf(statement), ["account receipt now", "account NGO-VP now", "account BA-OMB if-silent"]);
});

test("whom a person asks for by name stands in what they sign", async () => {
  const wish = { rows: [KEEP], counted: false, named: "BA-OMB" };
  const { detail } = verify(readEnvelope(await consent(await visit(await kept(null)), country, wish)));
  assert.deepEqual(detail, { to: "BA-OMB" });
});

test("an alternate that reads by now reads at once what is added", async () => {
  const report = await kept(null);
  report.thread.readers.push({ institution: "BA-OMB", purpose: KEEP.purpose, state: "live", parts: ["account"], since: "2026-11-09", until: null });
  const statement = verify(readEnvelope(await add(await visit(report), country, { message: "Again." }, way)));
  assert.ok(grantsOf(statement).includes("message/1 BA-OMB now"));
});

test("a report that was locked is opened to the lead by a consent, with keys that open what is kept", async () => {
  const report = await kept([]);
  const wish = { rows: [KEEP], counted: false, named: "" };
  const envelope = readEnvelope(await consent(await visit(report), country, wish));
  const statement = verify(envelope);
  assert.deepEqual(grantsOf(statement), ["account", "coding"].flatMap((part) => [`${part} NGO-VP now`, `${part} BA-OMB if-silent`]));
  assert.deepEqual((JSON.parse(envelope.facets!) as Facets).consent, [KEEP]);
  const [line] = statement.grants;
  const place = { report: REPORT, part: line!.part, recipient: line!.to, purpose: line!.purpose };
  const size = envelope.files.length / statement.grants.length;
  const opened = await openGrant(house.keys["NGO-VP"]!.identity, envelope.files.slice(0, size), place);
  assert.match(opened, /^AGE-SECRET-KEY-PQ-1/);
});

test("a consent changes nothing but what consent decides, and locking grants nobody anything", async () => {
  const report = await kept(null);
  const again = readEnvelope(await consent(await visit(report), country, { rows: [KEEP], counted: true, named: "" }));
  assert.equal(again.facets, report.thread.facets);
  assert.deepEqual(grantsOf(verify(again)), ["account BA-OMB if-silent", "coding BA-OMB if-silent"]);
  const locked = readEnvelope(await consent(await visit(report), country, { rows: [], counted: false, named: "" }));
  assert.deepEqual([grantsOf(verify(locked)), (JSON.parse(locked.facets!) as Facets).consent], [[], []]);
});

test("taking back says nothing but that", async () => {
  const { act, parts, grants, detail } = verify(readEnvelope(withdraw(await visit(await kept(null)))));
  assert.deepEqual({ act, parts, grants, detail }, { act: "withdraw", parts: [], grants: [], detail: {} });
});

test("the first line says what waits for the person before where the case stands", () => {
  const live = [{ institution: "NGO-VP", purpose: "C-KEEP", state: "live" as const, parts: [], since: null, until: null }];
  const said = (acts: string[], stage: string) =>
    standingOf({ status: "kept", alone: false, stage, readers: live, statements: acts.map((act) => ({ act, from: "" })) });
  assert.equal(said(["file"], "filed"), "kept");
  assert.equal(said(["file"], "acknowledged"), "read");
  assert.equal(said(["file", "refer"], "referred"), "referred");
  assert.equal(said(["file", "refer", "reply"], "referred"), "asks");
  assert.equal(said(["file", "reply", "add"], "in-triage"), "told");
  assert.equal(said(["file", "answer"], "answered"), "answered");
  assert.equal(said(["file", "close"], "closed"), "closed");
  assert.equal(standingOf({ status: "kept", alone: false, stage: "filed", readers: [], statements: [] }), "held");
  const asked = [{ act: "reply", from: "NGO-VP" }];
  assert.equal(standingOf({ status: "kept", alone: true, stage: "in-triage", readers: [], statements: asked }), "alone");
  assert.equal(standingOf({ status: "withdrawn", alone: false, stage: "withdrawn", readers: live, statements: [] }), "withdrawn");
});

test("a withdrawal can be taken back for seven days", () => {
  assert.deepEqual(["2026-11-01", "2026-11-02", "2026-11-07", "2026-11-08", "2026-12-01"].map((day) => daysToUndo("2026-11-01", day)), [7, 6, 1, 0, 0]);
});

test("a plain choice and its rows are the same thing, both ways", () => {
  const contact = { code: "contact", rows: [{ purpose: "C-SERV", recipient_kind: "K-INTAKE", parts: ["identity"] }] };
  const choices = [...tables.consent.choices.filter(({ code }) => code !== "contact"), contact];
  const told = { ...tables.consent, choices };
  for (const { code } of choicesOf(told)) assert.equal(choiceOf(rowsOf(code, [], told), told), code);
  const reached = rowsOf("help", [], told, true);
  assert.equal(choiceOf(reached, told), "help");
  assert.ok(reached.some(({ parts }) => parts.includes("identity")), "a contact is shown only by its own yes");
  assert.equal(choiceOf([], told), "alone");
  assert.equal(choiceOf([KEEP, { purpose: "C-PUBL", recipient_kind: "K-PUBLIC", parts: ["account"] }], told), "own");
});
