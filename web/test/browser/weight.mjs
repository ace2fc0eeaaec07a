// What pages weigh on the wire, everything their load asks for included:
//   node web/test/browser/weight.mjs BASE_URL FIRST_PATH [LATER_PATH]…
// The first with an empty cache; each later one in the same browser, as a person goes on. Prints one JSON line: by path the
// bytes of everything, and of the page's own document, which is all that differs from language to language.

import { launch } from "./browser.mjs";

const [base, ...paths] = process.argv.slice(2);
if (paths.length === 0) {
  console.error("usage: weight.mjs BASE_URL FIRST_PATH [LATER_PATH]…");
  process.exit(2);
}

/** What a page brings on idle comes within two seconds, and then some time on a slow machine. */
const IDLE_MILLISECONDS = 2500;

const { browser, context } = await launch();
const weights = {};
try {
  // A service worker fetches for later visits what this load does not need.
  const page = await context.newPage();
  await page.addInitScript(() => Object.defineProperty(navigator, "serviceWorker", { value: undefined }));
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  let [all, documents] = [0, new Map()];
  wire.on("Network.responseReceived", ({ requestId, type }) => type === "Document" && documents.set(requestId, 0));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    all += encodedDataLength;
    if (documents.has(requestId)) documents.set(requestId, encodedDataLength);
  });
  for (const path of paths) {
    [all, documents] = [0, new Map()];
    const answer = await page.goto(new URL(path, base).href, { waitUntil: "networkidle" });
    await page.waitForTimeout(IDLE_MILLISECONDS);
    const document = [...documents.values()].reduce((sum, bytes) => sum + bytes, 0);
    weights[path] = answer.ok() ? { all, document } : null;
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(weights));
