// A person adds files to a report in a real browser, whose profile lies on the disk:
//   node web/test/browser/files.mjs BASE_URL OUT_DIR [--large FILE]
// A photo, a PDF and a voice note: their kinds and sizes are shown, copies without traces are offered and taken, sealing and
// sending show how far they are. With `--large` one file, by its path, instead. Prints one JSON line: digits, report, what was
// seen; the originals lie in OUT_DIR. Exits 1 on the first thing that is not as it must be.

import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { conclude, expect, launchOnDisk, words } from "./browser.mjs";

const [base, out, , large] = words("files.mjs BASE_URL OUT_DIR [--large FILE]");

const TRACE = "CAMERA-7";
/** Two gigabytes take their time on a small machine. */
const PATIENCE = large === undefined ? 60_000 : 1_500_000;
const profile = mkdtempSync(join(tmpdir(), "putokaz-profile-"));
const seen = { pieces: 0 };
const { browser, page } = await launchOnDisk(profile, seen);
page.setDefaultTimeout(PATIENCE);
page.on("request", (request) => (seen.pieces += Number(request.method() === "PATCH")));
page.on("response", async (response) => {
  const { pathname } = new URL(response.url());
  if (pathname.includes("copier")) seen.copier = true;
  if (response.request().method() !== "POST" || pathname !== "/api/v1/reports") return;
  seen.filed = response.status();
  seen.report = (await response.json().catch(() => ({}))).report;
});

/** A photo with what a camera writes into it, a PDF with what a program writes into it, a voice note. */
async function made() {
  const bare = await page.screenshot({ type: "jpeg" });
  const words = Buffer.from(`Exif\0\0${TRACE}`);
  const segment = Buffer.from([0xff, 0xe1, 0, words.length + 2, ...words]);
  const photo = Buffer.concat([bare.subarray(0, 2), segment, bare.subarray(2)]);
  const paper = await PDFDocument.create();
  paper.setAuthor(TRACE);
  paper.addPage([200, 200]).drawText("A made-up page");
  return [
    { name: "photo.jpg", mimeType: "image/jpeg", buffer: photo },
    { name: "paper.pdf", mimeType: "application/pdf", buffer: Buffer.from(await paper.save({ useObjectStreams: false })) },
    { name: "voice.ogg", mimeType: "audio/ogg", buffer: randomBytes(300_000) },
  ];
}

async function open() {
  await page.goto(new URL("/en/report", base).href);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  for (let most = 40; most > 0 && !(await page.locator('input[type="file"]:visible').count()); most -= 1) {
    if (await page.locator('[name="event.area"]:visible').count()) await page.selectOption('[name="event.area"]', "BA-BIH-01-BIHAC");
    await page.locator("form .steps .main").click();
  }
}

async function choose() {
  expect(!seen.copier, "what copies PDFs came before one was chosen");
  const field = page.locator('input[type="file"]:visible');
  if (large !== undefined) return field.setInputFiles(large);
  const files = await made();
  for (const { name, buffer } of files) writeFileSync(join(out, name), buffer);
  await field.setInputFiles(files);
  const offers = page.locator('section:visible label:has(> input[type="checkbox"]:not([name]))');
  await offers.nth(1).waitFor();
  seen.lines = await page.locator("section:visible li").allInnerTexts();
  expect(seen.lines.length === 3, "not every file is shown");
  expect(!seen.lines.some((line) => /photo|paper|voice/.test(line)), "a file's name is shown");
  expect((await page.locator("section:visible canvas.blurred").count()) === 1, "the photo has no blurred picture");
  seen.offers = await offers.allInnerTexts();
  for (const offer of await offers.all()) await offer.locator("input").check();
  await page.screenshot({ path: join(out, "files-chosen.png"), fullPage: true });
}

/** What every bar on the page said, from now on. */
const watchBars = () =>
  page.evaluate(() => {
    globalThis.said = [];
    const look = () => {
      const bar = document.querySelector("#status progress");
      if (bar) globalThis.said.push(bar.value / bar.max);
    };
    new MutationObserver(look).observe(document.querySelector("#status"), { subtree: true, childList: true, attributes: true });
  });

async function send() {
  for (let most = 40; most > 0 && !(await page.locator('[name="agree"]:visible').count()); most -= 1) await page.locator("form .steps .main").click();
  await page.check('[name="agree"]');
  await watchBars();
  const begun = Date.now();
  await page.locator("form .steps .main").click();
  await page.waitForSelector("#kept:visible");
  seen.sealedSeconds = (Date.now() - begun) / 1000;
  seen.digits = (await page.locator("#digits span").allInnerTexts()).join("");
  await page.waitForSelector('#kept h2[data-fate="kept"]:visible');
  seen.keptSeconds = (Date.now() - begun) / 1000;
  seen.bars = (await page.evaluate(() => globalThis.said)).length;
  await page.screenshot({ path: join(out, "files-kept.png"), fullPage: true });
  expect(seen.filed === 201, "the report was not kept");
  expect(seen.bars > 1, "nothing shows how far it is");
}

await conclude(seen, { browser, page, picture: join(out, "files-failure.png") }, async () => {
  await open();
  await choose();
  await send();
});
rmSync(profile, { recursive: true, force: true });
