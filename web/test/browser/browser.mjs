// A Chromium for the tests, and the accessibility look at a page.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export class Failure extends Error {}

function findChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
  if (!found) throw new Failure("no Chromium is installed");
  return found;
}

export async function launch() {
  const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, locale: "en-GB" });
  return { browser, context };
}

/** What axe finds on a page: read again in a context of its own, because the page's policy keeps foreign scripts out. */
export async function lookAt(browser, context, url) {
  const inspector = await browser.newContext({
    bypassCSP: true,
    storageState: await context.storageState({ indexedDB: true }).catch(() => context.storageState()),
    viewport: { width: 320, height: 640 },
    locale: "en-GB",
  });
  try {
    const page = await inspector.newPage();
    await page.goto(url);
    await page.addScriptTag({ path: AXE });
    const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`);
    return wide ? [...found, "reflow: wider than 320 pixels"] : found;
  } finally {
    await inspector.close();
  }
}

/** What axe finds on a page as it stands, with all that was opened in it; 320 pixels wide. */
export async function lookHere(page) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate(`${readFileSync(AXE, "utf8")};0`);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  if (before) await page.setViewportSize(before);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`);
  return wide ? [...found, "reflow: wider than 320 pixels"] : found;
}
