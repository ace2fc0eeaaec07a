// The real tus-js-client against a real server: creation, a stop, the offset, resumption, termination; then over a way that is cut once
// after so many KiB, for every KiB of a file, where the client goes on by itself.
//   node web/test/run.mjs web/test/real/tus.ts BASE_URL
// Prints one JSON line with the hashes of what was sent; exits 1 on the first thing that is not as it must be.

import { createHash, randomBytes } from "node:crypto";
import { Upload, type UploadOptions } from "tus-js-client";
import { CuttingProxy } from "../parts/cutting.ts";

const KIB = 1024;
const SIZE = 5 * KIB * KIB + 17;
const STOP = 2 * KIB * KIB;
const SMALL = 100 * KIB + 3;
/** A server that still writes down what came before a cut asks to wait a moment. */
const PATIENCE = Array.from({ length: 50 }, () => 20);

const [base = ""] = process.argv.slice(2);
const proxy = new CuttingProxy(Number(new URL(base).port), new URL(base).hostname);
const endpointAt = (server: string): string => new URL("/api/v1/uploads", server).href;
const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

interface Sent {
  url: string;
  sent: number;
}

/** Uploads until the end, or until so many bytes were sent; gives the upload's address and how far it went. */
function upload(bytes: Buffer, options: UploadOptions, until = Number.POSITIVE_INFINITY): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const one: Upload = new Upload(bytes, {
      endpoint: endpointAt(base),
      uploadSize: bytes.length,
      retryDelays: null,
      onError: reject,
      onSuccess: () => resolve({ url: one.url ?? "", sent: bytes.length }),
      onChunkComplete: (_, sent) => {
        if (sent >= until) void one.abort().then(() => resolve({ url: one.url ?? "", sent }));
      },
      ...options,
    });
    one.start();
  });
}

const speak = (url: string, method: string): Promise<Response> => fetch(url, { method, headers: { "tus-resumable": "1.0.0" } });
const offsetOf = async (url: string): Promise<number> => Number((await speak(url, "HEAD")).headers.get("upload-offset"));

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

async function stopAndGoOn(): Promise<void> {
  const [bytes, options] = [randomBytes(SIZE), { chunkSize: 512 * KIB }];
  const abilities = await speak(endpointAt(base), "OPTIONS");
  expect(abilities.status === 204 && Number(abilities.headers.get("tus-max-size")) >= 2_013_757_440, "it does not say what it can do");
  const stopped = await upload(bytes, options, STOP);
  const offset = await offsetOf(stopped.url);
  expect(offset >= STOP && offset < SIZE, `it stands at ${offset}`);
  const whole = await upload(bytes, { ...options, uploadUrl: stopped.url });
  expect(whole.url === stopped.url && (await offsetOf(whole.url)) === SIZE, "it did not go on to its end");
  expect((await speak(whole.url, "DELETE")).status === 204 && (await speak(whole.url, "HEAD")).status === 404, "it cannot be ended");
}

const seen = { ok: false, cuts: 0, sent: [] as string[], failure: "" };
try {
  await stopAndGoOn();
  const endpoint = endpointAt(await proxy.open());
  for (let at = 0; at * KIB <= SMALL; at += 1) {
    const bytes = randomBytes(SMALL);
    proxy.up = at * KIB;
    const { url } = await upload(bytes, { endpoint, retryDelays: PATIENCE });
    proxy.up = Number.POSITIVE_INFINITY;
    expect((await offsetOf(url)) === SMALL, `cut at ${at} KiB it is not whole`);
    seen.sent.push(hashOf(bytes));
  }
  seen.cuts = proxy.cuts;
  seen.ok = true;
} catch (cause) {
  seen.failure = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : "unknown";
} finally {
  proxy.close();
}
console.log(JSON.stringify(seen));
process.exitCode = seen.ok ? 0 : 1;
