// The other side of crates/unseal/examples/interop: npm's age-encryption alone, none of our own code, opens what Rust sealed in the
// folder named, and seals the like for Rust to open. Prints how many it opened.

import { createHash, randomBytes, randomInt } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from "age-encryption";

const folder = process.argv[2];
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const ours = JSON.parse(readFileSync(join(folder, "ours.json"), "utf8"));

async function open(identity, file) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return Buffer.from(await decrypter.decrypt(file));
}

async function seal(recipient, plain) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(plain));
}

/** The three shell words of docs/formats.md: first line, then so many bytes. */
function unpack(plain) {
  const end = plain.indexOf(10);
  return [JSON.parse(plain.subarray(0, end).toString("utf8")), plain.subarray(end + 1)];
}

function expect(found, expected, what) {
  if (found !== expected) throw new Error(`${what} differs`);
}

async function openOurs({ number, report, part, sha256: hash }) {
  const [grant] = unpack(await open(ours.reader, readFileSync(join(folder, `${number}.grant`))));
  for (const [key, value] of Object.entries({ report, part, recipient: "receipt", purpose: "C-KEEP" })) {
    expect(grant[key], value, `${number}: ${key} of the grant`);
  }
  const [frame, rest] = unpack(await open(grant.identity, readFileSync(join(folder, `${number}.age`))));
  for (const [key, value] of Object.entries({ report, part, signer: ours.signer, receipt: ours.recipient })) {
    expect(frame[key], value, `${number}: ${key} of the frame`);
  }
  expect(sha256(rest.subarray(0, frame.length)), hash, `${number}: content`);
}

/** Padmé with a floor of 64 KiB for evidence, else 16, 64 or 256 KiB. */
function bucket(part, used) {
  if (!part.startsWith("evidence/")) return [16, 64, 256].map((kib) => kib * 1024).find((size) => used <= size);
  const length = Math.max(used, 65536);
  const exponent = Math.floor(Math.log2(length));
  const step = 2 ** (exponent - (Math.floor(Math.log2(exponent)) + 1));
  return Math.ceil(length / step) * step;
}

const pad = (bytes, size) => Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]);

async function sealTheirs({ number, report, part }) {
  const content = randomBytes(randomInt(part.startsWith("evidence/") ? 400_000 : 100_000));
  const { signer, recipient: receipt } = ours;
  const head = { version: 1, report, part, length: content.length, sha256: sha256(content), signer, receipt };
  const frame = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), content]);
  const identity = await generateHybridIdentity();
  const file = await seal(await identityToRecipient(identity), pad(frame, bucket(part, frame.length)));
  const line = { version: 1, report, part, recipient: "receipt", purpose: "C-KEEP", identity };
  const grant = await seal(ours.recipient, pad(Buffer.from(`${JSON.stringify(line)}\n`), 512));
  writeFileSync(join(folder, `${number}.age.theirs`), file);
  writeFileSync(join(folder, `${number}.grant.theirs`), grant);
  const key = sha256(ours.recipient);
  return {
    number,
    report,
    sha256: sha256(content),
    line: { part, sha256: sha256(file), size: file.length },
    grant: { part, to: "receipt", key, purpose: "C-KEEP", when: "now", sha256: sha256(grant) },
  };
}

const theirs = [];
for (const entry of ours.entries) {
  await openOurs(entry);
  theirs.push(await sealTheirs(entry));
}
writeFileSync(join(folder, "theirs.json"), JSON.stringify(theirs));
process.stdout.write(`${ours.entries.length}\n`);
