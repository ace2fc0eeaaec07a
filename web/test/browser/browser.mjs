// What every walk through the pages has: its words, a Chromium, the accessibility look at a page, and one line at the end.

import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const NARROW = { width: 320, height: 640 };
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

export function expect(holds, what) {
  if (!holds) throw new Failure(what);
}

/** The words after the script's name; with fewer than its usage has outside brackets, it says how it is used. OUT_DIR is made. */
export function words(usage) {
  const given = process.argv.slice(2);
  const named = usage.replace(/ \[.*/, "").split(" ").slice(1);
  if (given.length < named.length) {
    console.error(`usage: ${usage}`);
    process.exit(2);
  }
  const out = given[named.indexOf("OUT_DIR")];
  if (out) mkdirSync(out, { recursive: true });
  return given;
}

function findChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const inPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const found = [process.env.PUTOKAZ_TEST_CHROMIUM ?? "", ...inPath].find((path) => path && existsSync(path));
  if (!found) throw new Failure("no Chromium is installed");
  return found;
}

/** A browser with one page, whose first script error goes into `seen`. */
export async function launch(seen = {}, options = {}, flags = []) {
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...FLAGS, ...flags] });
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => (seen.pageError ??= `${error.name}: ${error.message.slice(0, 200)}`));
  return { browser, context, page };
}

/** A browser that lays what is large on its disk, in this folder, as a person's does; without one it stays in memory. */
export async function launchOnDisk(folder, seen) {
  const options = { executablePath: findChromium(), args: FLAGS, viewport: { width: 360, height: 640 }, locale: "en-GB" };
  const context = await chromium.launchPersistentContext(folder, options);
  const page = context.pages()[0] ?? (await context.newPage());
  page.on("pageerror", (error) => (seen.pageError ??= `${error.name}: ${error.message.slice(0, 200)}`));
  return { browser: context, context, page };
}

/** What axe finds on a page as it stands, with all that was opened in it; 320 pixels wide. */
export async function lookHere(page) {
  const before = page.viewportSize();
  await page.setViewportSize(NARROW);
  await page.evaluate(`${AXE};0`);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  if (before) await page.setViewportSize(before);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(" ")).join(" | ")}`);
  return wide ? [...found, "reflow: wider than 320 pixels"] : found;
}

/** What axe finds on a page that is read again, by a visitor with the same storage. */
export async function lookAt(browser, context, url) {
  const storageState = await context.storageState({ indexedDB: true }).catch(() => context.storageState());
  const inspector = await browser.newContext({ storageState, viewport: NARROW, locale: "en-GB" });
  try {
    const page = await inspector.newPage();
    await page.goto(url);
    return await lookHere(page);
  } finally {
    await inspector.close();
  }
}

/** Waits until a question asked in the page is answered with yes; a page's own waiting takes any promise for a yes. */
export async function until(page, question, given) {
  const late = Date.now() + 30_000;
  while (!(await page.evaluate(question, given))) {
    expect(Date.now() < late, `in vain: ${question}`);
    await page.waitForTimeout(50);
  }
}

/** Says what is to happen beside the browser, and goes on when a line on stdin says that it did. */
export async function meanwhile(what) {
  console.log(what);
  await once(process.stdin, "data");
  process.stdin.unref();
}

/** Walks until the first thing that is not as it must be, prints what was seen as one line, and closes the browser. */
export async function conclude(seen, { browser, page, picture }, walk) {
  try {
    await walk();
    const found = Object.entries(seen.pages ?? {}).flatMap(([name, all]) => all.map((one) => `${name}: ${one}`));
    expect(found.length === 0, `axe found ${found.join("; ")}`);
    expect(!seen.pageError, `a script failed: ${seen.pageError}`);
    seen.ok = true;
  } catch (cause) {
    seen.ok = false;
    seen.failure = cause instanceof Failure ? cause.message : `${cause.name}: ${cause.message.split("\n").slice(0, 3).join(" ")}`;
    if (page) await lastSight(seen, page, picture);
  } finally {
    await browser.close();
  }
  console.log(JSON.stringify(seen));
  process.exitCode = seen.ok ? 0 : 1;
}

async function lastSight(seen, page, picture) {
  seen.at = page.url();
  seen.status = await page.locator("#status").innerText({ timeout: 1000 }).catch(() => "");
  if (picture) await page.screenshot({ path: picture, fullPage: true }).catch(() => undefined);
}

/** Looks at the page here, and pictures it as a phone and as a desk show it. */
export async function lookAtBothWidths(page, seen, [out, name]) {
  seen.pages[name] = await lookHere(page);
  for (const [width, height] of [[360, 720], [1280, 900]]) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(out, `${name}-${width}.png`), fullPage: true });
  }
}

/** Opens the first page with network once, until all that is named lies on the phone. */
export async function visit(page, base, paths) {
  await page.goto(new URL("/en/", base).href);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await until(page, async (wanted) => {
    for (const name of await caches.keys()) {
      const shelf = await caches.open(name);
      const found = await Promise.all(wanted.map((path) => shelf.match(path)));
      if (found.every(Boolean)) return true;
    }
    return false;
  }, paths);
}
