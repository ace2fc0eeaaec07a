// Drives the members' dashboard in a real browser:
//   node web/test/browser/dashboard.mjs BASE_URL KEY_FILE REPORT_ID TARGET_INSTITUTION OUT_DIR
// sign in → queue → case → parts opened → refer with preview → confirmation → sign out. Each page is looked at by axe.
// Prints one JSON line; exits 1 on the first thing that is not as it must be. Screenshots go to OUT_DIR.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Failure, launch, lookAt } from "./browser.mjs";

const [base, keyFile, report, target, out] = process.argv.slice(2);
if (!out) {
  console.error("usage: dashboard.mjs BASE_URL KEY_FILE REPORT_ID TARGET_INSTITUTION OUT_DIR");
  process.exit(2);
}
mkdirSync(out, { recursive: true });

const seen = { ok: false, pages: {}, opened: [], preview: {}, requests: 0, keySent: false };
const { browser, context } = await launch();
const page = await context.newPage();
page.setDefaultTimeout(20_000);
page.on("request", (request) => watch(request));
page.on("pageerror", (error) => (seen.pageError ??= error.name));

/** Nothing of the key file may ever leave the browser. */
function watch(request) {
  seen.requests += 1;
  if ((request.postData() ?? "").includes("AGE-SECRET-KEY")) seen.keySent = true;
}

function expect(holds, what) {
  if (!holds) throw new Failure(what);
}

async function look(name) {
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
  seen.pages[name] = await lookAt(browser, context, page.url());
}

async function signIn() {
  await page.goto(new URL("/sign-in", base).href);
  await look("sign-in");
  await page.setInputFiles("#key-file", keyFile);
  await page.click("#sign-in button");
  await page.waitForURL("**/queue**");
  await page.waitForSelector("html[data-ready]");
}

async function walkQueue() {
  await look("queue");
  const link = page.locator(`a[href="/reports/${report}"]`);
  expect((await link.count()) === 1, "the report is not in the queue");
  seen.why = (await link.innerText()).trim();
  expect(seen.why.split(/\s+/).length <= 8, "the why is longer than eight words");
  await link.click();
  await page.waitForURL(`**/reports/${report}`);
  await page.waitForSelector("html[data-ready]");
}

async function openParts() {
  const headings = await page.locator("h2").evaluateAll((all) => all.map((heading) => heading.id));
  expect(headings.indexOf("needs") < headings.indexOf("known"), "needs stand below what happened");
  expect((await page.locator("details[data-part][open]").count()) === 0, "a part is unfolded before anybody asked");
  await look("case");
  for (const details of await page.locator("details[data-part]").all()) {
    const name = await details.getAttribute("data-part");
    await details.locator("summary").click();
    await details.locator(".checked, .refused").waitFor();
    expect((await details.locator(".refused").count()) === 0, `part ${name} did not open`);
    seen.opened.push(name);
  }
  expect(seen.opened.length > 0, "no part was there to open");
  seen.text = (await page.locator('details[data-part="account"] [data-content]').innerText()).trim().slice(0, 200);
  await page.screenshot({ path: join(out, "case-opened.png"), fullPage: true });
}

async function refer() {
  await page.click(`a[href="/reports/${report}/refer/${target}"]`);
  await page.waitForSelector("html[data-ready]");
  await look("refer");
  const visible = (id) => page.locator(`#${id} > li:visible`).allInnerTexts();
  seen.preview = { see: await visible("seen"), doNotSee: await visible("unseen"), tells: await page.innerText("#tells") };
  const boxes = page.locator('input[name="part"]:enabled');
  expect((await boxes.count()) > 0, "no part may be passed on");
  const first = boxes.first();
  const before = (await visible("seen")).length;
  await first.click();
  expect((await visible("seen")).length !== before, "the preview does not follow the boxes");
  if (!(await first.isChecked())) await first.click();
  if (await page.locator("#hazard").count()) await page.check("#hazard");
  await page.click('form[data-act="refer"] button[type="submit"]');
  await page.waitForURL(`**/reports/${report}`);
  await page.waitForSelector("html[data-ready]");
  const statements = await page.locator(".statements > li").allInnerTexts();
  seen.lastStatement = statements.at(-1);
  await page.screenshot({ path: join(out, "case-referred.png"), fullPage: true });
}

async function signOut() {
  await page.click("#sign-out");
  await page.waitForURL("**/sign-in");
  seen.keysLeft = await page.evaluate(keysLeft);
  expect(seen.keysLeft === 0, "keys were left behind after signing out");
  const again = await page.goto(new URL("/queue", base).href);
  expect(again.status() === 401, "the queue is open after signing out");
}

/** How many wrapped keys IndexedDB still holds. */
function keysLeft() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("putokaz", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("keys");
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const count = asked.result.transaction("keys").objectStore("keys").count();
      count.onsuccess = () => resolve(count.result);
    };
  });
}

try {
  await signIn();
  await walkQueue();
  await openParts();
  await refer();
  await signOut();
  expect(!seen.keySent, "a secret key left the browser");
  expect(!seen.pageError, "a script failed");
  const violations = Object.values(seen.pages).flat();
  expect(violations.length === 0, "axe found violations");
  seen.ok = true;
} catch (cause) {
  seen.failure = cause instanceof Failure ? cause.message : `${cause.name}: ${cause.message.split("\n")[0]}`;
  seen.at = page.url();
  seen.status = await page.locator("#status").innerText({ timeout: 1000 }).catch(() => "");
  await page.screenshot({ path: join(out, "failure.png"), fullPage: true }).catch(() => undefined);
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
process.exitCode = seen.ok ? 0 : 1;
