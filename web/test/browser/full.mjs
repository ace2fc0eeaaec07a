// A phone that has no room left, in a real browser whose quota is really used up:
//   node web/test/browser/full.mjs BASE_URL OUT_DIR
// The form with a file, and worker mode without network, say so, keep what was answered, and work once there is room again. A form
// without network, on a phone that is full or keeps nothing at all, hands what it sealed over as a file; another phone brings it.
// Prints one JSON line; exits 1 on the first thing that is not as it must be.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { conclude, expect, launch, words } from "./browser.mjs";

const [base, out] = words("full.mjs BASE_URL OUT_DIR");

const FILE = { name: "voice.ogg", mimeType: "audio/ogg", buffer: Buffer.alloc(300_000, 7) };
const WORDS = "what was told stays on the page";
const seen = { carried: [] };
const { browser } = await launch(seen);
let page;
let wire;

/** A phone of its own, full from the start: a browser remembers for a while how much room there was. */
async function openFull(path, prepare) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: "en-GB" });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => (seen.pageError ??= error.message.slice(0, 200)));
  wire = await context.newCDPSession(page);
  if (prepare) await page.addInitScript(prepare);
  else await room(1000);
  await page.goto(new URL(path, base).href);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  return context;
}

/** Room for so many bytes; without a number as much as the disk has. */
const room = (quotaSize) => wire.send("Storage.overrideQuotaForOrigin", { origin: new URL(base).origin, ...(quotaSize === undefined ? {} : { quotaSize }) });
const status = () => page.innerText("#status");

async function stepTo(selector) {
  for (let most = 40; most > 0 && !(await page.locator(`${selector}:visible`).count()); most -= 1) await page.locator("form .steps .main").click();
}

async function form() {
  const context = await openFull("/en/report");
  await stepTo('input[type="file"]');
  await page.fill('[name="account.narrative"]', WORDS);
  await page.setInputFiles('input[type="file"]', FILE);
  await stepTo('[name="agree"]');
  await page.check('[name="agree"]');
  await page.locator("form .steps .main").click();
  await page.waitForFunction(() => document.querySelector("#status").textContent.includes("full"));
  seen.form = await status();
  await page.screenshot({ path: join(out, "full-form.png"), fullPage: true });
  expect(!(await page.locator("#kept:visible").count()), "the page says it kept something");
  expect((await page.inputValue('[name="account.narrative"]')) === WORDS, "what was told is gone");
  await room();
  await page.locator("form .steps .main").click();
  await page.waitForSelector('#kept h2[data-fate="kept"]:visible');
  await context.close();
}

/** What a browser does that lets no page keep anything. */
const keepsNothing = () => {
  IDBFactory.prototype.open = () => {
    throw new DOMException("", "UnknownError");
  };
};

/** Nothing can be sent or kept: the answers stay, and what was sealed leaves as a file together with its digits. */
async function handOver(said, prepare) {
  const context = await openFull("/en/report", prepare);
  await stepTo('[name="account.narrative"]');
  await page.fill('[name="account.narrative"]', WORDS);
  await stepTo('[data-readers="can-read"] strong');
  await stepTo('[name="agree"]');
  await page.check('[name="agree"]');
  await context.setOffline(true);
  await page.locator("form .steps .main").click();
  await page.locator("#status button").waitFor();
  expect((await status()).includes(said), `the page says: ${await status()}`);
  expect((await page.inputValue('[name="account.narrative"]')) === WORDS, "what was told is gone");
  expect(!(await page.locator("#kept:visible").count()), "the page says it kept something");
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#status button").click()]);
  const heading = await page.locator("#kept h2:visible").innerText();
  expect(heading.includes("file"), `the page says: ${heading}`);
  const digits = (await page.innerText("#digits")).replace(/\D/g, "");
  await page.screenshot({ path: join(out, `handed-over-${said.replace(" ", "-")}.png`), fullPage: true });
  const bytes = readFileSync(await file.path());
  await context.close();
  await bring({ name: "report.sealed", mimeType: "application/octet-stream", buffer: bytes });
  seen.carried.push(digits);
}

/** Somebody with network chooses the file. */
async function bring(file) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(new URL("/en/waiting", base).href);
  await page.setInputFiles('input[type="file"]', file);
  await page.locator("#kept li").waitFor();
  await context.close();
}

async function worker() {
  const context = await openFull("/en/quick");
  await page.locator('label.chip:has(input[name="acts"]) >> visible=true').first().click();
  await page.waitForFunction(() => document.querySelector("#readers").textContent.length > 3);
  await context.setOffline(true);
  await page.click("#seal");
  await page.waitForFunction(() => document.querySelector("#status").textContent.includes("full"));
  seen.worker = await status();
  expect((await page.locator('input[name="acts"]:checked').count()) === 1, "what was tapped is gone");
  await room();
  await page.click("#seal");
  await page.waitForSelector("#sealed:not([hidden])");
  await context.setOffline(false);
  await page.waitForFunction(() => document.querySelector("#sealed-heading").textContent === "Kept.");
}

await conclude(seen, { browser }, async () => {
  await form();
  await handOver("device is full");
  await handOver("not let us keep", keepsNothing);
  await worker();
});
