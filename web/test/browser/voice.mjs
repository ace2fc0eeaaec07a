// A person speaks instead of writing, in the form and on the receipt page, in a real browser with a microphone that only beeps:
//   node web/test/browser/voice.mjs BASE_URL OUT_DIR
// what happens is said before the microphone is asked for; recorded, heard again, deleted, recorded once more; a file chosen after it
// stands beside it; sealed and sent. Prints one JSON line: digits, report; what was recorded lies in OUT_DIR.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { conclude, expect, launch, lookHere, words } from "./browser.mjs";

const [base, out] = words("voice.mjs BASE_URL OUT_DIR");
const seen = { ok: false, pages: {} };
const { browser, page } = await launch(seen, { viewport: { width: 360, height: 720 } }, ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]);
page.on("response", async (response) => {
  if (response.request().method() === "POST" && new URL(response.url()).pathname === "/api/v1/reports") seen.report = (await response.json()).report;
});
await page.addInitScript(() => {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  globalThis.microphones = [];
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const microphone = await ask(wanted);
    globalThis.microphones.push(microphone);
    return microphone;
  };
});

const place = () => page.locator("div:has(> ul):has(> [role=timer])");
const act = () => place().locator("> button");
const takes = () => place().locator("audio");
const microphones = () => page.evaluate(() => globalThis.microphones.map((one) => one.getTracks().map(({ readyState }) => readyState).join()));

async function speak() {
  const before = await takes().count();
  await act().click();
  await place().locator("[role=timer]").filter({ hasText: /[1۱]/ }).waitFor();
  await act().click();
  await takes().nth(before).waitFor();
  expect((await microphones()).every((state) => state === "ended"), "the microphone stays on");
}

/** The last of the files that stand in the field, as they will be sealed. */
async function save(field, name) {
  const bytes = await field.evaluate(async (input) => [...new Uint8Array(await [...input.files].at(-1).arrayBuffer())]);
  expect(bytes.length > 1000, "next to nothing was recorded");
  writeFileSync(join(out, name), Buffer.from(bytes));
}

async function goTo(wanted) {
  for (let most = 40; most > 0 && !(await page.locator(wanted).count()); most -= 1) {
    if (await page.locator('[name="event.area"]:visible').count()) await page.selectOption('[name="event.area"]', "BA-BIH-01-BIHAC");
    await page.locator("form .steps .main").click();
  }
}

/** Spoken, and then left out: the part is empty when one comes back to it. */
async function skip() {
  await speak();
  await page.getByRole("button", { name: "Skip, and empty this part" }).click();
  await page.getByRole("button", { name: "Back" }).click();
  await act().waitFor();
}

async function record() {
  await page.goto(new URL("/en/report", base).href);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  await goTo('input[type="file"]:visible');
  const field = page.locator('input[type="file"]:visible');
  await page.getByRole("button", { name: "Record your voice" }).click();
  await act().waitFor();
  expect((await place().innerText()).includes("the recording is gone"), "nobody is told what happens to it");
  expect((await microphones()).length === 0, "the microphone is asked for before anything is said");
  await speak();
  seen.pages.recorded = await lookHere(page);
  await page.screenshot({ path: join(out, "voice-recorded.png"), fullPage: true });
  await takes().first().evaluate((one) => one.play());
  await page.waitForFunction(() => document.querySelector("li audio").currentTime > 0);
  await place().locator("li button").click();
  expect((await field.evaluate(({ files }) => files.length)) === 0, "what was deleted is sent");
  await skip();
  expect((await field.evaluate(({ files }) => files.length)) === 0 && (await takes().count()) === 0, "what was skipped is sent");
  await speak();
  await page.locator("section:visible li:has-text('A sound')").waitFor();
  await field.setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("made up") });
  expect((await field.evaluate(({ files }) => files.length)) === 2, "a file that was chosen takes the recording's place");
  await save(field, "voice-form");
  await goTo('[name="agree"]:visible');
  await page.check('[name="agree"]');
  await page.locator("form .steps .main").click();
  await page.waitForSelector("#kept:visible");
  seen.digits = (await page.locator("#digits span").allInnerTexts()).join("");
  await page.waitForSelector('#kept h2[data-fate="kept"]:visible');
}

async function add() {
  await page.goto(new URL("/fa/receipt", base).href);
  await page.waitForSelector("html[data-ready]");
  await page.locator("#digits input").first().fill(seen.digits);
  await page.locator('#digits button[type="submit"]').click();
  await page.waitForSelector("#thread:visible");
  await page.locator('#write button[type="button"]').click();
  await act().waitFor();
  await speak();
  seen.pages.added = await lookHere(page);
  await page.screenshot({ path: join(out, "voice-added.png"), fullPage: true });
  await save(page.locator("#write-files"), "voice-receipt");
  await page.locator('#write button[type="submit"]').click();
  await page.locator("#messages li").nth(2).waitFor();
  expect((await takes().count()) === 0, "what was sent is offered again");
}

await conclude(seen, { browser, page, picture: join(out, "voice-failure.png") }, async () => {
  await record();
  await add();
});
