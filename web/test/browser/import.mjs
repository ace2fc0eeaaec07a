// Drives the import page in a real browser:
//   node web/test/browser/import.mjs BASE_URL TABLE OUT_DIR
// table → map found → dry run → journal saved → sending, cut in the middle → a fresh page goes on with the journal → nothing twice.
// Prints one JSON line; exits 1 on the first thing that is not as it must be. Screenshots go to OUT_DIR.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { conclude, expect, launch, lookAt, lookHere, words } from "./browser.mjs";

const [base, table, out] = words("import.mjs BASE_URL TABLE OUT_DIR");

const seen = { ok: false, pages: {}, filed: 0, rowsSent: false };
const secret = readFileSync(table, "utf8").split("\n")[1]?.slice(0, 60) ?? "";
const { browser, context, page } = await launch(seen);
page.setDefaultTimeout(60_000);
page.on("request", (request) => {
  if ((request.postDataBuffer()?.toString("latin1") ?? "").includes(secret)) seen.rowsSent = true;
});

/** Without the marks that keep a number's direction apart. */
const told = async (selector) => (await page.innerText(selector)).replaceAll(/[\u2066-\u2069]/g, "");

async function picture(name) {
  await page.screenshot({ path: join(out, `import-${name}.png`), fullPage: true });
}

async function choose(language = "en", file = table) {
  await page.goto(new URL(`/${language}/import`, base).href);
  await page.waitForSelector("html[data-ready]");
  await page.setInputFiles("#table-file", file);
  await page.locator("#mapping").waitFor({ state: "visible" });
}

async function tryOut() {
  await page.click('#map button[type="submit"]');
  await page.locator("#trial").waitFor({ state: "visible" });
  return told("#tried");
}

/** Rows at fault among good ones; and what is no table. */
async function meetFaults(language, name) {
  const rows = Buffer.concat([readFileSync(table), Buffer.from("cut,in,the,middle\n")]);
  await choose(language, { name: "rows.csv", mimeType: "text/csv", buffer: rows });
  await tryOut();
  expect((await page.locator("#faults tbody tr").count()) === 1, "a row that was cut is no fault");
  expect((await told("#faults tbody td")) === (language === "ar" ? "٩" : "9"), `the row at fault is ${await told("#faults tbody td")}`);
  await picture(`faults-${name}`);
  seen.pages[`faults-${name}`] = await lookHere(page);
  await page.setInputFiles("#table-file", { name: "picture.csv", mimeType: "text/csv", buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) });
  await page.waitForFunction(() => document.querySelector("#status")?.textContent !== "");
  seen.pages[`no-table-${name}`] = await lookHere(page);
}

async function saved(button) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
  return download.path();
}

/** Sends, and says what the page told at the end. */
async function send() {
  await page.click("#send");
  await page.waitForFunction(() => document.querySelector("#result")?.textContent !== "");
  return told("#result");
}

await conclude(seen, { browser, page, picture: join(out, "import-failure.png") }, async () => {
  for (const [language, name] of [["en", "ltr"], ["ar", "rtl"]]) {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.goto(new URL(`/${language}/import`, base).href);
    await page.waitForSelector("html[data-ready]");
    await picture(name);
    seen.pages[name] = await lookAt(browser, context, page.url());
    await choose(language);
    await tryOut();
    await picture(`tried-${name}`);
    seen.pages[`tried-${name}`] = await lookHere(page);
    await meetFaults(language, name);
  }
  await choose();
  expect((await page.innerText("#map-found")).includes("bvmn"), "the shipped map was not found");
  seen.tried = await tryOut();
  expect(seen.tried.startsWith("8 of 8 rows"), `the trial says: ${seen.tried}`);
  expect(await page.isDisabled("#send"), "one can send before the journal is saved");
  const map = JSON.parse(readFileSync(await saved("#map-save"), "utf8"));
  expect(map.version === 1 && map.column.length === 18, "the saved map is none");
  expect(!JSON.stringify(map).includes("made-up"), "the saved map holds data");
  await page.setInputFiles("#map-file", { name: "iom.toml", mimeType: "text/plain", buffer: readFileSync(new URL("../../../config/import/iom.toml", import.meta.url)) });
  await page.waitForFunction(() => document.querySelector("#status")?.textContent?.includes("has no column"));
  await page.setInputFiles("#map-file", { name: "saved.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(map)) });
  await page.waitForFunction(() => document.querySelector("#status")?.textContent === "");
  expect((await tryOut()).startsWith("8 of 8 rows"), "the saved map reads the table otherwise");
  const journal = readFileSync(await saved("#journal-save"), "utf8");
  expect(journal.trim().split("\n").length === 1, "a fresh journal knows rows");

  let sent = 0;
  await page.route("**/api/v1/reports", (route) => (sent++ < 3 ? route.continue() : route.abort()));
  seen.cut = await send();
  expect(seen.cut.startsWith("3 filed") && seen.cut.includes("go on later"), `after the cut the page says: ${seen.cut}`);
  await page.unroute("**/api/v1/reports");

  // A fresh page with the journal as it was before anything was sent: as after a killed browser.
  await choose();
  await tryOut();
  await page.setInputFiles("#journal-file", { name: "rows.journal", mimeType: "text/plain", buffer: Buffer.from(journal) });
  await page.locator("#send:enabled").waitFor();
  seen.second = await send();
  expect(seen.second.startsWith("5 filed, 3 were filed before"), `the second run says: ${seen.second}`);
  seen.filed = 8;
  await picture("sent");
  seen.pages.sent = await lookHere(page);
  const after = readFileSync(await saved("#journal-save"), "utf8");
  expect(after.trim().split("\n").length === 9, "the journal does not know every row");
  seen.third = await send();
  expect(seen.third.startsWith("0 filed, 8 were filed before"), `the third run says: ${seen.third}`);
  expect(!seen.rowsSent, "a row left the browser in the clear");
});
