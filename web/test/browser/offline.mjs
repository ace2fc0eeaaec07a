// A field worker's phone in a real browser, without network and with it again:
//   node web/test/browser/offline.mjs BASE_URL OUT_DIR
// pages cached → network cut → worker mode, taps counted → sealed → a voice note and a photo shared onto it → network back → kept.
// Prints one JSON line; exits 1 on the first thing that is not as it must be. Screenshots go to OUT_DIR.

import { createHash } from "node:crypto";
import { join } from "node:path";
import { conclude, expect, launch, lookAt, lookHere, until, words } from "./browser.mjs";

const [base, out] = words("offline.mjs BASE_URL OUT_DIR");

const MOST_TAPS = 14;
const MOST_SECONDS = 90;
const KEPT_SECONDS = 5;
const WORDS = "a voice note that nobody else may hear";

const seen = { ok: false, taps: 0, pages: {} };
const { browser, context, page } = await launch(seen, { viewport: { width: 360, height: 640 }, hasTouch: true });

const open = (path) => page.goto(new URL(path, base).href);
const picture = (name) => page.screenshot({ path: join(out, `${name}.png`), fullPage: true });

async function tap(selector) {
  seen.taps += 1;
  await page.locator(selector).tap();
}

const chip = (name, value) => tap(`label.chip:has(input[name="${name}"][value="${value}"]) >> visible=true`);

/** Once with network: everything later needs lies on the phone. */
async function visit() {
  await open("/en/");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await until(page, async () => {
    for (const name of await caches.keys()) {
      const shelf = await caches.open(name);
      const found = await Promise.all(["/en/quick", "/api/v1/directory", "/api/v1/readers"].map((path) => shelf.match(path)));
      if (found.every(Boolean)) return true;
    }
    return false;
  });
}

/** From the icon to a sealed record, without network. */
async function fileForGroup() {
  await context.setOffline(true);
  const begun = Date.now();
  seen.taps += 1;
  await open("/en/");
  await tap('a[href="/en/quick"]');
  await page.waitForSelector("html[data-ready]");
  await picture("quick");
  await chip("when", "0");
  seen.taps += 2;
  await page.selectOption("#area", "BA-BIH-01-BIHAC");
  await chip("acts", "PUSH-01");
  await chip("acts", "FORC-01");
  await chip("accused", "P-HRPOL");
  await chip("count", "9");
  await chip("children", "family");
  await chip("needs", "ND-FOOD");
  await chip("consent", "help");
  await page.waitForFunction(() => document.querySelector("#readers").textContent.length > 3);
  seen.readers = await page.innerText("#readers");
  await tap("#seal");
  await page.waitForSelector("#sealed:not([hidden])");
  seen.seconds = (Date.now() - begun) / 1000;
  seen.sealed = await page.innerText("#sealed-heading");
  await picture("sealed");
  seen.pages.sealed = await lookHere(page);
  expect(seen.sealed === "Sealed. This phone cannot open it. 1 waiting.", "the sealed sentence is another");
  expect(seen.taps <= MOST_TAPS, `${seen.taps} taps`);
  expect(seen.seconds <= MOST_SECONDS, `${seen.seconds} seconds`);
  expect(/^(\d{4}\s+){5}\d{4}$/.test(await page.innerText("#digits")), "no digits are shown");
}

/** Another app shares a voice note and a photo: the browser posts it to the share target, which the service worker answers. */
async function share() {
  seen.shareTaps = 2;
  const photo = await page.screenshot({ type: "jpeg" });
  seen.photo = createHash("sha256").update(photo).digest("hex");
  await page.evaluate(([words, picture]) => {
    const form = document.createElement("form");
    form.method = "POST";
    form.action = "/share";
    form.enctype = "multipart/form-data";
    const input = document.createElement("input");
    input.type = "file";
    input.name = "file";
    const files = new DataTransfer();
    files.items.add(new File([words], "voice.ogg", { type: "audio/ogg" }));
    files.items.add(new File([Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))], "photo.jpg", { type: "image/jpeg" }));
    input.files = files.files;
    form.append(input);
    document.body.append(form);
    form.submit();
  }, [WORDS, photo.toString("base64")]);
  await page.waitForURL("**/en/waiting");
  await page.waitForSelector("html[data-ready]");
  await picture("shared");
  seen.shareTaps += 1;
  await page.locator("#shared button.main").tap();
  await page.waitForFunction(() => document.querySelectorAll("#list li").length === 2);
  await picture("waiting");
  seen.pages["waiting-two"] = await lookHere(page);
  expect(seen.shareTaps <= 4, "more than four taps to share");
}

/** What a thief of this phone finds in its storage. */
async function stolen() {
  return page.evaluate(async () => {
    const asked = indexedDB.open("putokaz");
    const database = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
    const found = [];
    for (const room of database.objectStoreNames) {
      const all = database.transaction(room).objectStore(room).getAll();
      for (const row of await new Promise((done) => (all.onsuccess = () => done(all.result)))) {
        found.push(room, ...(await texts(row)));
      }
    }
    database.close();
    return found.join("\n");
    async function texts(value) {
      if (value instanceof Blob) return [await value.text()];
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return [new TextDecoder("latin1").decode(value)];
      if (typeof value !== "object" || value === null) return [String(value)];
      return (await Promise.all(Object.values(value).map(texts))).flat();
    }
  });
}

/** Without a touch. */
async function networkComes() {
  const begun = Date.now();
  await context.setOffline(false);
  await page.waitForFunction(() => document.querySelectorAll("#kept li").length === 2, undefined, { polling: 50 });
  seen.keptSeconds = (Date.now() - begun) / 1000;
  await picture("kept");
  expect(seen.keptSeconds <= KEPT_SECONDS, `kept only after ${seen.keptSeconds} seconds`);
  expect((await page.innerText("#kept")).includes("Kept."), "the page does not say it was kept");
  await page.waitForFunction(() => !document.querySelector("#list li"));
}

async function leave() {
  await context.route("**/*wikipedia.org/**", (route) => route.fulfill({ body: "elsewhere", contentType: "text/plain" }));
  await page.click("#exit");
  await page.waitForURL("**wikipedia.org/**");
  await open("/en/leaving");
  seen.left = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(seen.left.length === 0, "quick exit left something behind");
}

await conclude(seen, { browser, page, picture: join(out, "offline-failure.png") }, async () => {
  await visit();
  for (const path of ["/en/quick", "/en/waiting"]) seen.pages[path] = await lookAt(browser, context, new URL(path, base).href);
  await fileForGroup();
  await share();
  const found = await stolen();
  seen.stolen = { words: found.includes("voice note"), digits: /\d{4} \d{4} \d{4}/.test(found), size: found.length };
  expect(!seen.stolen.words && !seen.stolen.digits, "the phone can read what it sealed");
  await networkComes();
  await leave();
});
