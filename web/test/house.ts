// A small made-up deployment for the tests: a directory, two institutions outside and one inside a closure, one report.

import { utf8 } from "../src/bytes.ts";
import { type Directory, Eligible, readDirectory } from "../src/directory.ts";
import { sha256 } from "../src/hash.ts";
import type { Filed, Keys } from "../src/opening.ts";
import { newIdentity, recipientOf } from "../src/sealed.ts";
import { makeGrant, makePart, type SealedGrant, type SealedPart } from "../src/sealing.ts";
import { publicKey, sign, type Statement } from "../src/statement.ts";

export const REPORT = "0123456789abcdef0123456789abcdef";
export const REPORTER_SEED = "11".repeat(32);
const SEEDS: Record<string, string> = { "NGO-VP": "22".repeat(32), "BA-OMB": "33".repeat(32), "BA-MOS": "44".repeat(32) };

export interface World {
  note: string;
  directory: Directory;
  keys: Record<string, Keys>;
  receipt: string;
}

export async function world(): Promise<World> {
  const keys: Record<string, Keys> = {};
  const institutions = [];
  for (const [institution, signing] of Object.entries(SEEDS)) {
    const identity = await newIdentity();
    keys[institution] = { institution, member: "first", identity, signing };
    const recipient = await recipientOf(identity);
    institutions.push({ code: institution, name: institution, recipient, signing: publicKey(signing) });
  }
  const note = directoryNote(institutions);
  return { note, directory: readDirectory(note, null), keys, receipt: await recipientOf(await newIdentity()) };
}

export function directoryNote(institutions: object[], training = true, otherwise: object = {}): string {
  const body = {
    deployment: "made-up",
    training,
    version: 7,
    issued: "2026-11-01",
    expires: "2026-12-01",
    salt: "00".repeat(32),
    registry: "2026-11",
    taxonomy: "2026-11",
    server: "made-up+00000000+AQ==",
    institutions,
    leads: {},
    closures: {
      sets: [["BA-BP", "BA-MOS"], ["C01-POL"], ["C02-POL"], ["HR-BP"]],
      institutions: { "BA-BP": 0 },
      kinds: { "P-HRPOL": { "*": [3] }, "P-POL": { "BA-BIH-01": [1], "BA-BIH-02": [2], HR: [3] } },
    },
    ...otherwise,
  };
  return `putokaz/1 directory\n${JSON.stringify(body)}\n\n— made-up AAAA\n`;
}

export const FACETS = JSON.stringify({
  version: 1,
  taxonomy: "2026-11",
  projection: "open",
  accused: { kinds: ["P-HRPOL"], institutions: ["BA-BP"] },
  area: "BA-BIH-01-BIHAC",
});

export interface FiledReport {
  filed: Filed;
  part: SealedPart;
  grant: SealedGrant;
}

/** One account of one person, granted to one institution; `change` bends the statement before it is signed. */
export async function fileReport(
  world: World,
  to = "NGO-VP",
  content = "It was at the river.",
  change: (statement: Statement) => Statement = (statement) => statement,
): Promise<FiledReport> {
  const signer = publicKey(REPORTER_SEED);
  const place = { report: REPORT, part: "account", signer, receipt: world.receipt };
  const part = await makePart(place, utf8(content));
  const reader = { to: Eligible.of(world.directory, new Set(), to), purpose: "C-KEEP", when: "now" } as const;
  const grant = await makeGrant(REPORT, "account", part.identity, reader);
  const statement = change({
    version: 1, act: "file", report: REPORT, sequence: 0, first: null, from: "reporter", signer,
    directory: 7, registry: "2026-11", taxonomy: "2026-11", facets: sha256(utf8(FACETS)),
    receipt: world.receipt, lookup: "55".repeat(32), parts: [part.line], grants: [grant.line], detail: {},
  });
  return { filed: { ...sign(REPORTER_SEED, statement), facets: FACETS, day: "2026-11-02" }, part, grant };
}
