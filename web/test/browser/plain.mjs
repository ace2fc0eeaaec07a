// Walks through the plain door with script switched off:
//   node web/test/browser/plain.mjs PUBLIC_URL LANGUAGE OUT_DIR
// questions → a fault → who could read it → sealed → digits → status → withdrawn. Each page is looked at by axe, 320 pixels wide.
// Prints one JSON line with what axe found, the digits, and what was asked for; exits 1 on the first thing that is not as it must be.

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Failure, launch } from "./browser.mjs";

const [base, language, out] = process.argv.slice(2);
if (!out) {
  console.error("usage: plain.mjs PUBLIC_URL LANGUAGE OUT_DIR");
  process.exit(2);
}
mkdirSync(out, { recursive: true });

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const seen = { ok: false, pages: {}, direction: "", digits: "", asked: [], scripts: 0 };
const { browser } = await launch();
const walker = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 640 } });
const inspector = await browser.newContext({ bypassCSP: true, viewport: { width: 320, height: 640 } });
const page = await walker.newPage();
page.setDefaultTimeout(30_000);
page.on("request", (request) => {
  seen.asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
  if (request.resourceType() === "script") seen.scripts += 1;
});

function expect(holds, what) {
  if (!holds) throw new Failure(what);
}

/** What axe finds on the page as it stands: shown once more, word for word, where a script may look at it. */
async function look(name) {
  await page.screenshot({ path: join(out, `plain-${language}-${name}.png`), fullPage: true });
  const html = await page.content();
  const twin = await inspector.newPage();
  await twin.route(page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  await twin.goto(page.url());
  await twin.addScriptTag({ content: axe });
  const { violations } = await twin.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  const wide = await twin.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`);
  seen.pages[name] = wide ? [...found, "reflow: wider than 320 pixels"] : found;
  seen.direction = /<html[^>]* dir="(\w+)"/.exec(html)?.[1] ?? "";
  await twin.close();
}

async function file() {
  await page.goto(new URL(`/${language}/plain`, base).href);
  await look("questions");
  await page.fill('[name="account.narrative"]', "A made-up account.");
  await page.fill('[name="people.0.count"]', "many");
  await page.locator('details:has([value="PUSH-01"]) summary').first().click();
  await page.check('[name="acts"][value="PUSH-01"]');
  await page.click('button[value="check"]');
  await look("fault");
  expect((await page.inputValue('[name="account.narrative"]')) === "A made-up account.", "what was typed is lost");
  await page.fill('[name="people.0.count"]', "۳");
  await page.click('button[value="check"]');
  await look("lists");
  await page.check('[name="agree"]');
  await page.locator('button[value="send"]').last().click();
  await look("kept");
  seen.digits = (await page.locator(".digits").innerText()).replace(/\D/g, "");
  expect(seen.digits.length === 24, "there are no digits");
}

async function comeBack() {
  await page.goto(new URL(`/${language}/plain/receipt`, base).href);
  await look("receipt");
  await page.fill("#digits", "0".repeat(24));
  await page.click("main form button");
  await look("nothing");
  await page.fill("#digits", seen.digits);
  await page.click("main form button");
  await look("status");
  await page.click('button[value="withdraw"]');
  await look("withdrawn");
  expect((await page.locator('button[value="undo"]').count()) === 1, "it cannot be taken back");
}

try {
  await file();
  await comeBack();
  expect(seen.scripts === 0, "a script was asked for");
  expect((await walker.cookies()).length === 0, "there is a cookie");
  const violations = Object.values(seen.pages).flat();
  expect(violations.length === 0, "axe found violations");
  seen.ok = true;
} catch (error) {
  seen.error = error instanceof Failure ? error.message : String(error).split("\n")[0];
  process.exitCode = 1;
} finally {
  await browser.close();
  console.log(JSON.stringify(seen));
}
