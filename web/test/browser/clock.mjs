// Phones whose clocks are wrong, in a real browser: node web/test/browser/clock.mjs BASE_URL OUT_DIR
// Each seals what happened "today" in worker mode without network, years back, a day ahead, a year ahead, or right; then there is network,
// and the clock stands elsewhere again. Each is kept. Years back the page says so, and the form takes the day that was typed. Prints one
// JSON line: the report of each; exits 1 on the first thing that is not as it must be.

import { join } from "node:path";
import { conclude, expect, launch, visit, words } from "./browser.mjs";

const [base, out] = words("clock.mjs BASE_URL OUT_DIR");
const WRONG = "date on this device is wrong";
const DAY = 86_400_000;
const today = Date.now();
const BACK = Date.UTC(2012, 0, 1);
const PHONES = { back: [BACK, today], ahead: [today + DAY, today + DAY], year: [today + 365 * DAY, today], right: [today, BACK] };

const seen = { reports: {}, said: {} };
const { browser } = await launch(seen);

/** A phone of its own, that was here with network once. */
async function phone(clock) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: "en-GB" });
  await context.addInitScript((apart) => {
    const right = Date;
    globalThis.apart = apart;
    const now = () => right.now() + globalThis.apart;
    globalThis.Date = new Proxy(right, {
      construct: (_, given) => (given.length === 0 ? new right(now()) : new right(...given)),
      get: (_, name) => (name === "now" ? now : right[name]),
    });
  }, clock - today);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => (seen.pageError ??= error.message.slice(0, 200)));
  await visit(page, base, ["/en/quick", "/en/report", "/api/v1/words/en", "/api/v1/directory", "/api/v1/tables", "/api/v1/readers"]);
  return { context, page };
}

async function open(page, path) {
  await page.goto(new URL(path, base).href);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
}

const filed = (context) => context.waitForEvent("response", (answer) => answer.request().method() === "POST" && answer.url().endsWith("/api/v1/reports"));

async function worker(name, [sealing, sending]) {
  const { context, page } = await phone(sealing);
  await context.setOffline(true);
  await open(page, "/en/quick");
  for (const [field, value] of [["when", "0"], ["acts", "PUSH-01"]]) await page.locator(`label.chip:has(input[name="${field}"][value="${value}"]) >> visible=true`).click();
  await page.waitForFunction(() => document.querySelector("#readers").textContent.length > 3);
  seen.said[name] = await page.innerText("#readers");
  await page.screenshot({ path: join(out, `clock-${name}.png`), fullPage: true });
  await page.click("#seal");
  await page.locator("#sealed").waitFor();
  await page.evaluate((apart) => (globalThis.apart = apart), sending - today);
  const sent = filed(context);
  await context.setOffline(false);
  const answer = await sent;
  expect(answer.status() === 201, `${name}: the server answered ${answer.status()}`);
  seen.reports[name] = (await answer.json()).report;
  await page.waitForFunction(() => document.querySelector("#sealed-heading").textContent === "Kept.");
  await context.close();
}

async function form() {
  const { context, page } = await phone(BACK);
  await open(page, "/en/report");
  const on = () => page.locator("form .steps .main").click();
  for (let most = 40; most > 0 && !(await page.locator('[name="event.from"][type="date"]:visible').count()); most -= 1) await on();
  await page.fill('[name="event.from"][type="date"]', new Date(today).toISOString().slice(0, 10));
  for (let most = 40; most > 0 && !(await page.locator('[name="agree"]:visible').count()); most -= 1) await on();
  expect((await page.locator("[data-lists]").first().textContent()).includes(WRONG), "nobody says that the date is wrong");
  await page.check('[name="agree"]');
  const sent = filed(context);
  await on();
  seen.reports.form = (await (await sent).json()).report;
  await page.locator('#kept h2[data-fate="kept"]').waitFor();
  await context.close();
}

await conclude(seen, { browser }, async () => {
  for (const [name, clocks] of Object.entries(PHONES)) await worker(name, clocks);
  expect(seen.said.back.includes(WRONG), `years back the page says: ${seen.said.back}`);
  expect(!seen.said.ahead.includes(WRONG) && !seen.said.right.includes(WRONG), "a right clock is called wrong");
  expect(seen.said.year.includes("out of date"), `a year ahead the page says: ${seen.said.year}`);
  await form();
});
