// A server of the tests: it keeps uploads and reports in memory as docs/api.md says, signs what it keeps, and can be told
// to answer otherwise. What the real one does is tried in tests/offline.rs.

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 as digest } from "@noble/hashes/sha2.js";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { base64, hex, join, unhex, utf8 } from "../../src/bytes.ts";
import { readEnvelope } from "../../src/envelope.ts";
import { sha256 } from "../../src/hash.ts";
import { hashOf } from "../../src/statement.ts";
import { directoryNote } from "../house.ts";

const SEED = "77".repeat(32);
const NAME = "made-up-server";

function verifier(): { line: string; hash: Uint8Array } {
  const typed = join(new Uint8Array([1]), ed25519.getPublicKey(unhex(SEED)));
  const hash = digest(join(utf8(`${NAME}\n`), typed)).subarray(0, 4);
  return { line: `${NAME}+${hex(hash)}+${base64(typed)}`, hash };
}

export const note = (): string => directoryNote([]).replace("made-up+00000000+AQ==", verifier().line);

export function acknowledge(report: string, statement: string, seed = SEED): string {
  const body = `putokaz/1 acknowledgement\nreport ${report}\nstatement ${statement}\nday 2026-11-22\nledger 7\n`;
  const signature = ed25519.sign(utf8(body), unhex(seed));
  return `${body}\n— ${NAME} ${base64(join(verifier().hash, signature))}\n`;
}

interface Upload {
  length: number;
  bytes: Uint8Array;
}

/** Answers instead of the keeper; `undefined` lets it answer itself. */
export type Instead = (method: string, path: string) => { status: number; headers?: object; body?: object } | undefined;

export class Keeper {
  readonly uploads = new Map<string, Upload>();
  /** Report → what it was kept as: the statement's hash, and its files. */
  readonly kept = new Map<string, { statement: string; files: Uint8Array[] }>();
  /** Bytes of uploads that came more than once. */
  again = 0;
  withheld: string[] = [];
  seed = SEED;
  instead: Instead = () => undefined;
  #server = createServer((request, response) => void this.#hear(request, response).catch(() => response.destroy()));

  async open(): Promise<number> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** After a cut: until every connection is read to its end. What arrived is then written down, however busy the machine is. */
  async quiet(): Promise<void> {
    const open = (): Promise<number> => new Promise((tell) => this.#server.getConnections((_, count) => tell(count)));
    while ((await open()) > 0) await new Promise((soon) => setTimeout(soon, 5));
  }

  async #hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [method = "", path = ""] = [request.method, request.url];
    const instead = this.instead(method, path);
    if (instead) {
      await read(request);
      return tell(response, instead.status, instead.headers ?? {}, instead.body);
    }
    if (path === "/api/v1/directory") return void response.end(note());
    if (path === "/api/v1/reports") return this.#file(await read(request), response);
    return this.#tus(method, path, request, response);
  }

  async #tus(method: string, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (method === "POST") {
      const id = `up${this.uploads.size}`;
      this.uploads.set(id, { length: Number(request.headers["upload-length"]), bytes: new Uint8Array() });
      return tell(response, 201, { location: `/api/v1/uploads/${id}` });
    }
    const upload = this.uploads.get(path.slice("/api/v1/uploads/".length));
    if (!upload) return tell(response, 404, {}, { code: "not-found" });
    if (method === "PATCH") {
      if (Number(request.headers["upload-offset"]) !== upload.bytes.length) return tell(response, 409, {}, { code: "upload-offset" });
      await pour(request, upload);
    }
    tell(response, method === "PATCH" ? 204 : 200, { "upload-offset": String(upload.bytes.length) });
  }

  #file(bytes: Uint8Array, response: ServerResponse): void {
    const envelope = readEnvelope(bytes);
    const { report, parts } = JSON.parse(envelope.statement) as { report: string; parts: { part: string; sha256: string }[] };
    const statement = hashOf(envelope);
    const before = this.kept.get(report);
    if (before && before.statement !== statement) return tell(response, 409, {}, { code: "taken" });
    if (!before) {
      const uploaded = Object.entries(envelope.uploads).map(([part, id]) => ({ part, id, upload: this.uploads.get(id) }));
      const wrong = uploaded.some(({ part, upload }) => {
        const line = parts.find((one) => one.part === part);
        return !upload || upload.bytes.length !== upload.length || sha256(upload.bytes) !== line?.sha256;
      });
      if (wrong) return tell(response, 422, {}, { code: "part-missing" });
      this.kept.set(report, { statement, files: [envelope.files, ...uploaded.map(({ upload }) => (upload as Upload).bytes)] });
      for (const { id } of uploaded) this.uploads.delete(id);
    }
    const answer = { report, acknowledgement: acknowledge(report, statement, this.seed), withheld: this.withheld };
    tell(response, before ? 200 : 201, {}, answer);
  }
}

async function read(request: IncomingMessage): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of request) pieces.push(piece as Uint8Array);
  return join(...pieces);
}

/** Each piece at once: what a stream still holds back when its connection breaks would be lost, and a server keeps it. */
function pour(request: IncomingMessage, upload: Upload): Promise<void> {
  return new Promise((done, failed) => {
    request.on("data", (piece: Uint8Array) => (upload.bytes = join(upload.bytes, piece)));
    request.on("end", done);
    request.on("error", failed);
  });
}

function tell(response: ServerResponse, status: number, headers: object, body?: object): void {
  response.writeHead(status, { ...headers, "content-type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
