// The real tus-js-client against a server of ours: creation, a cut, the offset, resumption, termination.
//   node web/test/browser/tus.mjs BASE_URL
// Prints one JSON line; exits 1 on the first thing that is not as it must be.

import { createHash, randomBytes } from "node:crypto";
import { Upload } from "tus-js-client";
import { words } from "./browser.mjs";

const [base] = words("tus.mjs BASE_URL");

const SIZE = 5 * 1024 * 1024 + 17;
const CUT = 2 * 1024 * 1024;
const bytes = randomBytes(SIZE);
const endpoint = new URL("/api/v1/uploads", base).href;

/** Uploads until the end, or until so many bytes were sent; gives the upload's address and how far it went. */
function upload(options, until = Number.POSITIVE_INFINITY) {
  return new Promise((resolve, reject) => {
    const one = new Upload(bytes, {
      endpoint,
      chunkSize: 512 * 1024,
      uploadSize: SIZE,
      retryDelays: null,
      onError: reject,
      onSuccess: () => resolve({ url: one.url, sent: SIZE }),
      onChunkComplete: (_, sent) => {
        if (sent >= until) void one.abort().then(() => resolve({ url: one.url, sent }));
      },
      ...options,
    });
    one.start();
  });
}

const speak = (url, method, headers = {}) => fetch(url, { method, headers: { "tus-resumable": "1.0.0", ...headers } });

const seen = { ok: false };
try {
  const abilities = await speak(endpoint, "OPTIONS");
  seen.abilities = [abilities.status, abilities.headers.get("tus-extension"), Number(abilities.headers.get("tus-max-size")) >= 2_013_757_440];
  const cut = await upload({}, CUT);
  seen.offset = Number((await speak(cut.url, "HEAD")).headers.get("upload-offset"));
  const whole = await upload({ uploadUrl: cut.url, onProgress: (sent) => (seen.resumedAt ??= sent) });
  seen.sameAddress = whole.url === cut.url;
  seen.end = Number((await speak(whole.url, "HEAD")).headers.get("upload-offset"));
  seen.terminated = [(await speak(whole.url, "DELETE")).status, (await speak(whole.url, "HEAD")).status];
  seen.sha256 = createHash("sha256").update(bytes).digest("hex");
  seen.ok =
    seen.abilities[0] === 204 && seen.abilities[2] && seen.offset >= CUT && seen.offset < SIZE && seen.sameAddress && seen.end === SIZE &&
    seen.terminated.join() === "204,404";
} catch (cause) {
  seen.failure = cause instanceof Error ? cause.message.split("\n")[0] : "unknown";
}
console.log(JSON.stringify(seen));
process.exitCode = seen.ok ? 0 : 1;
