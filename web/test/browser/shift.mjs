// A volunteer files for nine people in a row on one phone without network, and the interview follows, in a real browser:
//   node web/test/browser/shift.mjs BASE_URL OUT_DIR
// Some get their digits at once, some later, one writes them down at the end; nothing is lost between. Prints one JSON line: digits,
// taps and seconds of each report, what was filed; exits 1 on the first thing that is not as it must be.

import { join } from "node:path";
import { conclude, expect, launch, lookHere, visit, words } from "./browser.mjs";

const [base, out] = words("shift.mjs BASE_URL OUT_DIR");

const PEOPLE = 9;
const MOST_TAPS = 14;
const MOST_SECONDS = 90;

const seen = { ok: false, digits: [], taps: [], seconds: [], filed: [], asked: 0, pages: {} };
const { browser, context, page } = await launch(seen, { viewport: { width: 360, height: 640 }, hasTouch: true });
context.on("response", (response) => void remember(response));
// Whoever leaves with digits that nobody has yet is asked by the browser itself, and stays.
page.on("dialog", (dialog) => {
  if (dialog.type() === "beforeunload") seen.asked += 1;
  void dialog.dismiss();
});

async function remember(response) {
  if (response.request().method() !== "POST" || !response.url().endsWith("/api/v1/reports")) return;
  if (response.status() === 201) seen.filed.push((await response.json()).report);
}

const picture = (name) => page.screenshot({ path: join(out, `shift-${name}.png`), fullPage: true });
const tight = (text) => text.replaceAll(/\s/g, "");
/** Without the marks of direction around what fills a sentence. */
const bare = (text) => text.replaceAll(/[\u2066-\u2069]/g, "");
const shown = () => page.locator("#digits").innerText().then(tight);
const onScreen = () => page.evaluate(() => document.body.textContent).then(tight);

let taps = 0;
async function tap(selector) {
  taps += 1;
  await page.locator(selector).tap();
}
const chip = (name, value) => tap(`label.chip:has(input[name="${name}"][value="${value}"]) >> visible=true`);

/** The first says what happened; the others are of the same group, and say only what is their own. */
async function fileFor(number) {
  const begun = Date.now();
  taps = 0;
  if (number === 1) {
    await chip("when", "1");
    taps += 2;
    await page.selectOption("#area", "BA-BIH-01-BIHAC");
    await chip("acts", "PUSH-01");
    await tap('details:has([data-more="acts"]) summary');
    await chip("acts", "PROP-03");
    await chip("accused", "P-HRPOL");
  }
  await chip("count", "1");
  await chip("children", number === 2 ? "alone" : "none");
  await chip("needs", "ND-FOOD");
  await chip("consent", "help");
  await tap("#seal");
  await page.waitForSelector("#sealed:not([hidden])");
  const digits = await shown();
  expect(/^[0-9]{24}$/.test(digits) && !seen.digits.includes(digits), "no digits of their own");
  expect(bare(await page.innerText("#which")) === `Report ${number}`, "nobody knows which report the digits open");
  const heard = await page.locator("#digits [role=img]").evaluateAll((groups) => groups.map((one) => one.getAttribute("aria-label")));
  expect(heard.length === 6 && heard.every((group) => /^(\d ){3}\d$/.test(group)) && tight(heard.join("")) === digits, "a voice does not read digits");
  seen.digits.push(digits);
  // Every third person waits with the paper in their hand; the others come back for theirs.
  if (number % 3 === 0) await tap('label:has(#handed)');
  seen.taps.push(taps);
  seen.seconds.push((Date.now() - begun) / 1000);
  expect(taps <= MOST_TAPS, `${taps} taps for report ${number}`);
  expect(seen.seconds.at(-1) <= MOST_SECONDS, `${seen.seconds.at(-1)} seconds for report ${number}`);
}

const open = (number) => seen.digits.slice(0, number).filter((_, at) => (at + 1) % 3 !== 0);

async function goOn(number) {
  await page.locator("#next-group").tap();
  const kept = await page.evaluate(() => ({
    when: document.querySelector('[name="when"]:checked')?.value,
    area: document.querySelector("#area").value,
    acts: [...document.querySelectorAll('[name="acts"]:checked')].map(({ value }) => value).sort(),
    own: document.querySelectorAll('[name="count"]:checked, [name="children"]:checked, [name="consent"]:checked').length,
  }));
  expect(kept.when === "1" && kept.area === "BA-BIH-01-BIHAC", "day and place are gone");
  expect(kept.acts.join() === "PROP-03,PUSH-01", `what was done is ${kept.acts}`);
  expect(kept.own === 0, "something of the person before stands in the form");
  const text = await onScreen();
  expect(seen.digits.every((digits) => !text.includes(digits)), "digits stand on the page that nobody looks at");
  expect(bare(await page.innerText("#numbers summary")).endsWith(String(open(number).length)), "the number of numbers is another");
}

/** All that was not handed over can be looked at, ticked, and is gone then. */
async function handOver() {
  await page.locator("#next").tap();
  await page.locator("#numbers summary").tap();
  await page.waitForSelector("#numbers li");
  const listed = (await page.locator("#numbers li .digits").allInnerTexts()).map(tight);
  expect(listed.join() === open(PEOPLE).join(), "digits were lost on the way");
  seen.pages.numbers = await lookHere(page);
  await picture("numbers");
  await page.evaluate(() => location.assign("/en/"));
  await page.waitForTimeout(500);
  expect(seen.asked === 1 && page.url().endsWith("/en/quick"), "the browser does not ask before digits are lost");
  for (const tick of await page.locator("#numbers li label").all()) await tick.tap();
  await page.locator("#numbers summary").tap();
  await page.waitForSelector("#numbers", { state: "hidden" });
  const left = await onScreen();
  expect(seen.digits.every((digits) => !left.includes(digits)), "digits that were handed over are still there");
  await page.goto(new URL("/en/", base).href);
  expect(seen.asked === 1, "the browser asks although everybody has their digits");
}

/** The long form opens beside the page, with what was tapped; its report tells of the same event. */
async function interview() {
  const [form] = await Promise.all([context.waitForEvent("page"), page.locator("#long").tap()]);
  await form.waitForSelector("#draft:visible");
  expect(tight(await page.locator("#digits").innerText()) === seen.digits.at(-1), "the digits left the page");
  await form.click("#draft-continue");
  const said = await form.evaluate(() => ({
    area: document.querySelector('[name="event.area"]').value,
    acts: [...document.querySelectorAll('[name="acts"]:checked')].map(({ value }) => value).sort(),
    accused: [...document.querySelectorAll('[name="accused"]:checked')].map(({ value }) => value),
    consent: [...document.querySelectorAll('[name="consent"]:checked')].map(({ value }) => value),
    count: document.querySelector('[name="people.0.count"]').value,
    needs: [...document.querySelectorAll('[name="needs"]:checked')].map(({ value }) => value),
    day: document.querySelector('[name="event.from"]').value,
  }));
  seen.said = said;
  expect(said.area === "BA-BIH-01-BIHAC" && said.acts.join() === "PROP-03,PUSH-01" && said.accused.join() === "P-HRPOL", "what was said is gone");
  expect(said.count === "1" && said.needs.join() === "ND-FOOD" && said.day !== "" && said.consent.join() === "help", "what was said is gone");
  for (let most = 40; most > 0 && !(await form.locator('[name="agree"]:visible').count()); most -= 1) await form.locator("form .steps .main").click();
  await form.check('[name="agree"]');
  await form.locator("form .steps .main").click();
  await form.waitForSelector("#kept:visible");
  await form.screenshot({ path: join(out, "shift-interview.png"), fullPage: true });
  await form.close();
}

await conclude(seen, { browser, page, picture: join(out, "shift-failure.png") }, async () => {
  await visit(page, base, ["/en/quick", "/en/choices", "/en/report", "/api/v1/words/en", "/api/v1/directory", "/api/v1/readers"]);
  await context.setOffline(true);
  await page.goto(new URL("/en/quick", base).href);
  await page.waitForSelector("html[data-ready]");
  for (let number = 1; number <= PEOPLE; number += 1) {
    await fileFor(number);
    if (number === 1) seen.pages.sealed = await lookHere(page);
    if (number < PEOPLE) await goOn(number);
  }
  await picture("sealed");
  await interview();
  await handOver();
  await context.setOffline(false);
  for (let most = 150; most > 0 && seen.filed.length < PEOPLE + 1; most -= 1) await page.waitForTimeout(200);
  expect(seen.filed.length === PEOPLE + 1, `${seen.filed.length} of ${PEOPLE + 1} reports were kept`);
});
