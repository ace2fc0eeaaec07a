// What pages weigh on the wire, everything their load asks for included:
//   node web/test/browser/weight.mjs BASE_URL FIRST_PATH [LATER_PATH]…
// The first with an empty cache; each later one in the same browser, as a person goes on. Prints one JSON line: bytes by path.

import { launch } from "./browser.mjs";

const [base, ...paths] = process.argv.slice(2);
if (paths.length === 0) {
  console.error("usage: weight.mjs BASE_URL FIRST_PATH [LATER_PATH]…");
  process.exit(2);
}

const { browser, context } = await launch();
const weights = {};
try {
  // A service worker fetches for later visits what this load does not need.
  const page = await context.newPage();
  await page.addInitScript(() => Object.defineProperty(navigator, "serviceWorker", { value: undefined }));
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  let bytes = 0;
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  for (const path of paths) {
    bytes = 0;
    const answer = await page.goto(new URL(path, base).href, { waitUntil: "networkidle" });
    await page.waitForTimeout(2500);
    weights[path] = answer.ok() ? bytes : -1;
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(weights));
