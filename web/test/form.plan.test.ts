import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readEnvelope } from "../src/envelope.ts";
import { ageOf, type Directory, readDirectory } from "../src/directory.ts";
import { openGrant } from "../src/grant.ts";
import { readFrame } from "../src/frame.ts";
import { open } from "../src/sealed.ts";
import { text } from "../src/bytes.ts";
import { verify } from "../src/statement.ts";
import type { Book } from "../src/form/book.ts";
import type { Coding } from "../src/form/coding.ts";
import { contentsOf } from "../src/form/answers.ts";
import { receiptOf, sealReport } from "../src/form/parcel.ts";
import { draw, listsOf, type Plan } from "../src/form/plan.ts";
import { project } from "../src/form/projection.ts";
import { ofKey } from "../src/form/receipt.ts";
import type { Tables } from "../src/form/tables.ts";
import { REPORT, world } from "./house.ts";

declare const PUTOKAZ_WEB: string;

const file = join(PUTOKAZ_WEB, "../crates/report/vectors/tables.json");
const tables = JSON.parse(readFileSync(file, "utf8")) as Tables;
const TODAY = "2026-11-05";

const book: Book = {
  version: 1,
  as: { "NGO-VP": { "C-OVER": ["K-LEGAL", "K-INTAKE"] } },
  voices: {
    "NGO-VP": { tells: "reason-tells-on-consent", duty: null, relays: [], influence: [] },
    "BA-OMB": { tells: null, duty: "reason-duty-unknown", relays: ["BA-MOS"], influence: [] },
  },
  heard: { "C-OVER": { "K-OVER": ["reason-tells-always", "reason-duty-unknown"], "K-LEGAL": [] } },
  desks: {},
  reasons: ["reason-accused", "reason-above-accused"],
  why: { "BA-BP": { "BA-MOS": [1] } },
  kinds: { "P-BP": { "*": ["BA-BP"] }, "P-HRPOL": { "*": ["HR-BP"] } },
};

/** The made-up directory with posts: a lead and an alternate everywhere. */
async function posted(): Promise<{ directory: Directory; house: Awaited<ReturnType<typeof world>> }> {
  const house = await world();
  const note = house.note.replace('"leads":{}', '"leads":{"BA":{"lead":["NGO-VP","BA-OMB"],"alternate":["NGO-VP","BA-OMB"]},"UNKNOWN":{"lead":["BA-OMB"],"alternate":[]}}');
  return { directory: readDirectory(note, null), house };
}

const planOf = (coding: Coding, directory: Directory): Plan => draw(project(coding, tables, TODAY), directory, tables, book);
const who = (plan: Plan): string[] => plan.readers.map(({ to, when }) => `${to.code} ${when}`);

test("the lead of the smallest area reads now, the alternate if it is silent", async () => {
  const { directory } = await posted();
  assert.deepEqual(who(planOf({ event: { area: "BA-BIH-01-BIHAC" } }, directory)), ["NGO-VP now", "BA-OMB if-silent"]);
  assert.deepEqual(who(planOf({}, directory)), ["BA-OMB now"]);
});

test("an accused lead is passed over, and whoever stands above it never reads", async () => {
  const { directory } = await posted();
  const plan = planOf({ event: { area: "BA-BIH-01" }, accused: [{ institution: "NGO-VP" }, { institution: "BA-BP" }] }, directory);
  assert.deepEqual(who(plan), ["BA-OMB now"]);
  const { never, hear } = listsOf(plan, book);
  assert.deepEqual(never.map(({ institution, reason }) => [institution, reason.key, reason.about]), [
    ["BA-BP", "reason-accused", undefined],
    ["BA-MOS", "reason-above-accused", "BA-BP"],
    ["NGO-VP", "reason-accused", undefined],
  ]);
  assert.deepEqual(hear.map(({ reason }) => reason), [{ key: "reason-relays", about: "BA-MOS" }, { key: "reason-duty-unknown" }]);
});

test("whom the reader may pass it on to is said with the purpose, the name and who hears of it there", async () => {
  const { directory } = await posted();
  const of = (coding: Coding) => listsOf(planOf({ event: { area: "BA" }, ...coding }, directory), book);
  assert.deepEqual(of({}).may, [], "keeping and being counted pass nothing on");
  const consent = [
    { purpose: "C-OVER", recipient_kind: "K-LEGAL", parts: ["account", "identity"] },
    { purpose: "C-OVER", recipient_kind: "K-OVER", parts: ["account"] },
    { purpose: "C-OVER", recipient_kind: "K-INTAKE", parts: ["identity"] },
  ];
  const legal = { purpose: "C-OVER", kind: "K-LEGAL", named: true, heard: [] };
  const over = { purpose: "C-OVER", kind: "K-OVER", named: false };
  assert.deepEqual(of({ consent }).may, [legal, { ...over, heard: ["reason-duty-unknown"] }], "nobody is accused");
  const accused = of({ consent, accused: [{ institution: "BA-BP" }] });
  assert.deepEqual(accused.may[1], { ...over, heard: ["reason-tells-always", "reason-duty-unknown"] });
  assert.deepEqual(accused.read[0]?.reason, { key: "form-reads-now-named" }, "the reader of today sees how to reach them");
  assert.deepEqual(of({ consent: [] }).may, []);
});

test("held for the receipt alone, nobody reads", async () => {
  const { directory } = await posted();
  assert.deepEqual(who(planOf({ event: { area: "BA" }, consent: [] }, directory)), []);
});

test("a directory is in force from its first day to its last, never for longer than thirty, and stale afterwards", async () => {
  const { directory } = await posted();
  const days = ["2026-10-30", "2026-10-31", "2026-12-01", "2026-12-02"];
  assert.deepEqual(days.map((day) => ageOf(directory, day)), ["early", "current", "current", "stale"]);
  assert.equal(ageOf({ ...directory, expires: "2027-01-01" }, "2026-11-05"), "wrong");
  assert.equal(ageOf({ ...directory, issued: "soon" }, "2026-11-05"), "wrong");
});

test("a sealed report opens for its readers and its receipt, and a name only for whom it was meant", async () => {
  const { directory, house } = await posted();
  const consent = [{ purpose: "C-OVER", recipient_kind: "K-LEGAL", parts: ["account", "identity"] }];
  const coding: Coding = { event: { area: "BA" }, consent };
  const plan = planOf(coding, directory);
  const receipt = await receiptOf(ofKey(new Uint8Array(32).fill(7)));
  const contents = contentsOf({ coding, account: { narrative: "At the river." }, identity: { name: "N" } });
  const parcel = await sealReport(contents, { directory, plan, receipt, report: REPORT, keepPurpose: "C-KEEP" });
  const { statement, signature, facets, files } = readEnvelope(parcel.envelope);
  assert.ok(!text(parcel.envelope.subarray(0, parcel.envelope.length - files.length)).includes("river"));
  const { parts, grants } = verify({ statement, signature });
  assert.equal(facets, JSON.stringify(plan.facets));
  assert.deepEqual(grants.map(({ part, to, purpose, when }) => `${part} ${to} ${purpose} ${when}`), [
    "coding receipt C-KEEP now", "coding NGO-VP C-KEEP now", "coding BA-OMB C-KEEP if-silent",
    "account receipt C-KEEP now", "account NGO-VP C-KEEP now", "account BA-OMB C-KEEP if-silent",
    "identity receipt C-KEEP now", "identity NGO-VP C-OVER now",
  ]);
  const keys: Record<string, string> = { receipt: receipt.keys.identity, ...Object.fromEntries(Object.entries(house.keys).map(([code, one]) => [code, one.identity])) };
  let at = 0;
  const sealed = new Map(parts.map(({ part, size }) => [part, files.subarray(at, (at += size))]));
  const size = (files.length - at) / grants.length;
  for (const { part, to, purpose } of grants) {
    const grant = files.subarray(at, (at += size));
    const identity = await openGrant(keys[to] ?? "", grant, { report: REPORT, part, recipient: to, purpose });
    const frame = readFrame(await open(identity, sealed.get(part) ?? new Uint8Array()));
    assert.deepEqual(frame.content, contents.get(part));
  }
});
