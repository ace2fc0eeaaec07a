// A phone that has no room left, in a real browser whose quota is really used up:
//   node web/test/browser/full.mjs BASE_URL OUT_DIR
// The form with a file says so, keeps what was answered, and works once there is room again. Form, worker mode and the form of another
// adult of a group, without network on a phone that is full or keeps nothing at all, hand what they sealed over as a file; another phone
// brings it. With network worker mode sends at once what it cannot keep.
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

/** Seals what nobody can send or keep: that is said, and it leaves as a file together with its digits. */
async function handOver(context, seal, said) {
  await context.setOffline(true);
  await page.locator(seal).click();
  await page.locator("#status button").waitFor();
  expect((await status()).includes(said), `the page says: ${await status()}`);
  expect(!(await page.locator('#kept [data-fate="kept"]:visible').count()), "the page says it kept something");
  expect(await page.evaluate((told) => (globalThis.typed ? typed.isConnected && typed.value === told : true), WORDS), "what was told is gone");
  expect(!(await page.locator("#digits:visible").count()), "digits are shown of what may be lost");
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#status button").click()]);
  const heading = await page.locator(":is(#kept, #sealed) h2:visible").innerText();
  expect(heading.includes("file"), `the page says: ${heading}`);
  const digits = (await page.innerText("#digits")).replace(/\D/g, "");
  expect(digits.length === 24 && !seen.carried.includes(digits), "no digits of their own");
  await page.screenshot({ path: join(out, `handed-over-${seen.carried.length}.png`), fullPage: true });
  seen.carried.push(digits);
  return { name: "report.sealed", mimeType: "application/octet-stream", buffer: readFileSync(await file.path()) };
}

async function formHandsOver(said, prepare) {
  const context = await openFull("/en/report", prepare);
  await stepTo('[name="account.narrative"]');
  await page.fill('[name="account.narrative"]', WORDS);
  await stepTo('[data-readers="can-read"] strong');
  await stepTo('[name="agree"]');
  await page.check('[name="agree"]');
  await page.evaluate(() => {
    globalThis.typed = document.querySelector('[name="account.narrative"]');
  });
  const file = await handOver(context, "form .steps .main", said);
  await context.close();
  await bring(file);
}

/** Somebody tells for a group, which is sent; then another adult of it tells, and the network is gone. */
async function anotherHandsOver(path, group) {
  const context = await openFull(path);
  await group();
  await page.locator('[data-do="hand"]').click();
  await page.locator('[data-do="begin"]').click();
  await page.check('[name="agree"]');
  const file = await handOver(context, '[data-step="form"] button[type="submit"]', "device is full");
  expect(!(await page.locator('[data-step="form"]').count()), "the form of who left stays on the page");
  return { context, file };
}

async function formForGroup() {
  await page.evaluate(() => {
    const count = document.querySelector('[name="people.0.count"]');
    count.value = "9";
    count.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await stepTo('[name="agree"]');
  await page.check('[name="agree"]');
  await page.locator("form .steps .main").click();
  await page.waitForSelector('#kept h2[data-fate="kept"]:visible');
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

const act = () => page.locator('label.chip:has(input[name="acts"]) >> visible=true').first().click();
const isKept = () => page.waitForFunction(() => document.querySelector("#sealed-heading").textContent === "Kept.");

async function quickForGroup() {
  await act();
  await page.locator('label.chip:has(input[name="count"][value="9"])').click();
  await page.click("#seal");
  await isKept();
}

/** The next one is handed over as well; then there is room, and one waits. */
async function worker({ context, file }) {
  await page.click("#next");
  expect(!(await page.locator("#carried:visible").count()), "what another took along stays on the page");
  await act();
  const next = await handOver(context, "#seal", "device is full");
  await page.click("#next");
  await room();
  await act();
  await page.click("#seal");
  await page.waitForSelector("#sealed:not([hidden])");
  expect((await page.innerText("#sealed-heading")).endsWith("1 waiting.") && !(await page.locator("#carried").count()), "it does not say what waits");
  await context.setOffline(false);
  await isKept();
  await context.close();
  return [file, next];
}

/** A tap on sealing that could keep and send nothing takes nothing away. */
async function workerStays() {
  const context = await openFull("/en/quick", keepsNothing);
  await act();
  await page.waitForFunction(() => document.querySelector("#readers").textContent.length > 3);
  await context.setOffline(true);
  await page.click("#seal");
  await page.locator("#status button").waitFor();
  expect((await status()).includes("not let us keep"), `the page says: ${await status()}`);
  expect((await page.locator('input[name="acts"]:checked').count()) === 1, "what was tapped is gone");
  await context.close();
}

await conclude(seen, { browser }, async () => {
  await form();
  await formHandsOver("device is full");
  await formHandsOver("not let us keep", keepsNothing);
  const beside = await anotherHandsOver("/en/report", formForGroup);
  await beside.context.close();
  const taken = await worker(await anotherHandsOver("/en/quick", quickForGroup));
  for (const file of [beside.file, ...taken]) await bring(file);
  await workerStays();
});
