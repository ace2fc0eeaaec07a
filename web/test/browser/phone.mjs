// A phone that dies, in a real browser whose profile lies on the disk: node web/test/browser/phone.mjs BASE_URL OUT_DIR
// Installed → opened from its icon without network → killed while it seals: the draft comes back → killed while it sends: it goes on
// where it stood → of two that wait one is taken out as a file and deleted, and another phone delivers it. Prints one JSON line; the
// file that was sealed lies in OUT_DIR. Exits 1 on the first thing that is not as it must be.

import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { conclude, expect, launch, launchOnDisk, visit, words } from "./browser.mjs";

const [base, out] = words("phone.mjs BASE_URL OUT_DIR");
const WORDS = "what was told before the phone died";
const FILE = join(out, "phone.bin");
const profile = mkdtempSync(join(tmpdir(), "putokaz-phone-"));
writeFileSync(FILE, randomBytes(30_000_000));

const seen = { filed: [], offsets: [] };
const held = {};
let context;
let page;

async function switchOn(offline) {
  ({ browser: held.browser, context, page } = await launchOnDisk(profile, seen));
  await context.setOffline(offline);
  await context.addInitScript(() => {
    globalThis.asked = 0;
    navigator.storage.persist = async () => Boolean((globalThis.asked += 1));
  });
  context.on("request", (request) => request.method() === "PATCH" && seen.offsets.push(Number(request.headers()["upload-offset"])));
  context.on("response", async (answer) => {
    if (answer.request().method() !== "POST" || !answer.url().endsWith("/api/v1/reports")) return;
    if (answer.status() === 201) seen.filed.push((await answer.json().catch(() => ({}))).report);
  });
}

/** The battery: every process of this browser ends at once, and nothing is put away. */
async function die() {
  const gone = new Promise((done) => context.on("close", done));
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const line = await Promise.resolve().then(() => readFileSync(`/proc/${id}/cmdline`, "utf8")).catch(() => "");
    if (line.includes(`--user-data-dir=${profile}`)) process.kill(Number(id), "SIGKILL");
  }
  await gone;
  for (const name of ["SingletonLock", "SingletonCookie", "SingletonSocket"]) rmSync(join(profile, name), { force: true });
}

async function open(path) {
  await page.goto(new URL(path, base).href);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
}

async function install() {
  await visit(page, base, ["/en/quick", "/en/report", "/en/waiting", "/en/manifest.webmanifest", "/api/v1/words/en", "/api/v1/directory", "/api/v1/tables", "/api/v1/readers"]);
  const wire = await context.newCDPSession(page);
  const { installabilityErrors } = await wire.send("Page.getInstallabilityErrors");
  const { errors, data } = await wire.send("Page.getAppManifest");
  expect(installabilityErrors.length === 0 && errors.length === 0, `not installable: ${JSON.stringify([installabilityErrors, errors])}`);
  const { icons, start_url } = JSON.parse(data);
  for (const { src } of icons) {
    const drawn = await page.evaluate((address) => Object.assign(new Image(), { src: address }).decode().then(() => true, () => false), src);
    expect(drawn, "an icon cannot be drawn");
  }
  return start_url;
}

async function sealQuick() {
  await page.locator('label.chip:has(input[name="acts"]) >> visible=true').first().click();
  await page.click("#seal");
  await page.locator("#sealed").waitFor();
}

async function fromIcon(start) {
  await context.setOffline(true);
  await page.goto(new URL(start, base).href);
  await page.click('a[href="/en/quick"]');
  await page.waitForSelector("html[data-ready]");
  expect((await page.evaluate(() => globalThis.asked)) === 0, "storage is asked for before anything waits");
  await sealQuick();
  expect((await page.evaluate(() => globalThis.asked)) === 1, "the browser is not asked to keep what waits");
}

async function stepTo(selector) {
  for (let most = 40; most > 0 && !(await page.locator(`${selector}:visible`).count()); most -= 1) await page.locator("form .steps .main").click();
}

async function press() {
  await stepTo('input[type="file"]');
  await page.setInputFiles('input[type="file"]:visible', FILE);
  await stepTo('[name="agree"]');
  await page.check('[name="agree"]');
  await page.locator("form .steps .main").click();
}

async function diesWhileSealing() {
  await open("/en/report");
  await stepTo('[name="account.narrative"]');
  await page.fill('[name="account.narrative"]', WORDS);
  await press();
  await page.waitForFunction(() => document.querySelector("#status progress")?.value > 0);
  await die();
  await switchOn(true);
  await open("/en/report");
  await page.click("#draft-continue");
  expect((await page.inputValue('[name="account.narrative"]')) === WORDS, "what was told is gone");
  await press();
  await page.locator('#kept h2[data-fate="waiting"]').waitFor();
}

async function diesWhileSending() {
  await context.setOffline(false);
  for (let most = 200; most > 0 && seen.offsets.length < 4; most -= 1) await page.waitForTimeout(50);
  await die();
  const before = seen.offsets.splice(0).length;
  expect(before >= 4 && seen.filed.length <= 1, `${before} pieces were sent, and ${seen.filed.length} kept`);
  await switchOn(false);
  await open("/en/waiting");
  await page.waitForFunction(() => document.querySelector("#count:not([hidden])") && document.querySelectorAll("#list li").length === 0);
  expect(seen.offsets[0] > 1024 * 1024, `it went on at ${seen.offsets[0]}`);
}

async function anotherDelivers() {
  await context.setOffline(true);
  await open("/en/quick");
  await sealQuick();
  await page.click("#next");
  await sealQuick();
  await open("/en/waiting");
  const first = page.locator("#list li").first();
  const [file] = await Promise.all([page.waitForEvent("download"), first.getByText("Take out as a file").click()]);
  const buffer = readFileSync(await file.path());
  const other = await launch(seen);
  await other.page.goto(new URL("/en/waiting", base).href);
  await other.page.setInputFiles("#bring", { name: file.suggestedFilename(), mimeType: "application/octet-stream", buffer });
  await other.page.locator("#kept li").waitFor();
  await other.browser.close();
  await first.getByText("Delete").click();
  expect((await page.locator("#list li").count()) === 2, "one touch deletes");
  await first.getByText("Delete for ever").click();
  await page.waitForFunction(() => document.querySelectorAll("#list li").length === 1);
  await context.setOffline(false);
  await page.waitForFunction(() => document.querySelector("#kept li") && !document.querySelector("#list li"));
}

await switchOn(false);
await conclude(seen, { browser: { close: () => held.browser.close() } }, async () => {
  const start = await install();
  await fromIcon(start);
  await diesWhileSealing();
  await diesWhileSending();
  await anotherDelivers();
});
rmSync(profile, { recursive: true, force: true });
