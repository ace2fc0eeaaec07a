// Sets a volunteer's phone up with an organisation's filing link: node web/test/browser/link.mjs ADDRESS OUT_DIR
// the link's address → set up → shown to the next person → a report filed through it, and one against the organisation. The secret is in no address, no history
// and no storage that can be read. Prints one JSON line; exits 1 on the first thing that is not as it must be.

import { join } from "node:path";
import { conclude, expect, launch, lookHere, words } from "./browser.mjs";

const [address, out] = words("link.mjs ADDRESS OUT_DIR");
const MOST_SECONDS = 120;
const [institution, secret] = new URL(address).hash.slice(1).split(".");
const addressIn = (language) => address.replace("/en/link", `/${language}/link`);

const seen = { ok: false, pages: {}, filings: [], seconds: 0 };
const { browser, context, page } = await launch(seen, { viewport: { width: 360, height: 640 }, hasTouch: true, serviceWorkers: "block" });
page.on("request", hear);

function hear(request) {
  if (decodeURIComponent(request.url()).includes(secret)) seen.told ??= new URL(request.url()).pathname;
  if (request.method() === "POST" && request.url().endsWith("/api/v1/reports")) {
    seen.filings.push(request.headers().authorization === `Link ${secret}` ? "link" : "none");
  }
}

const picture = (name) => page.screenshot({ path: join(out, `link-${name}.png`), fullPage: true });

async function look(name) {
  await picture(name);
  seen.pages[name] = await lookHere(page);
}

async function open(language) {
  await page.goto("about:blank");
  await page.goto(addressIn(language));
  await page.waitForSelector("html[data-ready]");
  expect(!page.url().includes("#"), "the secret stays in the address");
}

async function setUp() {
  await page.goto(address.split("#")[0]);
  await page.waitForSelector("html[data-ready]");
  expect(await page.isHidden("#offered"), "a link is offered where none is");
  // Pasted into the tab that shows the page already.
  await page.goto(address);
  await page.locator("#offered").waitFor();
  expect(!page.url().includes("#"), "a pasted secret stays in the address");
  seen.offered = await page.innerText("#status");
  expect(!seen.offered.includes(institution), "the organisation is shown by its code");
  await look("offered");
  await page.locator("#use").tap();
  await page.locator("#held").waitFor();
  await page.locator("#show").tap();
  await page.locator("#code svg").waitFor();
  await look("held");
}

/** A report in worker mode, until it reads "Kept". */
async function file() {
  await page.locator('#held a[href$="/quick"]').tap();
  await page.waitForSelector("html[data-ready]");
  await page.locator('label.chip:has(input[name="acts"][value="PUSH-01"]) >> visible=true').tap();
  await page.locator("#seal").tap();
  await page.locator("#sealed").waitFor();
  await page.waitForFunction(() => document.querySelector("#sealed-heading").textContent.startsWith("Kept"));
}

/** A report against the worker's own organisation: it does not learn through whom it came. */
async function fileAgainstIt() {
  const form = await context.newPage();
  form.on("request", hear);
  await form.goto(new URL("/en/report", address).href);
  await form.waitForSelector("html[data-ready]", { state: "attached" });
  const on = () => form.locator("form .steps .main").tap();
  const named = form.locator('select:visible:has(option[value^="institution:"])');
  for (let most = 40; most > 0 && !(await named.count()); most -= 1) await on();
  await named.selectOption(`institution:${institution}`);
  for (let most = 40; most > 0 && !(await form.locator('[name="agree"]:visible').count()); most -= 1) await on();
  await form.check('[name="agree"]');
  await on();
  await form.locator('#kept h2[data-fate="kept"]').waitFor();
  await form.close();
}

/** What a thief of the phone reads. */
async function stolen() {
  return page.evaluate(async () => {
    const asked = indexedDB.open("putokaz");
    const database = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
    let found = location.href + JSON.stringify(history.state);
    for (const room of database.objectStoreNames) {
      const all = database.transaction(room).objectStore(room).getAll();
      for (const row of await new Promise((done) => (all.onsuccess = () => done(all.result)))) {
        found += JSON.stringify(row, (_, value) => (ArrayBuffer.isView(value) ? new TextDecoder("latin1").decode(value) : value));
      }
    }
    database.close();
    return found;
  });
}

await conclude(seen, { browser, page, picture: join(out, "link-failure.png") }, async () => {
  const begun = Date.now();
  await setUp();
  await file();
  seen.seconds = (Date.now() - begun) / 1000;
  expect(seen.seconds <= MOST_SECONDS, `set up and filed only after ${seen.seconds} seconds`);
  await fileAgainstIt();
  expect(!seen.told, `the secret was sent as an address to ${seen.told}`);
  expect(!(await stolen()).includes(secret), "the secret can be read on the phone");
  for (const language of ["ar", "en"]) {
    await open(language);
    await page.locator("#offered").waitFor();
    await look(`offered-${language}`);
  }
});
