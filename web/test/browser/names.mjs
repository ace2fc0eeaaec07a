// What institutions are called where they are named by script, in one language after another:
//   node web/test/browser/names.mjs BASE_URL DIGITS LANGUAGE…
// the lists of the form when a police officer is ticked, then the thread that the digits open. Prints one JSON line.

import { conclude, launch, words } from "./browser.mjs";

const [base, digits, ...languages] = words("names.mjs BASE_URL DIGITS");
const seen = { ok: false, form: {}, thread: {}, named: {} };
const { browser, page } = await launch(seen);

async function open(path) {
  await page.goto(new URL(path, base).href);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
}

/** The names in the lists below the question who did it. */
async function formNames(language) {
  await open(`/${language}/report`);
  const accused = page.locator('section[data-topic="accused"]');
  while (!(await accused.isVisible())) await page.locator("form .steps .main").click();
  await accused.locator('[name="accused"][value="P-BP"]').evaluate((box) => box.click());
  await accused.locator('[data-readers="never"] strong').first().waitFor({ state: "attached" });
  return accused.locator("[data-readers] strong bdi").allTextContents();
}

await conclude(seen, { browser, page }, async () => {
  for (const language of languages) {
    seen.form[language] = await formNames(language);
    await open(`/${language}/receipt`);
    await page.locator("#digits input").first().fill(digits);
    await page.locator('#digits button[type="submit"]').click();
    await page.locator("#readers li").first().waitFor({ state: "attached" });
    seen.thread[language] = await page.locator("#readers").textContent();
    seen.named[language] = await page.locator("#named option").allTextContents();
  }
});
