// Looks at every public page: node web/test/browser/pages.mjs BASE_URL OUT_DIR
// Each page in both directions, with and without script: axe, 320 pixels, 200 % zoom, no request to anybody else, one
// heading, and the exit. Pictures go to OUT_DIR. Prints one JSON line; exits 1 when something is not as it must be.

import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Failure, launch } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = ["", "report", "child", "residents", "quick", "waiting", "receipt", "import", "link", "leaving"];
const LANGUAGES = ["en", "fa"];
const [base, out] = process.argv.slice(2);
if (!out) {
  console.error("usage: pages.mjs BASE_URL OUT_DIR");
  process.exit(2);
}
mkdirSync(out, { recursive: true });

const { browser } = await launch();
const seen = { ok: false, found: {}, pages: 0, directions: {} };

/** As a browser without script shows it: axe itself needs script, so the page's own is taken out and its substitute put in. */
async function withoutScript(context) {
  await context.route("**/*", async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const response = await route.fetch();
    const body = (await response.text()).replace(/<script[^>]*><\/script>/g, "").replace(/<\/?noscript>/g, "");
    return route.fulfill({ response, body });
  });
}

async function violations(page) {
  await page.addScriptTag({ content: AXE });
  const { violations: all } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  return all.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
}

async function look(language, name, script) {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, bypassCSP: true });
  if (!script) await withoutScript(context);
  const page = await context.newPage();
  const elsewhere = [];
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(base).origin) elsewhere.push(request.url());
  });
  try {
    await page.goto(new URL(`/${language}/${name}`, base).href);
    if (script) await page.waitForSelector("html[data-ready]", { timeout: 5000 }).catch(() => undefined);
    const found = await violations(page);
    const state = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth > innerWidth,
      headings: document.querySelectorAll("h1").length,
      exit: document.querySelector("#exit")?.getAttribute("href") ?? "",
      direction: document.documentElement.dir,
    }));
    seen.directions[language] = state.direction;
    if (state.wide) found.push("wider than 320 pixels");
    if (state.headings !== 1) found.push(`${state.headings} first headings`);
    if (!state.exit.startsWith("https://")) found.push("no exit");
    if (elsewhere.length > 0) found.push(`asks ${elsewhere[0]}`);
    const title = `${name || "start"}-${language}-${script ? "script" : "plain"}`;
    if (found.length > 0) seen.found[title] = found;
    await page.setViewportSize({ width: 360, height: 640 });
    await page.screenshot({ path: join(out, `${title}.png`), fullPage: true });
    seen.pages += 1;
  } finally {
    await context.close();
  }
}

/** The exit leaves nothing of the page to see, by click and by key. */
async function leave() {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  await context.route(/wikipedia\.org/, (route) => route.fulfill({ body: "elsewhere", contentType: "text/plain" }));
  const page = await context.newPage();
  await page.goto(new URL("/en/report", base).href);
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("Escape");
  await page.waitForURL(/wikipedia\.org/, { timeout: 3000 });
  await page.goto(new URL("/en/", base).href);
  await page.click("#exit");
  await page.waitForURL(/wikipedia\.org/, { timeout: 3000 });
  await context.close();
}

try {
  for (const language of LANGUAGES) {
    for (const name of PAGES) {
      for (const script of [true, false]) await look(language, name, script);
    }
  }
  await leave();
  if (Object.keys(seen.found).length > 0) throw new Failure("a page is not usable by everybody");
  seen.ok = true;
} catch (cause) {
  seen.failure = cause instanceof Failure ? cause.message : `${cause.name}: ${cause.message.split("\n")[0]}`;
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
process.exitCode = seen.ok ? 0 : 1;
