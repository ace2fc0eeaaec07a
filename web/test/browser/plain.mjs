// Walks through the plain door with script switched off:
//   node web/test/browser/plain.mjs PUBLIC_URL LANGUAGE OUT_DIR
// questions → a fault → who could read it → sealed → digits → status → withdrawn. Each page is looked at by axe, 320 pixels wide.
// Prints one JSON line with what axe found, the digits, and what was asked for; exits 1 on the first thing that is not as it must be.

import { join } from "node:path";
import { conclude, expect, launch, lookHere, words } from "./browser.mjs";

const [base, language, out] = words("plain.mjs PUBLIC_URL LANGUAGE OUT_DIR");

const seen = { ok: false, pages: {}, direction: "", digits: "", asked: [], scripts: 0 };
const { browser, context, page } = await launch(seen, { javaScriptEnabled: false, viewport: { width: 360, height: 640 } });
const inspector = await browser.newContext();
page.on("request", (request) => {
  seen.asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
  if (request.resourceType() === "script") seen.scripts += 1;
});

/** What axe finds on the page as it stands: shown once more, word for word, where a script may look at it. */
async function look(name) {
  await page.screenshot({ path: join(out, `plain-${language}-${name}.png`), fullPage: true });
  const html = await page.content();
  const twin = await inspector.newPage();
  await twin.route(page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  await twin.goto(page.url());
  seen.pages[name] = await lookHere(twin);
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

await conclude(seen, { browser, page, picture: join(out, `plain-${language}-failure.png`) }, async () => {
  await file();
  await comeBack();
  expect(seen.scripts === 0, "a script was asked for");
  expect((await context.cookies()).length === 0, "there is a cookie");
});
