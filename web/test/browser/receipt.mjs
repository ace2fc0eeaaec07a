// Drives the receipt page in a real browser:
//   node web/test/browser/receipt.mjs BASE_URL "DIGITS" OUT_DIR
// digits in Persian numerals → status → a member's message → answer → consent → card → taken back → brought back → closed, in
// both directions of script, by keyboard where it is asked, and without connection. Prints one JSON line; exits 1 on the
// first thing that is not as it must be. Screenshots go to OUT_DIR.

import { join } from "node:path";
import { conclude, expect, launch, lookAt, lookHere, words } from "./browser.mjs";

const [base, shown, out] = words("receipt.mjs BASE_URL DIGITS OUT_DIR");

const digits = shown.replaceAll(/\D/g, "");
const persian = [...digits].map((digit) => String.fromCodePoint(0x6f0 + Number(digit))).join("");
const seen = { ok: false, pages: {}, times: {}, digitsSent: false };
const { browser, context, page } = await launch(seen);
page.on("request", (request) => {
  const sent = `${request.url()} ${request.postData() ?? ""} ${JSON.stringify(request.headers())}`;
  if (sent.includes(digits)) seen.digitsSent = true;
});

async function picture(name) {
  await page.screenshot({ path: join(out, `receipt-${name}.png`), fullPage: true });
}

async function open(language) {
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(new URL(`/${language}/receipt`, base).href);
  await page.waitForSelector("html[data-ready]");
}

const status = () => page.locator("#status").innerText();

/** Waits until the page is back from an act. */
async function done() {
  await page.waitForFunction(() => ![...document.querySelectorAll("#thread button")].some((button) => button.disabled));
}

async function typeDigits() {
  for (const [language, name] of [["en", "ltr"], ["ar", "rtl"]]) {
    await open(language);
    await picture(`digits-${name}`);
    seen.pages[`digits-${name}`] = await lookAt(browser, context, page.url());
  }
  await open("en");
  await page.locator("#digits input").first().focus();
  await page.keyboard.type(persian.slice(0, -1), { delay: 0 });
  const begun = Date.now();
  await page.keyboard.type(persian.at(-1));
  await page.locator('#check[data-state="good"]').waitFor();
  seen.times.checked = Date.now() - begun;
  expect(seen.times.checked < 1000, "the digits turned green too late");
  const cut = await page.locator("#digits input").evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).length);
  expect(cut === 0, "digits are cut off in their boxes");
  await page.keyboard.press("Backspace");
  await page.keyboard.type(String((Number(digits.at(-1)) + 1) % 10));
  await page.locator('#check[data-state="wrong"]').waitFor();
  await page.keyboard.press("Backspace");
  await page.keyboard.type(digits.at(-1));
}

async function readThread() {
  const begun = Date.now();
  await page.keyboard.press("Enter");
  await page.locator("#messages .checked").first().waitFor();
  seen.times.opened = Date.now() - begun;
  seen.standing = await page.innerText("#standing");
  expect(seen.standing === "A person has read this and asks you one thing.", `the first line says: ${seen.standing}`);
  expect((await page.innerText("#messages")).includes("Was there a doctor?"), "the message is not there");
  expect((await page.locator("#messages .refused").count()) === 0, "a message was refused");
  expect((await page.locator("#readers li").count()) > 0, "nobody reads it");
  expect((await page.evaluate(() => document.activeElement?.id)) === "standing", "the first line has no focus");
  await picture("thread");
}

async function tabTo(wanted) {
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), wanted)) return;
  }
  expect(false, `no way to ${wanted}`);
}

/** By keyboard alone: from the first line to the text, and from there to the button. */
async function writeBack() {
  await page.setInputFiles("#write-files", { name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("made up") });
  await page.focus("#standing");
  await tabTo("#write-text");
  await page.keyboard.type("No, there was none.");
  await tabTo('#write button[type="submit"]');
  await page.keyboard.press("Enter");
  await page.locator('#messages li[data-from="me"] .checked').first().waitFor();
  await done();
  expect((await status()).startsWith("Sent."), `after writing the page says: ${await status()}`);
  const file = page.locator('#messages li[data-part="evidence/1"] button');
  await file.click();
  await page.locator('#messages li[data-part="evidence/1"] .checked').waitFor();
}

async function changeConsent() {
  await page.click("#consent-fold > summary");
  expect((await page.locator("#choices input:checked").count()) === 1, "no choice is chosen");
  await page.click("#more > summary");
  await picture("consent");
  seen.pages.consent = await lookHere(page);
  await page.check("#choice-help");
  await page.selectOption("#named", "BA-OMB");
  await page.click('#consent button[type="submit"]');
  await page.locator("#consent button:disabled").waitFor({ state: "detached" });
  await done();
  expect((await status()).startsWith("Your choice is kept"), `after a consent the page says: ${await status()}`);
  expect(await page.isChecked("#choice-help"), "the choice was not kept");
}

async function makeCard() {
  await page.click("#fold-card > summary");
  await page.click("#card-make");
  await page.locator("#card svg path").waitFor();
  const text = (await page.innerText("#card .face")).replaceAll(/\s/g, "");
  expect(text === digits, "the card says something else than the digits");
  await picture("card");
  seen.pages.card = await lookHere(page);
  await page.emulateMedia({ media: "print" });
  const printed = await page.evaluate(() => [...document.body.children].filter((one) => getComputedStyle(one).display !== "none").map(({ id }) => id));
  expect(printed.join() === "card", `printed: ${printed.join()}`);
  const margins = await page.evaluate(() => [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]).filter((rule) => rule instanceof CSSPageRule).map(({ style }) => style.marginTop));
  expect(margins.join() === "0px", "the browser prints the address in a margin");
  await page.screenshot({ path: join(out, "receipt-card-printed.png") });
  await page.emulateMedia({ media: "screen" });
  await page.click("#card .unprinted button:last-child");
  await page.locator("#card").waitFor({ state: "detached" });
}

async function takeBackAndBring() {
  await page.locator("#withdraw").locator("xpath=..").locator("summary").click();
  await page.check("#sure");
  await page.click('#withdraw button[type="submit"]');
  await page.locator("#undo:not([hidden])").waitFor();
  expect((await page.innerText("#standing")).startsWith("You took this report back"), "the first line does not say so");
  expect(!(await page.isVisible("#write")), "one can still write");
  const readers = await page.innerText("#readers");
  expect(readers.includes("could read until") && !readers.includes("can read"), `taken back, and still: ${readers}`);
  await picture("withdrawn");
  seen.pages.withdrawn = await lookHere(page);
  await page.click("#undo button");
  await page.locator("#write").waitFor({ state: "visible" });
  await done();
}

async function leaveNothing() {
  seen.pages.thread = await lookHere(page);
  await page.click("#close");
  await page.waitForSelector("html[data-ready]");
  await page.locator("#digits").waitFor({ state: "visible" });
  const left = await page.evaluate(async () => ({
    databases: (await indexedDB.databases()).length,
    stored: localStorage.length + sessionStorage.length,
    typed: [...document.querySelectorAll("#digits input")].map(({ value }) => value).join(""),
  }));
  expect(left.databases === 0 && left.stored === 0 && left.typed === "", `left behind: ${JSON.stringify(left)}`);
}

/** The same sentence for what never was. */
async function tryWrongDigits() {
  await page.locator("#digits input").first().focus();
  await page.keyboard.type("000000000000000000000008");
  expect((await page.getAttribute("#check", "data-state")) === "good", "the made-up digits are no receipt");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#status")?.textContent?.startsWith("Nothing can be shown"));
  seen.pages.nothing = await lookHere(page);
}

async function readFromRightToLeft() {
  await open("fa");
  await page.locator("#digits input").first().focus();
  await page.keyboard.type(persian);
  await page.keyboard.press("Enter");
  await page.locator("#messages .checked").first().waitFor();
  for (const fold of await page.locator("#thread > details > summary").all()) await fold.click();
  while (await page.locator("#yours button").count()) await page.locator("#yours button").first().click();
  await page.waitForFunction(() => document.querySelectorAll("#yours .checked").length === 3);
  const yours = await page.innerText("#yours");
  expect(yours.includes("A made-up account.") && yours.includes("Bihać"), `what was sent is not shown: ${yours}`);
  expect(!/PUSH-01|M-BATON|AG-18|P-BP|narrative|accused|precision|-OVER|recipient|SY\b/.test(yours), `what was sent is told in codes: ${yours}`);
  await picture("thread-rtl");
  await page.fill("#write-text", "نه، نبود.");
  await page.click('#write button[type="submit"]');
  await page.locator("#messages .free", { hasText: "نبود" }).waitFor();
  const directions = await page.locator("#messages .free").evaluateAll((all) => all.map((one) => getComputedStyle(one).direction));
  expect(directions.includes("ltr") && directions.at(-1) === "rtl", `a message is read from the wrong side: ${directions}`);
  seen.pages["thread-rtl"] = await lookHere(page);
}

/** Fifteen minutes without a touch, by the page's clock. */
async function forgetWhenIdle() {
  await page.clock.install();
  await open("en");
  await page.locator("#digits input").first().focus();
  await page.keyboard.type(digits);
  await page.keyboard.press("Enter");
  await page.locator("#messages .checked").first().waitFor();
  await page.clock.fastForward(16 * 60 * 1000);
  await page.locator("#digits").waitFor({ state: "visible" });
  expect(!(await page.isVisible("#thread")), "the thread is still there after sixteen idle minutes");
}

await conclude(seen, { browser, page, picture: join(out, "receipt-failure.png") }, async () => {
  await typeDigits();
  await readThread();
  await writeBack();
  await changeConsent();
  await makeCard();
  await takeBackAndBring();
  await leaveNothing();
  await tryWrongDigits();
  await readFromRightToLeft();
  await forgetWhenIdle();
  expect(!seen.digitsSent, "the digits left the browser");
});
