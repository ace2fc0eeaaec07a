// A new version of the pages while a form is half filled in and a report waits, in a real browser:
//   node web/test/browser/update.mjs BASE_URL
// Prints the line "update" when the server is to be given another version, and goes on when a line comes on stdin. The form that is
// open is finished with the code it began with; what waits is sent; the next page is of the new version. Prints one JSON line;
// exits 1 on the first thing that is not as it must be.

import { conclude, expect, launch, meanwhile, until, words } from "./browser.mjs";

const [base] = words("update.mjs BASE_URL");
const seen = {};
const { browser, context, page: form } = await launch(seen);

const at = (path) => new URL(path, base).href;
const shelves = (page) => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("putokaz-")));
const script = (page) => page.locator('script[src*="/assets/"]').last().getAttribute("src");
const on = () => form.locator("form .steps .main").click();

/** The form is begun; everything lies on the phone. */
async function begin() {
  await form.goto(at("/en/report"));
  await form.waitForSelector("html[data-ready]", { state: "attached" });
  await form.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await until(form, async () => {
    const all = await Promise.all(["/en/quick", "/en/report", "/api/v1/words/en", "/api/v1/directory", "/api/v1/tables", "/api/v1/readers"].map((path) => caches.match(path)));
    return all.every(Boolean);
  });
  await on();
  await on();
  seen.former = { shelves: await shelves(form), script: await script(form) };
}

/** Without network a report is sealed in another tab, and the tab is closed. */
async function sealOne() {
  await context.setOffline(true);
  const page = await context.newPage();
  await page.goto(at("/en/quick"));
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  await page.locator('label.chip:has(input[name="acts"]) >> visible=true').first().click();
  await page.click("#seal");
  await page.waitForSelector("#sealed:not([hidden])");
  await page.close();
}

async function update() {
  await meanwhile("update");
  await context.setOffline(false);
  await form.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
  });
  await until(form, async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting));
  expect((await shelves(form)).length === 2, "the former version went while a page of it is open");
}

async function finish() {
  const filed = form.waitForResponse((answer) => answer.url().endsWith("/api/v1/reports") && answer.request().method() === "POST");
  for (let most = 40; most > 0 && !(await form.locator('[name="agree"]:visible').count()); most -= 1) await on();
  await form.check('[name="agree"]');
  await on();
  expect((await filed).status() === 201, "the form that was open could not be sent");
  await form.waitForSelector("#kept:visible");
  await form.close();
}

async function sendWhatWaits() {
  const page = await context.newPage();
  await page.goto(at("/en/waiting"));
  // The browser itself may have sent it already, as soon as there was network.
  await page.waitForFunction(() => document.querySelector("#count:not([hidden])") && document.querySelectorAll("#list li").length === 0);
  // The new version answers once no page of the former is open: the browser may take a moment to see that.
  for (let most = 20; most > 0 && (await shelves(page)).includes(seen.former.shelves[0]); most -= 1) {
    await page.goto("about:blank");
    await page.waitForTimeout(200);
    await page.goto(at("/en/report"));
  }
  seen.latter = { shelves: await shelves(page), script: await script(page) };
  expect(seen.latter.shelves.length === 1 && seen.latter.shelves[0] !== seen.former.shelves[0], "the former version is still there");
  expect(seen.latter.script !== seen.former.script, "the page is still of the former version");
}

await conclude(seen, { browser }, async () => {
  await begin();
  await sealOne();
  await update();
  await finish();
  await sendWhatWaits();
});
